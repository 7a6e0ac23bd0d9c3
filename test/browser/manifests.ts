import { HOSTILE } from '../map/formats/hostile';

const VOLUMES = [
  'emptyDir: {}',
  'emptyDir: {sizeLimit: 2Gi}',
  'emptyDir: {medium: Memory, sizeLimit: 64Mi}',
  'configMap: {name: settings}',
  'secret: {secretName: tls}',
  'persistentVolumeClaim: {claimName: shared-media}',
  'hostPath: {path: /var/log/pods}',
  'csi: {driver: secrets-store.csi.k8s.io, readOnly: true}',
  'image: {reference: "ghcr.io/acme/model:3"}',
  'nfs: {server: nas.example, path: /exports/media}',
];
const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Deployment'];

/** Workloads of several kinds, each with other volumes, containers and numbers of replicas. */
export function manyYaml(count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const kind = KINDS[i % KINDS.length];
    const volumes = Array.from({ length: 1 + (i % 5) }, (_unused, j) => VOLUMES[(i * 3 + j) % VOLUMES.length]);
    return `apiVersion: apps/v1
kind: ${kind}
metadata: {name: app-${i}${i % 7 === 6 ? `-${'long-name-'.repeat(5)}end` : ''}, namespace: prod}
spec:
  replicas: ${[3, 1, 2, 12, 0][i % 5]}
  template:
    spec:
      initContainers: [${i % 3 === 0 ? '{name: migrate, image: "ghcr.io/acme/migrate:1"}, {name: log-shipper, image: "fluent/fluent-bit:3", restartPolicy: Always, volumeMounts: [{name: v0, mountPath: /logs, readOnly: true}]}' : ''}]
      containers:
        - name: app
          image: "ghcr.io/acme/app-${i}:1.${i}"
          securityContext: {readOnlyRootFilesystem: ${i % 2 === 0}}
          envFrom: [{configMapRef: {name: settings}}]
          volumeMounts: [${volumes.map((_unused, j) => `{name: v${j}, mountPath: /var/lib/app-${i}/${j === 0 ? 'data' : `part-${j}`}}`)}]
        ${i % 4 === 1 ? '- {name: proxy, image: "envoyproxy/envoy:v1.31", volumeMounts: [{name: v0, mountPath: /shared}]}' : ''}
      volumes: [${volumes.map((volume, j) => `{name: v${j}, ${volume}}`)}]
  ${kind === 'StatefulSet' ? 'volumeClaimTemplates: [{metadata: {name: claim}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}}]' : ''}
`;
  }).join('---\n');
}

/** A workload for each hostile text, which stands wherever a text can stand; and a document that cannot be read. */
export function hostileYaml(): string {
  return [
    ...HOSTILE.map(text =>
      JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: text, namespace: text },
        spec: {
          template: {
            spec: {
              initContainers: [{ name: `${text}2`, image: text }],
              containers: [
                {
                  name: text,
                  image: text,
                  env: [{ name: text, valueFrom: { secretKeyRef: { name: text, key: text } } }],
                  volumeMounts: [
                    { name: text, mountPath: `/${text}`, subPath: text },
                    { name: `${text}3`, mountPath: text },
                  ],
                },
              ],
              volumes: [
                { name: text, emptyDir: { sizeLimit: text } },
                { name: `${text}3`, configMap: { name: text } },
              ],
            },
          },
        },
      }),
    ),
    '<script>: [',
  ].join('\n---\n');
}
