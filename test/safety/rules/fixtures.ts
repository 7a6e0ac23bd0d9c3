import { Inventory } from '../../../src/inspect/inventory';
import { readYaml } from '../../../src/inspect/read-yaml';
import { RuleId, RULES } from '../../../src/safety/rules';
import { Audit, audit } from '../../../src/safety/run';

/** Audits manifests against one rule. */
export function auditWith(id: RuleId, ...documents: readonly string[]): Audit {
  const { objects } = readYaml(documents.join('---\n'), 'app.yaml');
  return audit(new Inventory(objects), { rules: RULES.filter(rule => rule.id === id) });
}

/** Returns the messages of the findings of one rule. */
export function messagesOf(id: RuleId, ...documents: readonly string[]): string[] {
  return auditWith(id, ...documents).findings.map(({ message }) => message);
}

/** Returns the severities of the findings of one rule. */
export function severitiesOf(id: RuleId, ...documents: readonly string[]): string[] {
  return auditWith(id, ...documents).findings.map(({ severity }) => severity);
}

const API_VERSIONS: Readonly<Record<string, string>> = { Pod: 'v1', Job: 'batch/v1', CronJob: 'batch/v1' };

export interface PodOptions {
  readonly name?: string;
  /** Fields of the metadata of the object, in flow style. */
  readonly metadata?: string;
  /** Fields of the spec next to the template, in flow style. */
  readonly spec?: string;
  /** Fields of the spec of the Job of a CronJob, in flow style. */
  readonly job?: string;
  /** Fields of the pod spec, in flow style. */
  readonly pod?: string;
  /** Fields of the container `app`, in flow style. */
  readonly container?: string;
  /** The source of the volume `data` at `/data`, in flow style. */
  readonly volume?: string;
}

/** Returns an object of a kind that creates pods, with a container `app` that mounts one volume. */
export function podOfKind(kind: string, options: PodOptions = {}): string {
  const { name = 'api', metadata = '', spec = '', job = '', pod = '', container = '', volume } = options;
  const mounts = volume === undefined ? '' : ', volumeMounts: [{name: data, mountPath: /data}]';
  const volumes = volume === undefined ? '' : `, volumes: [{name: data, ${volume}}]`;
  const app = `{${joined(container)}name: app, image: "acme/app:1"${mounts}}`;
  const podSpec = `{${joined(pod)}containers: [${app}]${volumes}}`;
  const template = `{metadata: {labels: {app: ${name}}}, spec: ${podSpec}}`;
  const specs: Readonly<Record<string, string>> = {
    Pod: podSpec,
    CronJob: `{${joined(spec)}schedule: "0 2 * * *", jobTemplate: {spec: {${joined(job)}template: ${template}}}}`,
  };
  return `apiVersion: ${API_VERSIONS[kind] ?? 'apps/v1'}
kind: ${kind}
metadata: {${joined(metadata)}name: ${name}, namespace: shop}
spec: ${specs[kind] ?? `{${joined(spec)}template: ${template}}`}
`;
}

/** Returns a PersistentVolumeClaim. */
export function claim(name: string, ...accessModes: readonly string[]): string {
  return `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, namespace: shop}
spec: {accessModes: [${accessModes.join(', ')}], resources: {requests: {storage: 5Gi}}}
`;
}

/** Returns a ConfigMap. */
export function configMap(name: string, metadata = ''): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: {${joined(metadata)}name: ${name}, namespace: shop}
data: {a: b}
`;
}

function joined(fields: string): string {
  return fields && `${fields}, `;
}
