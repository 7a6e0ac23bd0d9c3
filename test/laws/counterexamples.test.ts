import { Duration, Size } from 'cdk8s';
import { EnvValue, ISecret } from 'cdk8s-plus-28';
import {
  ConfigFiles,
  ConfigSource,
  LogAuth,
  LogCollector,
  LogRotation,
  LogShipping,
  LogSink,
  LogTls,
  PodContribution,
  PodVolume,
  SecretSource,
  WorkloadProps,
} from '../../src';
import { kind, podOf, synth, workload } from '../synth';

// what generated programs have shown an API server to refuse; each is now refused by us, or mended
const sidecar = { name: 'beside', image: 'acme/beside:1' };
const objects = (props: Partial<WorkloadProps>, contribution: PodContribution = {}) =>
  synth(chart => workload(chart, props).add({ capabilityId: 'part', bind: () => contribution }));

test.each<[string, Partial<WorkloadProps>, PodContribution, string]>([
  [
    'a stop timeout that is no number',
    { stopTimeout: Duration.seconds(NaN) },
    {},
    "the stop timeout of container 'app' in seconds is NaN. give a whole number from 1 to 86400",
  ],
  [
    'a stop delay of nothing',
    {},
    { sidecars: [{ ...sidecar, stopDelay: Duration.seconds(0) }] },
    "the stop delay of container 'beside' in seconds is 0. give a whole number from 1 to 86400",
  ],
  ['a namespace that is no label', { metadata: { namespace: 'a/b' } }, {}, "the namespace 'a/b' is not a DNS label"],
  [
    'variables from a ConfigMap and a Secret at once',
    {},
    { envFrom: [{ configMapName: 'a', secretName: 'b' }] },
    "capability 'part' takes variables from something that has not exactly one of 'configMapName' and " +
      "'secretName'. give one",
  ],
  [
    'variables from nothing',
    {},
    { sidecars: [{ ...sidecar, envFrom: [{ prefix: 'A' }] }] },
    "capability 'part' takes variables from something that has not exactly one",
  ],
  [
    'a prefix of variables that begins with a digit',
    {},
    { envFrom: [{ configMapName: 'a', prefix: '1' }] },
    "environment variable '1' has no legal name",
  ],
  [
    'a key that no Secret has',
    { env: { A: EnvValue.fromSecretValue({ secret: { name: 'keys' } as ISecret, key: 'a b' }) } },
    {},
    "the variable 'A' is the key 'a b' of the Secret 'keys', which cannot be. keys are letters",
  ],
  [
    'a port of an init container that is no number',
    {},
    { initContainers: [{ ...sidecar, ports: { a: NaN } }] },
    "port 'a' of container 'beside' is NaN. give a whole number from 1 to 65535",
  ],
  [
    'a stop delay of an init container',
    {},
    { initContainers: [{ ...sidecar, stopDelay: Duration.seconds(5) }] },
    "init container 'beside' has a stop delay, and runs to its end before the app starts. leave it out, or make " +
      'it a sidecar',
  ],
  [
    'a variable of two dots',
    { env: { '..': EnvValue.fromValue('a') } },
    {},
    "environment variable '..' has no legal name",
  ],
  [
    'a claim without a name',
    {},
    { mounts: [{ path: '/data', volume: PodVolume.persistentVolumeClaim('data', '') }] },
    "the claim of volume 'data' '' is not an object's name",
  ],
  [
    'a path in a volume that leads out of it',
    {},
    { mounts: [{ path: '/data', subPath: '../a', volume: PodVolume.persistentVolumeClaim('data', 'data') }] },
    "the mount of 'data' has the 'subPath' '../a', which is no path in the volume",
  ],
  [
    'a path in a volume of a sidecar that begins at the root',
    {},
    {
      sidecars: [
        {
          ...sidecar,
          mounts: [{ path: '/data', subPath: '/a', volume: PodVolume.persistentVolumeClaim('data', 'data') }],
        },
      ],
    },
    "the mount of 'data' has the 'subPath' '/a'",
  ],
  [
    'a kind of object that nothing reloads for',
    {},
    { reloadOn: [{ kind: 'Secret', name: 'a' }] },
    "capability 'part' is to be reloaded on a change of 'Secret', which Reloader does not watch. give " +
      "'configmap' or 'secret'",
  ],
  [
    'an object to reload for that has no name',
    {},
    { reloadOn: [{ kind: 'secret', name: '' }] },
    "the Secret of 'reloadOn' '' is not an object's name",
  ],
  [
    'a volume of a Secret without a name',
    {},
    { mounts: [{ path: '/keys', volume: PodVolume.of('keys', { secret: { secretName: '' } }) }] },
    "the Secret of volume 'keys' '' is not an object's name",
  ],
  [
    'a volume that projects a ConfigMap without a name',
    {},
    { mounts: [{ path: '/keys', volume: PodVolume.of('keys', { projected: { sources: [{ configMap: {} }] } }) }] },
    "the ConfigMap of volume 'keys' '' is not an object's name",
  ],
  [
    'a volume of nothing',
    {},
    { mounts: [{ path: '/data', volume: PodVolume.of('data', {}) }] },
    "capability 'part' has the volume 'data' of no source. give it one",
  ],
  [
    'a volume of two things',
    {},
    {
      mounts: [
        { path: '/data', volume: PodVolume.of('data', { hostPath: { path: '/' }, secret: { secretName: 'a' } }) },
      ],
    },
    "capability 'part' has the volume 'data' of the sources 'hostPath', 'secret'. give it one",
  ],
  [
    'memory beyond what an int64 counts',
    { resources: { memory: { limit: Size.pebibyte(9000) } } },
    {},
    "the limit of memory of container 'app' is 9895604649984000Ki. give a size of at least 1Ki and at most 4Ei",
  ],
])('%s is refused', (_, props, contribution, message) => {
  expect(() => objects(props, contribution)).toThrow(`[test/app] ${message}`);
});

test('a sidecar that waits for long before its stop lengthens the time of grace, which has to cover the wait', () => {
  const pod = podOf(objects({}, { sidecars: [{ ...sidecar, stopDelay: Duration.minutes(5) }] }));
  expect(pod.terminationGracePeriodSeconds).toBe(305);
});

test('a Secret to pull images with that is named twice is there once, for the API takes no name twice', () => {
  const [one, two] = [SecretSource.fromName('a'), SecretSource.fromName('b')];
  expect(podOf(objects({ imagePullSecrets: [one, two, one] })).imagePullSecrets).toEqual([
    { name: 'a' },
    { name: 'b' },
  ]);
});

test('a directory of configuration with an empty pattern of what to leave out is refused', () => {
  const files = ConfigFiles.fromDirectory('examples/configured-app/config', {}, { exclude: [''] });
  expect(() => synth(chart => workload(chart).add(files))).toThrow(
    "[test/app/app-config] 'exclude' of the directory 'examples/configured-app/config' has an empty pattern",
  );
});

test('a certificate of a sink at a key that no Secret has is refused', () => {
  const shipping = (key: string) =>
    new LogShipping({
      collector: LogCollector.fluentBit(),
      rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 2 }),
      sinks: [
        LogSink.forward({
          host: 'fluentd',
          auth: LogAuth.none('because of this test'),
          tls: LogTls.withCa(SecretSource.fromName('ca'), key),
        }),
      ],
    });
  expect(() => synth(chart => workload(chart).add(shipping('')))).toThrow(
    "[test/app/logs] '' cannot be a key of a Secret. use letters, digits, '-', '_' and '.'",
  );
});

test('a byte order mark, which kubectl misreads where its buffer ends, is refused, and kept in a file', () => {
  expect(() => objects({ env: { A: EnvValue.fromValue('\ufeffa') } })).toThrow('it has the character U+FEFF');
  const files = new ConfigFiles({ sources: [ConfigSource.text('a.txt', '\ufeffa')] });
  expect(
    kind(
      synth(chart => workload(chart).add(files)),
      'ConfigMap',
    ).binaryData,
  ).toEqual({ 'a.txt': Buffer.from('\ufeffa').toString('base64') });
});
