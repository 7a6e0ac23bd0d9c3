import { ApiObject, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { PodExtensionsOptions, Waiver } from '../../../src';

/** A workload of another library: its kind, the manifest of its pods, and how extensions are added. */
export interface ForeignProgram {
  readonly apiVersion: string;
  readonly kind: string;
  readonly pod: any;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  /** Whether a NetworkPolicy isolates the pods. */
  readonly isIsolated: boolean;
  readonly options: PodExtensionsOptions;
}

const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

const user = fc.constantFrom(0, 33, 1000, 10001);
const context = { runAsUser: some(user), runAsGroup: some(user), runAsNonRoot: some(fc.constant(true)) };
const quantities = { 'memory': some(fc.constant('64Mi')), 'ephemeral-storage': some(fc.constant('4Gi')) };
const variable = fc.constantFrom(
  { name: 'LEVEL', value: 'info' },
  { name: 'URL', value: 'http://$(HOST)' },
  { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
);
const mount = fc.constantFrom(
  { name: 'data', mountPath: '/srv/data' },
  { name: 'data', mountPath: '/srv/file', subPath: 'file' },
  { name: 'settings', mountPath: '/etc/web', readOnly: true },
  { name: 'scratch', mountPath: '/scratch' },
);

const container = (name: string, ports: object[]) =>
  fc.record({
    name: fc.constant(name),
    image: fc.constantFrom('acme/web:1.0.0', 'acme/web', 'docker.io/library/postgres:17.11-trixie'),
    env: some(fc.uniqueArray(variable, { maxLength: 2 })),
    volumeMounts: some(fc.uniqueArray(mount, { maxLength: 2 })),
    ports: some(fc.constant(ports)),
    resources: some(fc.record({ limits: some(fc.record(quantities)), requests: some(fc.record(quantities)) })),
    securityContext: some(fc.record({ ...context, readOnlyRootFilesystem: some(fc.boolean()) })),
  });

const web = container('web', [{ name: 'http', containerPort: 8080, protocol: 'TCP' }]);
const proxy = container('proxy', [{ name: 'proxy', containerPort: 8081, protocol: 'TCP' }]);

const pod = fc.record({
  containers: fc.oneof(fc.tuple(web), fc.tuple(proxy, web)),
  initContainers: some(fc.tuple(container('setup', []))),
  volumes: fc.constant([
    { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
    { name: 'settings', configMap: { name: 'settings' } },
    { name: 'scratch', emptyDir: { sizeLimit: '1Gi' } },
  ]),
  securityContext: some(fc.record({ ...context, fsGroup: some(user) })),
  // as the admission of a bare pod does, which a server without controllers lacks
  serviceAccountName: fc.constant('default'),
  terminationGracePeriodSeconds: some(fc.constantFrom(0, 5, 30, 300)),
  imagePullSecrets: some(fc.constant([{ name: 'mirror' }])),
});

const kinds = fc.constantFrom(
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
  ['v1', 'Pod'],
  ['argoproj.io/v1alpha1', 'Rollout'],
);

/** A workload of another library. */
export const foreignProgram: fc.Arbitrary<ForeignProgram> = fc
  .record({
    kind: kinds,
    pod,
    labels: some(fc.constant({ team: 'web' })),
    annotations: some(fc.constant({ 'note': 'owner', 'secret.reloader.stakater.com/reload': 'api' })),
    isIsolated: fc.boolean(),
    isSelected: fc.boolean(),
    options: fc.record({
      container: some(fc.constant('web')),
      isolated: some(fc.boolean()),
      waivers: some(fc.constant<Waiver[]>([Waiver.pinnedImage('the mirror rebuilds this tag')])),
    }),
  })
  .map(({ kind: [apiVersion, kind], isSelected, options, ...program }) => ({
    apiVersion,
    kind,
    ...program,
    options: isSelected ? { ...options, kind, name: 'web' } : options,
  }));

/** Defines the workload, and the NetworkPolicy of its pods. */
export function foreignObject(chart: Chart, program: ForeignProgram): ApiObject {
  const { apiVersion, kind, labels, annotations, isIsolated } = program;
  // without undefined values, and with the prototype of objects
  const spec = JSON.parse(JSON.stringify(program.pod));
  const matchLabels = { app: 'web' };
  if (isIsolated) {
    new ApiObject(chart, 'policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'policy' },
      spec: { podSelector: { matchLabels } },
    });
  }
  const metadata = { name: 'web', labels: { ...labels, ...(kind === 'Pod' ? matchLabels : {}) }, annotations };
  const template = { metadata: { labels: matchLabels, annotations: { note: 'owner' } }, spec };
  const props = { apiVersion, kind, metadata, ...specOf(kind, template, matchLabels) };
  return new ApiObject(chart, 'web', props);
}

function specOf(kind: string, template: { spec: object }, matchLabels: object): object {
  const completing = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
  switch (kind) {
    case 'Pod':
      return { spec: template.spec };
    case 'Job':
      return { spec: { template: completing } };
    case 'CronJob':
      return { spec: { schedule: '@daily', jobTemplate: { spec: { template: completing } } } };
    case 'StatefulSet':
      return { spec: { serviceName: 'web', selector: { matchLabels }, template } };
    default:
      return { spec: { selector: { matchLabels }, template } };
  }
}
