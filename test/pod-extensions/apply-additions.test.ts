import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { chartOf, container, deployment, emptyDir, extension, podOf, rendered, templateOf } from './fixtures';
import {
  ConfigFiles,
  ConfigRollout,
  ConfigSource,
  PodAdditions,
  PodEnvFrom,
  PodExtensions,
  SecretSource,
} from '../../src';

function add(additions: PodAdditions, pod: object = {}): any {
  const chart = chartOf();
  PodExtensions.of(deployment(chart, pod)).add(extension('cache', additions));
  return podOf(chart);
}

test('existing variables can refer to added ones, and the reverse', () => {
  const existing = { name: 'URL', value: 'http://$(HOST)' };
  const { containers } = add(
    {
      env: { HOST: EnvValue.fromValue('db'), ALL: EnvValue.fromValue('$(URL)/all') },
      envFrom: [PodEnvFrom.fromSecret(SecretSource.fromName('added'))],
    },
    { containers: [container({ env: [existing], envFrom: [{ secretRef: { name: 'web' } }] })] },
  );
  expect(containers[0].env).toEqual([{ name: 'HOST', value: 'db' }, existing, { name: 'ALL', value: '$(URL)/all' }]);
  expect(containers[0].envFrom).toEqual([{ secretRef: { name: 'web' } }, { secretRef: { name: 'added' } }]);
});

test('added init containers run first, and existing items keep their order', () => {
  const { initContainers, volumes } = add(
    {
      mounts: [{ path: '/cache', volume: emptyDir('cache') }],
      initContainers: [{ name: 'setup', image: 'acme/setup:1.0.0' }],
    },
    { initContainers: [container({ name: 'b' }), container({ name: 'a' })], volumes: [{ name: 'z', emptyDir: {} }] },
  );
  expect(initContainers.map(({ name }: any) => name)).toEqual(['setup', 'b', 'a']);
  expect(volumes.map(({ name }: any) => name)).toEqual(['z', 'cache']);
});

const sidecar = (stop: object) => ({ name: 'cache', image: 'acme/cache:1.0.0', ...stop });

test.each<[string, object, number | undefined]>([
  ['keeps the grace period without a sidecar that needs time', {}, undefined],
  ['adds the time that sidecars need after the app', { shutdownTimeout: Duration.seconds(7) }, 37],
  ['covers a delay of sidecars', { preStopDelay: Duration.seconds(45), shutdownTimeout: Duration.seconds(5) }, 50],
])('%s', (_, stop, expected) => {
  expect(add({ sidecars: [sidecar(stop)] }).terminationGracePeriodSeconds).toBe(expected);
});

test('extends a grace period that is set', () => {
  const { terminationGracePeriodSeconds } = add(
    { sidecars: [sidecar({ shutdownTimeout: Duration.seconds(7) })] },
    { terminationGracePeriodSeconds: 120 },
  );
  expect(terminationGracePeriodSeconds).toBe(127);
});

test('annotates the pods with a checksum, and adds names for Stakater Reloader to those of the workload', () => {
  const chart = chartOf();
  const web = deployment(chart);
  web.metadata.addAnnotation('configmap.reloader.stakater.com/reload', 'existing');
  const files = (id: string, rollout: ConfigRollout) =>
    new ConfigFiles({ id, mountPath: `/${id}`, rollout, sources: [ConfigSource.text('a.conf', 'a')] });
  PodExtensions.of(web).add(files('one', ConfigRollout.checksum())).add(files('two', ConfigRollout.reloader()));
  const object = rendered(chart);
  expect(templateOf(object).metadata.annotations).toEqual({ 'checksum/one': expect.stringMatching(/^\w{10}$/) });
  expect(object.metadata.annotations).toEqual({ 'configmap.reloader.stakater.com/reload': 'existing,web-two' });
});
