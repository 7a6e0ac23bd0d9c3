import { appObjects } from './cluster-objects';
import { OPERATOR_KINDS } from '../../src/facts/operators';
import type { OperatorKind } from '../../src/facts/operators/operator-kind';

/** An object of a manifest, as far as these fixtures read it. */
interface Fixture {
  readonly kind: string;
  readonly metadata: object;
  readonly spec?: any;
}

/** Objects of a kind, or of kinds that refer to each other: the objects with an index. */
export type ObjectsAt = (index: number) => readonly object[];

/** The objects with the indexes below a number. */
export function firstObjects(objectsAt: ObjectsAt, count: number): object[] {
  return Array.from({ length: count }, (_, index) => objectsAt(index)).flat();
}

/** The kinds of which each app of a cluster has at most one object, and the distance between apps that have one. */
const OF_APPS: readonly (readonly [kind: string, every: number, first: number])[] = [
  ['Deployment', 1, 0],
  ['Service', 1, 0],
  ['ConfigMap', 1, 0],
  ['ServiceAccount', 1, 0],
  ['NetworkPolicy', 4, 1],
  ['PodDisruptionBudget', 4, 2],
  ['Ingress', 3, 0],
  ['HorizontalPodAutoscaler', 3, 0],
  ['PersistentVolumeClaim', 4, 3],
  ['CronJob', 5, 0],
  ['StatefulSet', 10, 0],
  ['Secret', 10, 0],
];

function ofApp(kind: string, index: number): Fixture {
  const object = (appObjects(index) as Fixture[]).find(candidate => candidate.kind === kind);
  if (!object) {
    throw new Error(`App ${index} has no ${kind}.`);
  }
  return object;
}

const metadata = (name: string) => ({ name, namespace: 'shop' });
const podOf = (index: number) => ofApp('Deployment', index).spec.template;

/** Kinds that the apps of a cluster do not have. */
const OTHERS: Readonly<Record<string, ObjectsAt>> = {
  Pod: index => [{ apiVersion: 'v1', kind: 'Pod', ...podOf(index), metadata: metadata(`pod-${index}`) }],
  Job: index => [
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadata(`job-${index}`),
      spec: { template: { ...podOf(index), spec: { ...podOf(index).spec, restartPolicy: 'Never' } } },
    },
  ],
  DaemonSet: index => {
    const { replicas, ...spec } = ofApp('Deployment', index).spec;
    return [{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: metadata(`agent-${index}`), spec }];
  },
  PersistentVolume: index => [volume(`volume-${index}`)],
  StorageClass: index => [storageClass(`class-${index}`)],
  RoleBinding: index => [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: metadata(`binding-${index}`),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'ServiceAccount', name: `app-${index}`, namespace: 'shop' }],
    },
  ],
  Namespace: index => [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: `team-${index}` } }],
  HTTPRoute: index => [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: metadata(`app-${index}`),
      spec: { rules: [{ backendRefs: [{ name: `app-${index}`, port: 80 }] }] },
    },
  ],
};

function volume(name: string, spec: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: '',
      nfs: { server: 'files.example.com', path: `/${name}` },
      ...spec,
    },
  };
}

function claim(index: number, spec: { accessMode: string; storageClassName: string; storage: string }): object {
  const { accessMode, storageClassName, storage } = spec;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(`claim-${index}`),
    spec: { accessModes: [accessMode], storageClassName, resources: { requests: { storage } } },
  };
}

function storageClass(name: string): object {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name }, provisioner: 'ebs.csi.aws.com' };
}

/** A custom resource without backups, and the object that would configure them for the next one. */
function operatorObjects({ group, kind, backup, state }: OperatorKind, index: number): object[] {
  const resource = {
    apiVersion: `${group}/v1`,
    kind,
    metadata: metadata(`cluster-${index}`),
    spec: nested(state[0].set.replace(/^spec\.?/, '').replaceAll('[]', '.0'), {}),
  };
  const schedules = backup?.objects ?? [];
  return [
    resource,
    ...schedules.map(({ kind: schedule, reference }) => ({
      apiVersion: `${group}/v1`,
      kind: schedule,
      metadata: metadata(`backup-${index}`),
      ...(nested(reference, `cluster-${index}`) as object),
    })),
  ];
}

/** The value at a path in new mappings; a step `0` is a list. */
function nested(path: string, value: unknown): unknown {
  return path
    .split('.')
    .filter(Boolean)
    .reduceRight((inner, step) => (step === '0' ? [inner] : { [step]: inner }), value);
}

/** Every kind that rules read, as objects that do not refer to each other. */
export const KINDS: ReadonlyMap<string, ObjectsAt> = new Map([
  ...OF_APPS.map(
    ([kind, every, first]) => [kind, (index: number) => [ofApp(kind, first + every * index)]] as [string, ObjectsAt],
  ),
  ...Object.entries(OTHERS),
  [
    'custom resources of operators',
    index => OPERATOR_KINDS.flatMap(operator => (index % 4 === 0 ? operatorObjects(operator, index) : [])),
  ],
]);

function renamed(object: object, name: string): object {
  return { ...object, metadata: { ...(object as Fixture).metadata, name } };
}

/** Objects that refer to each other, or should. */
export const GROUPS: ReadonlyMap<string, ObjectsAt> = new Map<string, ObjectsAt>([
  ['apps', appObjects],
  [
    'claims without a class, and volumes',
    index => [
      volume(`volume-${index}`),
      claim(index, { accessMode: 'ReadWriteOnce', storageClassName: '', storage: `${1 + (index % 9)}Gi` }),
    ],
  ],
  [
    'claims that no volume fits',
    index => [
      volume(`volume-${index}`),
      claim(index, { accessMode: 'ReadWriteMany', storageClassName: '', storage: '50Gi' }),
    ],
  ],
  [
    'classes and claims',
    index => [
      storageClass(`class-${index}`),
      claim(index, { accessMode: 'ReadWriteOnce', storageClassName: `class-${index}`, storage: '5Gi' }),
      ofApp('StatefulSet', 10 * index),
    ],
  ],
  [
    'missing references, and unused objects',
    index => [
      ofApp('Deployment', index),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(`unused-${index}`), data: { key: 'value' } },
      { apiVersion: 'v1', kind: 'Secret', metadata: metadata(`unused-${index}`), stringData: { key: 'value' } },
      renamed(ofApp('PersistentVolumeClaim', 3), `unused-${index}`),
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(`unused-${index}`) },
    ],
  ],
  [
    'references without a namespace',
    index =>
      appObjects(index).map(object => {
        const { namespace, ...rest } = (object as Fixture).metadata as { namespace?: string };
        return { ...object, metadata: rest };
      }),
  ],
  [
    'objects without a name',
    index => appObjects(index).map(object => ({ ...object, metadata: { generateName: 'app-' } })),
  ],
  [
    'one name in many namespaces',
    index =>
      appObjects(3).map(object => ({
        ...object,
        metadata: { ...(object as Fixture).metadata, namespace: `team-${index}` },
      })),
  ],
]);
