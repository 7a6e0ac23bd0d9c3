import { readYaml } from '../../src/inspect/read-yaml';
import { mapStorage } from '../../src/map/build';
import type { Model, Row } from '../../src/map/model';

/** Maps the storage of manifests. */
export function mapYaml(yaml: string): Model {
  return mapStorage(readYaml(yaml, 'app.yaml'));
}

/** Returns the first row of a path, other than the image layers. */
export function rowAt({ workloads }: Model, path: string, container = 'app'): Row {
  const rows = workloads.flatMap(workload => workload.rows);
  const row = rows.find(
    candidate => candidate.path === path && candidate.container === container && candidate.kind !== 'image-layers',
  );
  if (!row) {
    const paths = rows.map(candidate => `${candidate.container} ${candidate.path}`).join(', ');
    throw new Error(`No row for ${path} of ${container} among: ${paths}.`);
  }
  return row;
}

/** Returns a workload whose container 'app' mounts one volume 'it' at /it. */
export function withVolume(volume: string, { kind = 'Deployment', mount = '', spec = '', pod = '' } = {}): string {
  return `apiVersion: apps/v1
kind: ${kind}
metadata: {name: api, namespace: shop}
spec:
  replicas: 3
  ${spec}
  template:
    spec:
      ${pod}
      containers:
        - name: app
          image: acme/app:1
          volumeMounts: [{name: it, mountPath: /it, ${mount}}]
      volumes: [{name: it, ${volume}}]
`;
}

/** Returns a workload of `withVolume` whose container 'app' has further fields. */
export function withContainerFields(yaml: string, fields: string): string {
  return yaml.replace('image: acme/app:1', `image: acme/app:1\n          ${fields}`);
}

/** Returns an object of the core API, as a further document. */
export function coreObject(kind: string, name: string, fields = ''): string {
  return `---
apiVersion: v1
kind: ${kind}
metadata: {name: ${name}, namespace: shop}
${fields}
`;
}
