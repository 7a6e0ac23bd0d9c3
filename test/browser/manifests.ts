import { stringify } from 'yaml';
import { HOSTILE } from '../map/formats/hostile';

const VOLUMES: readonly object[] = [
  { emptyDir: {} },
  { emptyDir: { sizeLimit: '2Gi' } },
  { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
  { configMap: { name: 'settings' } },
  { secret: { secretName: 'tls' } },
  { persistentVolumeClaim: { claimName: 'shared-media' } },
  { hostPath: { path: '/var/log/pods' } },
  { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true } },
  { image: { reference: 'ghcr.io/acme/model:3' } },
  { nfs: { server: 'nas.example', path: '/exports/media' } },
];
const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Deployment'];
const REPLICAS = [3, 1, 2, 12, 0];

const INIT_CONTAINERS = [
  { name: 'migrate', image: 'ghcr.io/acme/migrate:1' },
  {
    name: 'log-shipper',
    image: 'fluent/fluent-bit:3',
    restartPolicy: 'Always',
    volumeMounts: [{ name: 'v0', mountPath: '/logs', readOnly: true }],
  },
];
const PROXY = {
  name: 'proxy',
  image: 'envoyproxy/envoy:v1.31',
  volumeMounts: [{ name: 'v0', mountPath: '/shared' }],
};
const CLAIM_TEMPLATE = {
  metadata: { name: 'claim' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
};

/** Returns workloads with different kinds, volumes, containers and numbers of replicas. */
export function manyYaml(count: number): string {
  return Array.from({ length: count }, (_, index) => stringify(workload(index))).join('---\n');
}

function workload(index: number): object {
  const kind = KINDS[index % KINDS.length];
  const name = `app-${index}${index % 7 === 6 ? `-${'long-name-'.repeat(5)}end` : ''}`;
  const volumes = Array.from({ length: 1 + (index % 5) }, (_, i) => VOLUMES[(index * 3 + i) % VOLUMES.length]);
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'prod' },
    spec: {
      replicas: REPLICAS[index % REPLICAS.length],
      template: {
        spec: {
          initContainers: index % 3 === 0 ? INIT_CONTAINERS : [],
          containers: [appContainer(index, volumes.length), ...(index % 4 === 1 ? [PROXY] : [])],
          volumes: volumes.map((volume, i) => ({ name: `v${i}`, ...volume })),
        },
      },
      ...(kind === 'StatefulSet' ? { volumeClaimTemplates: [CLAIM_TEMPLATE] } : {}),
    },
  };
}

function appContainer(index: number, mounts: number): object {
  return {
    name: 'app',
    image: `ghcr.io/acme/app-${index}:1.${index}`,
    securityContext: { readOnlyRootFilesystem: index % 2 === 0 },
    envFrom: [{ configMapRef: { name: 'settings' } }],
    volumeMounts: Array.from({ length: mounts }, (_, i) => ({
      name: `v${i}`,
      mountPath: `/var/lib/app-${index}/${i === 0 ? 'data' : `part-${i}`}`,
    })),
  };
}

/** Returns a workload for each hostile string, which is used in every field, and an unreadable document. */
export function hostileYaml(): string {
  return [...HOSTILE.map(value => JSON.stringify(hostileWorkload(value))), '<script>: ['].join('\n---\n');
}

function hostileWorkload(value: string): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: value, namespace: value },
    spec: {
      template: {
        spec: {
          initContainers: [{ name: `${value}2`, image: value }],
          containers: [
            {
              name: value,
              image: value,
              env: [{ name: value, valueFrom: { secretKeyRef: { name: value, key: value } } }],
              volumeMounts: [
                { name: value, mountPath: `/${value}`, subPath: value },
                { name: `${value}3`, mountPath: value },
              ],
            },
          ],
          volumes: [
            { name: value, emptyDir: { sizeLimit: value } },
            { name: `${value}3`, configMap: { name: value } },
          ],
        },
      },
    },
  };
}
