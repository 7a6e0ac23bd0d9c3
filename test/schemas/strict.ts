/** The kinds that the library and the examples emit. */
export const EMITTED_KINDS: ReadonlySet<string> = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'CronJob',
  'DaemonSet',
  'Deployment',
  'EndpointSlice',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'Namespace',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
]);

/** The kinds with schemas: also those that only the corpus contains. */
export const KINDS: ReadonlySet<string> = new Set([...EMITTED_KINDS, 'PersistentVolume', 'StorageClass']);

/** The strict JSON Schemas of some kinds, and of all that they refer to. */
export interface Schemas {
  /** The name of the definition by `<apiVersion> <kind>`. */
  readonly kinds: Record<string, string>;
  readonly definitions: Record<string, any>;
}

/**
 * Makes schemas strict (a field that Kubernetes does not know is an error) from the definitions of its OpenAPI
 * document.
 */
export function strictSchemas(definitions: Record<string, any>, wanted: ReadonlySet<string>): Schemas {
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
      out.properties = Object.fromEntries(
        Object.entries(schema.properties).map(([key, value]) => [key, strict(value)]),
      );
      out.additionalProperties = false;
    }
    return out;
  }

  const kinds: Record<string, string> = {};
  for (const [name, definition] of Object.entries<any>(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      if (wanted.has(kind) && /^v\d+$/.test(version) && definition.properties?.metadata) {
        kinds[`${group ? `${group}/` : ''}${version} ${kind}`] = name;
        take(name);
      }
    }
  }
  return {
    kinds,
    definitions: Object.fromEntries(
      Object.keys(used)
        .sort()
        .map(name => [name, used[name]]),
    ),
  };
}
