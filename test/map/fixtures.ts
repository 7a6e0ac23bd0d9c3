import { readYaml } from '../../src/inspect/read-yaml';
import { mapStorage } from '../../src/map/build';
import type { Model, Row } from '../../src/map/model';

export function mapYaml(yaml: string): Model {
  return mapStorage(readYaml(yaml, 'app.yaml'));
}

/** The row of a path, or the first of several. */
export function rowAt({ workloads }: Model, path: string, container = 'app'): Row {
  const row = workloads
    .flatMap(({ rows }) => rows)
    .find(
      candidate => candidate.path === path && candidate.container === container && candidate.what !== 'image-layers',
    );
  if (!row) {
    throw new Error(
      `no row for ${path} of ${container}: ${workloads
        .flatMap(({ rows }) => rows)
        .map(candidate => `${candidate.container} ${candidate.path}`)
        .join(', ')}`,
    );
  }
  return row;
}

/** A pod template's manifest with one volume 'it' at /it of a container 'app'. */
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
