/**
 * Writes `kubernetes-<version>.json`: strict JSON Schemas of the kinds that the library emits, from the OpenAPI
 * document of Kubernetes (`api/openapi-spec/swagger.json` of the Go module k8s.io/kubernetes).
 *
 *     npx tsx test/schemas/extract.ts 1.34 "$(go mod download -json k8s.io/kubernetes@v1.34.4 | jq -r .Dir)/api/openapi-spec/swagger.json"
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

const KINDS = new Set([
  'ConfigMap', 'CronJob', 'Deployment', 'EndpointSlice', 'Ingress', 'Job', 'Namespace', 'NetworkPolicy', 'PersistentVolumeClaim', 'Pod',
  'PodDisruptionBudget', 'Role', 'RoleBinding', 'Secret', 'Service', 'ServiceAccount', 'StatefulSet',
]);

const [version, file] = process.argv.slice(2);
const { definitions } = JSON.parse(readFileSync(file, 'utf8'));
const used: Record<string, any> = {};

function take(name: string): void {
  if (!(name in used)) {
    used[name] = undefined; // breaks cycles
    used[name] = strict(definitions[name]);
  }
}

function strict(schema: any): any {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/definitions/', '');
    take(name);
    return { $ref: schema.$ref };
  }
  if (schema.format === 'int-or-string') {
    return { type: ['integer', 'string'] };
  }
  const out: any = {};
  for (const key of ['type', 'format', 'required', 'enum']) {
    if (key in schema) {
      out[key] = schema[key];
    }
  }
  if (schema.items) {
    out.items = strict(schema.items);
  }
  if (schema.additionalProperties) {
    out.additionalProperties = strict(schema.additionalProperties);
  }
  if (schema.properties) {
    out.properties = Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, strict(value)]));
    out.additionalProperties = false;
  }
  return out;
}

const kinds: Record<string, string> = {};
for (const [name, definition] of Object.entries<any>(definitions)) {
  for (const { group, version: apiVersion, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
    if (KINDS.has(kind) && /^v\d+$/.test(apiVersion) && definition.properties?.metadata) {
      kinds[`${group ? `${group}/` : ''}${apiVersion} ${kind}`] = name;
      take(name);
    }
  }
}
const sorted = Object.fromEntries(Object.keys(used).sort().map(name => [name, used[name]]));
writeFileSync(join(__dirname, `kubernetes-${version}.json`), `${JSON.stringify({ kinds, definitions: sorted })}\n`);
