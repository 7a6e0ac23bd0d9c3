import { Cron, Size } from 'cdk8s';
import { ConcurrencyPolicy, PercentOrAbsolute, PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { AppWorkloadProps, Controller, PodVolume, Waiver } from '../../src';
import { controlled, expectError } from '../controllers/fixtures';
import { kind, synth } from '../synth';

const size = Size.gibibytes(1);
const data = () => PodVolume.newClaim('data', { size });
const cron = (concurrencyPolicy?: ConcurrencyPolicy) =>
  Controller.cronJob({ schedule: Cron.daily(), concurrencyPolicy });
const mounting = (controller: Controller, volume: PodVolume, props: Partial<AppWorkloadProps> = {}) =>
  synth(chart => controlled(chart, controller, props).mount('/data', volume));

const SHARE = "use 'PodVolume.sharedClaim', or set the 'accessMode' of an existing claim";
const CLAIM = "only one node can mount the claim of volume 'data'";

test.each<[string, Controller, Partial<AppWorkloadProps>, string]>([
  [
    'several replicas of a Deployment',
    Controller.deployment(),
    { replicas: 2 },
    `'replicas' is 2, but ${CLAIM}. Omit 'replicas', ${SHARE}, or use 'PodVolume.claimPerReplica' with ` +
      "'Controller.statefulSet()'.",
  ],
  [
    'several replicas of a StatefulSet',
    Controller.statefulSet(),
    { replicas: 3 },
    `'replicas' is 3, but ${CLAIM}. Omit 'replicas', ${SHARE}, or use 'PodVolume.claimPerReplica' with ` +
      "'Controller.statefulSet()'.",
  ],
  [
    'an update that keeps the old pod',
    Controller.deployment({ recreate: false }),
    {},
    `An update with 'recreate: false' starts a new pod before it stops the old one, but ${CLAIM}. Omit 'recreate: ` +
      `false', or ${SHARE}.`,
  ],
  [
    'an update with a surge',
    Controller.deployment({ maxSurge: PercentOrAbsolute.absolute(1) }),
    {},
    `An update with 'maxSurge' starts a new pod before it stops the old one, but ${CLAIM}. Omit 'maxSurge', or ` +
      `${SHARE}.`,
  ],
  [
    'every node',
    Controller.daemonSet(),
    {},
    `A DaemonSet runs a pod on each node, but ${CLAIM}. Use 'PodVolume.sharedClaim', or set the ` +
      `'accessMode' of an existing claim.`,
  ],
  [
    'a parallel Job',
    Controller.job({ parallelism: 2 }),
    {},
    `'parallelism' is above 1, but ${CLAIM}. Use 'PodVolume.sharedClaim', or set the 'accessMode' of an existing ` +
      'claim, or run one pod at a time.',
  ],
  [
    'runs of a CronJob that overlap',
    cron(ConcurrencyPolicy.ALLOW),
    {},
    `'parallelism' is above 1 or 'concurrencyPolicy' is 'Allow', but ${CLAIM}. Use 'PodVolume.sharedClaim', or set ` +
      "the 'accessMode' of an existing claim, or run one pod at a time.",
  ],
])('refuses a claim for one node in %s', (_, controller, props, message) =>
  expectError(chart => controlled(chart, controller, props).mount('/data', data()), `[test/app] ${message}`),
);

test.each<[string, Controller, Partial<AppWorkloadProps>]>([
  ['one replica', Controller.deployment(), { replicas: 1 }],
  ['no replica', Controller.deployment(), { replicas: 0 }],
  ['a Job', Controller.job({ parallelism: 3, completions: 1 }), {}],
  ['runs that replace each other', cron(ConcurrencyPolicy.REPLACE), {}],
])('accepts a claim for one node in %s', (_, controller, props) => {
  expect(() => mounting(controller, data(), props)).not.toThrow();
});

test('accepts one node for all pods if the rules are waived', () => {
  const waivers = [
    Waiver.of('claim-has-one-writer', 'the cluster has one node'),
    Waiver.of('rollout-releases-claim', 'the cluster has one node'),
  ];
  const objects = mounting(Controller.deployment({ recreate: false }), data(), { replicas: 2, waivers });
  expect(kind(objects, 'Deployment').spec).toMatchObject({ replicas: 2, strategy: { type: 'RollingUpdate' } });
});

test.each<[string, Controller]>([
  ['Deployment', Controller.deployment()],
  ['DaemonSet', Controller.daemonSet()],
  ['Job', Controller.job()],
  ['CronJob', cron()],
])('refuses a claim for each replica in a %s', (_, controller) =>
  expectError(
    chart => controlled(chart, controller).mount('/data', PodVolume.claimPerReplica('data', { size })),
    "[test/app] Volume 'data' has a claim for each replica, which only a StatefulSet has. Set 'controller: " +
      "Controller.statefulSet()', or use 'PodVolume.newClaim' or 'PodVolume.sharedClaim'.",
  ),
);

describe('an existing claim', () => {
  const replicasWith = (accessMode?: PersistentVolumeAccessMode) =>
    mounting(Controller.deployment(), PodVolume.fromClaimName('uploads', { accessMode }))[0].spec.replicas;

  test('counts as a claim for one node', () => expect(replicasWith()).toBe(1));

  test('can have a mode for many nodes', () => {
    expect(replicasWith(PersistentVolumeAccessMode.READ_WRITE_MANY)).toBe(2);
    expect(replicasWith(PersistentVolumeAccessMode.READ_ONLY_MANY)).toBe(2);
  });
});

test('counts the volumes of containers, too', () => {
  const objects = synth(chart =>
    controlled(chart, Controller.deployment()).addSidecar({
      name: 'backup',
      image: 'acme/backup:1.0.0',
      mounts: [{ path: '/data', volume: data() }],
    }),
  );
  expect(kind(objects, 'Deployment').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
});

test('joins the reasons of several host paths in any order', () => {
  const volumes = [
    PodVolume.hostPath('/var/log', { reason: 'ships the logs' }),
    PodVolume.hostPath('/var/lib', { reason: ' reads the disks ' }),
    PodVolume.hostPath('/run', { reason: 'ships the logs' }),
  ];
  for (const ordered of [volumes, [...volumes].reverse()]) {
    const [{ metadata }] = synth(chart =>
      ordered.reduce((app, volume) => app.mount(`/${volume.name}`, volume), controlled(chart, Controller.daemonSet())),
    );
    expect(metadata.annotations).toEqual({
      'waiver.cdk8s-storage-patterns/no-host-path': 'ships the logs; reads the disks',
      // all files of '/run' and '/var/lib' give control of the node
      'waiver.cdk8s-storage-patterns/no-node-takeover': 'ships the logs; reads the disks',
    });
  }
});
