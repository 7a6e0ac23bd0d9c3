import { Cron, Duration, Size } from 'cdk8s';
import { EnvValue, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import { AppWorkload, AppWorkloadProps, Controller, PodVolume, SecretSource } from '../../src';
import { controlled, expectError } from '../controllers/fixtures';
import { extension } from '../pod/fixtures';
import { synth } from '../synth';

const env = (value: string) => EnvValue.fromValue(value);
const cronJob = () => Controller.cronJob({ schedule: Cron.daily() });
const PROPS: Partial<AppWorkloadProps> = {
  env: { MODE: env('production'), REGION: env('eu') },
  runAsUser: 33,
  runAsGroup: 34,
  writableDirectories: [{ path: '/var/cache' }],
  resources: { memory: { limit: Size.mebibytes(512) } },
  imagePullSecrets: [SecretSource.fromName('registry')],
  shutdownTimeout: Duration.seconds(60),
};

/** Renders a CronJob that is like an app, which is completed before and after the CronJob is defined. */
function following(
  follower: Partial<AppWorkloadProps> = {},
  before: (app: AppWorkload) => unknown = () => {},
  after: (app: AppWorkload) => unknown = () => {},
): any {
  const objects = synth(chart => {
    const app = controlled(chart, Controller.deployment(), PROPS);
    before(app);
    new AppWorkload(chart, 'cron', { like: app, controller: cronJob(), ...follower });
    after(app);
  });
  return { objects, pod: objects.find(({ kind }) => kind === 'CronJob').spec.jobTemplate.spec.template.spec };
}

test('a follower has the props of the app', () => {
  const { pod } = following();
  const [container] = pod.containers;
  expect(container).toMatchObject({
    image: 'acme/app:1.0.0',
    env: [
      { name: 'MODE', value: 'production' },
      { name: 'REGION', value: 'eu' },
    ],
    resources: { limits: { memory: '512Mi' } },
  });
  expect(pod).toMatchObject({
    securityContext: { runAsUser: 33, runAsGroup: 34 },
    imagePullSecrets: [{ name: 'registry' }],
    terminationGracePeriodSeconds: 60,
  });
  expect(container.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual(['/tmp', '/var/cache']);
  expect(container).not.toHaveProperty('livenessProbe');
});

test('its own props take precedence, and variables one by one', () => {
  const { pod } = following({
    image: 'acme/cron:2.0.0',
    env: { MODE: env('cron') },
    runAsUser: 1000,
    writableDirectories: [],
    command: ['cron'],
  });
  expect(pod.containers[0]).toMatchObject({
    image: 'acme/cron:2.0.0',
    command: ['cron'],
    env: [
      { name: 'MODE', value: 'cron' },
      { name: 'REGION', value: 'eu' },
    ],
  });
  expect(pod.securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 34 });
  expect(pod.containers[0].volumeMounts).toHaveLength(1);
});

test('it receives extensions, volumes and peers that are added before or after it is defined', () => {
  const shared = PodVolume.sharedClaim('files', { size: Size.gibibytes(1) });
  const steps = (app: AppWorkload) => {
    app
      .add(extension('config', { env: { CONFIG: env('a') } }))
      .mount('/data', shared, { subPath: 'data' })
      .allowTo(NetworkPolicyIpBlock.ipv4(app, 'payments', '10.1.0.0/16'), 443);
  };
  const before = following({}, steps);
  const after = following({}, undefined, steps);
  expect(after.pod).toEqual(before.pod);
  expect(before.pod.containers[0].env.map(({ name }: any) => name)).toContain('CONFIG');
  expect(before.pod.containers[0].volumeMounts).toContainEqual({ name: 'files', mountPath: '/data', subPath: 'data' });
  const policies = before.objects.filter(
    ({ kind, spec }: any) => kind === 'NetworkPolicy' && spec.egress?.[0].to?.[0].ipBlock,
  );
  expect(policies.map(({ metadata }: any) => metadata.name)).toEqual(['test-app-policy-0', 'test-cron-policy-0']);
});

test('a follower of a follower receives them too, but nothing flows back', () => {
  const objects = synth(chart => {
    const app = controlled(chart, Controller.deployment());
    const cron = new AppWorkload(chart, 'cron', { like: app, controller: cronJob() });
    new AppWorkload(chart, 'last', { like: cron, controller: cronJob() });
    app.add(extension('first', { env: { FIRST: env('1') } }));
    cron.add(extension('second', { env: { SECOND: env('2') } }));
  });
  const variables = (name: string) => {
    const { spec } = objects.find(({ metadata, kind }) => metadata.name === name && /Deployment|CronJob/.test(kind));
    return (spec.template ?? spec.jobTemplate.spec.template).spec.containers[0].env.map(
      (variable: any) => variable.name,
    );
  };
  expect(variables('test-app')).toEqual(['FIRST']);
  expect(variables('test-cron')).toEqual(['FIRST', 'SECOND']);
  expect(variables('test-last')).toEqual(['FIRST', 'SECOND']);
});

test('containers, ports and waivers are not taken', () => {
  const { pod } = following({}, app => app.addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0' }));
  expect(pod).not.toHaveProperty('initContainers');
});

test.each<[string, any, string]>([
  [
    'something else',
    {},
    "[test/cron] 'like' is not an app of this library. Set it to an 'AppWorkload', 'ConfiguredApp' or 'LoggedApp'.",
  ],
  [
    'nothing',
    null,
    "[test/cron] Required prop 'image' is missing. Set it, for example 'image: \"ghcr.io/acme/api:1.4.2\"', or set " +
      "'like' to another app.",
  ],
])('refuses %s as the app', (_, like, message) =>
  expectError(chart => new AppWorkload(chart, 'cron', { like, controller: cronJob() }), message),
);

test('refuses a volume that the follower cannot share', () =>
  expectError(
    chart => {
      const app = controlled(chart, Controller.deployment());
      new AppWorkload(chart, 'cron', { like: app, controller: cronJob() });
      app.mount('/data', PodVolume.newClaim('data', { size: Size.gibibytes(1) }));
    },
    "[test/cron] Volume 'data' is also mounted by 'test/app', but only one node can mount its " +
      'claim. Use ' +
      "'PodVolume.sharedClaim' with a storage class that supports it, or a claim for each workload.",
  ));
