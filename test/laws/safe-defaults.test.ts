import { Cron, Size } from 'cdk8s';
import { Controller, PodVolume, Waiver, AppWorkloadProps } from '../../src';
import { RULES } from '../../src/safety/rules';
import { controllerOf, kind, podOf, synth, workload } from '../synth';

/** The objects of a workload with a sidecar, an init container and a volume. */
function objectsWith(props: Partial<AppWorkloadProps> = {}): any[] {
  return synth(chart =>
    workload(chart, { replicas: 4, ...props }).add({
      id: 'other',
      bind: () => ({
        sidecars: [{ name: 'sidecar', image: 'acme/sidecar:1' }],
        initContainers: [{ name: 'init', image: 'acme/init:1' }],
        mounts: [{ path: '/data', volume: PodVolume.emptyDir('data', { sizeLimit: Size.mebibytes(100) }) }],
      }),
    }),
  );
}

const containers = (objects: any[]) => [...podOf(objects).containers, ...podOf(objects).initContainers];
const each = (objects: any[], read: (container: any) => unknown) => containers(objects).map(read);
const spec = (objects: any[]) => controllerOf(objects).spec;

/** Reads the manifest, or returns the error of the rule that refuses it. */
function readOrFailure(read: (objects: any[]) => unknown): unknown {
  try {
    return read(objectsWith());
  } catch (error) {
    return error;
  }
}

type Default = [
  rule: string,
  read: (objects: any[]) => unknown,
  expected: unknown,
  waiver?: (reason: string) => Waiver,
];

// the value that each default sets, read back from the manifest, and the waiver that omits it
const DEFAULTS: Default[] = [
  [
    'run-as-non-root',
    objects => {
      const { runAsNonRoot, runAsUser, runAsGroup } = podOf(objects).securityContext;
      return [runAsNonRoot, runAsUser, runAsGroup];
    },
    [true, 10001, 10001],
    Waiver.runAsNonRoot,
  ],
  [
    'volumes-belong-to-the-group',
    objects => [podOf(objects).securityContext.fsGroup, podOf(objects).securityContext.fsGroupChangePolicy],
    [10001, 'OnRootMismatch'],
  ],
  [
    'seccomp-profile',
    objects => podOf(objects).securityContext.seccompProfile,
    { type: 'RuntimeDefault' },
    Waiver.seccompProfile,
  ],
  [
    'drop-capabilities',
    objects => each(objects, ({ securityContext }) => securityContext.capabilities),
    Array(3).fill({ drop: ['ALL'] }),
    Waiver.dropCapabilities,
  ],
  [
    'no-privilege-escalation',
    objects => each(objects, ({ securityContext }) => securityContext.allowPrivilegeEscalation),
    Array(3).fill(false),
    Waiver.noPrivilegeEscalation,
  ],
  [
    'read-only-root-filesystem',
    objects => each(objects, ({ securityContext }) => securityContext.readOnlyRootFilesystem),
    Array(3).fill(true),
    Waiver.readOnlyRootFilesystem,
  ],
  [
    'no-service-account-token',
    objects => podOf(objects).automountServiceAccountToken,
    false,
    Waiver.noServiceAccountToken,
  ],
  ['no-service-links', objects => podOf(objects).enableServiceLinks, false, Waiver.noServiceLinks],
  [
    'image-pull-policy',
    objects => each(objects, container => container.imagePullPolicy),
    Array(3).fill('IfNotPresent'),
  ],
  [
    'resource-limits',
    objects => each(objects, ({ resources }) => resources),
    [
      // 164Mi for the volumes, and 128Mi for the container itself
      {
        requests: { 'cpu': '100m', 'memory': '256Mi', 'ephemeral-storage': '292Mi' },
        limits: { 'cpu': '1', 'memory': '256Mi', 'ephemeral-storage': '292Mi' },
      },
      ...Array(2).fill({
        requests: { 'cpu': '20m', 'memory': '64Mi', 'ephemeral-storage': '64Mi' },
        limits: { 'cpu': '200m', 'memory': '64Mi', 'ephemeral-storage': '64Mi' },
      }),
    ],
    Waiver.resourceLimits,
  ],
  [
    'topology-spread',
    objects => [
      podOf(objects).topologySpreadConstraints?.map((spread: any) => [
        spread.topologyKey,
        spread.whenUnsatisfiable,
        spread.matchLabelKeys,
      ]),
      podOf(objects).affinity?.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm
        .topologyKey,
    ],
    [
      [
        ['kubernetes.io/hostname', 'ScheduleAnyway', ['pod-template-hash']],
        ['topology.kubernetes.io/zone', 'ScheduleAnyway', ['pod-template-hash']],
      ],
      'kubernetes.io/hostname',
    ],
    Waiver.topologySpread,
  ],
  [
    'drain-before-stop',
    objects => [podOf(objects).containers[0].lifecycle, podOf(objects).terminationGracePeriodSeconds],
    [{ preStop: { sleep: { seconds: 5 } } }, 35],
    Waiver.drainBeforeStop,
  ],
  ['grace-covers-the-stop', objects => podOf(objects).terminationGracePeriodSeconds, 35],
  [
    'health-check',
    objects =>
      ['startupProbe', 'readinessProbe', 'livenessProbe'].map(
        probe => podOf(objects).containers[0][probe]?.tcpSocket?.port,
      ),
    [8080, 8080, 8080],
    Waiver.healthCheck,
  ],
  [
    'update-keeps-capacity',
    objects => spec(objects).strategy,
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    Waiver.updateKeepsCapacity,
  ],
  [
    'disruption-budget',
    objects => kind(objects, 'PodDisruptionBudget')?.spec.maxUnavailable,
    1,
    Waiver.disruptionBudget,
  ],
  [
    'network-policy',
    objects => kind(objects, 'NetworkPolicy')?.spec.policyTypes,
    ['Ingress', 'Egress'],
    Waiver.networkPolicy,
  ],
  [
    'own-account',
    objects => [
      kind(objects, 'ServiceAccount').automountServiceAccountToken,
      podOf(objects).serviceAccountName === kind(objects, 'ServiceAccount').metadata.name,
    ],
    [false, true],
  ],
  [
    'bounded-scratch',
    objects => podOf(objects).volumes.find((volume: any) => volume.name === 'scratch-tmp').emptyDir,
    { sizeLimit: '64Mi' },
  ],
];

const spread = (revisionLabel: string) => [
  [
    ['kubernetes.io/hostname', 'ScheduleAnyway', [revisionLabel]],
    ['topology.kubernetes.io/zone', 'ScheduleAnyway', [revisionLabel]],
  ],
  'kubernetes.io/hostname',
];
const NO_SPREAD = [undefined, undefined];
const WITHOUT_SERVICE = { replicas: undefined, port: undefined };
const OF_JOBS = {
  'topology-spread': NO_SPREAD,
  'update-keeps-capacity': undefined,
  'disruption-budget': undefined,
  'health-check': [undefined, undefined, undefined],
  'drain-before-stop': [undefined, 30],
  'grace-covers-the-stop': 30,
};

/** The props of each kind of controller, and the defaults that are different from those of a Deployment. */
const OTHER_KINDS: [kind: string, props: Partial<AppWorkloadProps>, different: Record<string, unknown>][] = [
  [
    'StatefulSet',
    { controller: Controller.statefulSet() },
    { 'topology-spread': spread('controller-revision-hash'), 'update-keeps-capacity': undefined },
  ],
  [
    'DaemonSet',
    { controller: Controller.daemonSet(), replicas: undefined },
    { 'topology-spread': NO_SPREAD, 'update-keeps-capacity': undefined, 'disruption-budget': undefined },
  ],
  ['Job', { controller: Controller.job(), ...WITHOUT_SERVICE }, OF_JOBS],
  [
    'CronJob',
    { controller: Controller.cronJob({ schedule: Cron.daily(), timeZone: 'Etc/UTC' }), ...WITHOUT_SERVICE },
    OF_JOBS,
  ],
];

describe.each(OTHER_KINDS)('safe defaults of a %s', (_, props, different) => {
  test.each(DEFAULTS)('%s is set in every manifest', (rule, read, expected) => {
    expect(read(objectsWith(props))).toEqual(rule in different ? different[rule] : expected);
  });

  test.each(DEFAULTS.filter(([rule, , , waiver]) => waiver && !(rule in different)))(
    '%s is omitted with its waiver, whose reason becomes an annotation',
    (rule, read, expected, waiver) => {
      const objects = objectsWith({ ...props, waivers: [waiver!('because the image needs it')] });
      expect(read(objects)).not.toEqual(expected);
      expect(controllerOf(objects).metadata.annotations).toMatchObject({
        [`waiver.cdk8s-storage-patterns/${rule}`]: 'because the image needs it',
      });
    },
  );
});

describe('safe defaults', () => {
  test.each(DEFAULTS)('%s is set in every manifest', (_, read, expected) => {
    expect(read(objectsWith())).toEqual(expected);
  });

  test.each(DEFAULTS.filter(([, , , waiver]) => waiver))(
    '%s is omitted with its waiver, whose reason becomes an annotation',
    (rule, read, expected, waiver) => {
      const objects = objectsWith({ waivers: [waiver!('because the image needs it')] });
      expect(waiver!('').rule).toBe(rule);
      expect(read(objects)).not.toEqual(expected);
      expect(kind(objects, 'Deployment').metadata.annotations).toEqual({
        [`waiver.cdk8s-storage-patterns/${rule}`]: 'because the image needs it',
      });
    },
  );
});

test('every default of a pod is tested, and a manifest changes without it', () => {
  const tested = DEFAULTS.map(([rule]) => rule);
  const defaults = RULES.flatMap(({ id, safeDefault }) =>
    safeDefault?.apply ? [{ id, safeDefault: safeDefault as { apply: unknown } }] : [],
  );
  expect(defaults.length).toBeGreaterThan(10);
  for (const { id, safeDefault } of defaults) {
    expect(tested).toContain(id);
    const { apply } = safeDefault;
    const [, read, expected] = DEFAULTS.find(([name]) => name === id)!;
    safeDefault.apply = () => undefined;
    try {
      expect(readOrFailure(read)).not.toEqual(expected);
    } finally {
      safeDefault.apply = apply;
    }
  }
});

test.each<[rule: string, props: Partial<AppWorkloadProps>, waiver: (reason: string) => Waiver]>([
  ['pinned-image', { image: 'acme/app:latest' }, Waiver.pinnedImage],
  ['unprivileged-port', { port: 80 }, Waiver.unprivilegedPort],
  ['mount-hides-image-files', { writableDirectories: [{ path: '/var/lib' }] }, Waiver.mountHidesImageFiles],
])('%s refuses a workload, unless it is waived', (_, props, waiver) => {
  expect(() => objectsWith(props)).toThrow(/^\[test\/app\] /);
  expect(() => objectsWith({ ...props, waivers: [waiver('because of this test')] })).not.toThrow();
});
