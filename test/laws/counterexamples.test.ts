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
  PodAdditions,
  PodVolume,
  SecretSource,
  AppWorkloadProps,
  InitContainer,
  PodEnvFrom,
  ReloadTargetKind,
  CaCertificate,
} from '../../src';
import { kind, podOf, synth, workload } from '../synth';

// generated programs whose manifests an API server refused: the library now refuses or mends them
const sidecar = { name: 'sidecar', image: 'acme/sidecar:1' };
const objects = (props: Partial<AppWorkloadProps>, additions: PodAdditions = {}) =>
  synth(chart => workload(chart, props).add({ id: 'part', bind: () => additions }));

test.each<[string, Partial<AppWorkloadProps>, PodAdditions, string]>([
  [
    'a shutdown timeout that is not a number',
    { shutdownTimeout: Duration.seconds(NaN) },
    {},
    "'shutdownTimeout' of container 'app' in seconds is NaN. Give a whole number from 1 to 86400",
  ],
  [
    'a stop delay of zero',
    {},
    { sidecars: [{ ...sidecar, preStopDelay: Duration.seconds(0) }] },
    "'preStopDelay' of container 'sidecar' in seconds is 0. Give a whole number from 1 to 86400",
  ],
  [
    'a namespace that is not a DNS label',
    { metadata: { namespace: 'a/b' } },
    {},
    "The namespace 'a/b' is not a DNS label",
  ],
  [
    'variables from a ConfigMap with an invalid name',
    {},
    { envFrom: [PodEnvFrom.fromConfigMapName('A')] },
    "ConfigMap 'A' is not an object's name",
  ],
  [
    'variables from a Secret without a name',
    {},
    { sidecars: [{ ...sidecar, envFrom: [PodEnvFrom.fromSecret(SecretSource.fromName(''))] }] },
    "Secret '' is not an object's name",
  ],
  [
    'a variable prefix that starts with a digit',
    {},
    { envFrom: [PodEnvFrom.fromConfigMapName('a', { prefix: '1' })] },
    "Environment variable '1' has no legal name",
  ],
  [
    'a key that a Secret cannot have',
    { env: { A: EnvValue.fromSecretValue({ secret: { name: 'keys' } as ISecret, key: 'a b' }) } },
    {},
    "The variable 'A' is the key 'a b' of the Secret 'keys', which cannot be. Keys are letters",
  ],
  [
    'a stop delay of an init container',
    {},
    { initContainers: [{ ...sidecar, preStopDelay: Duration.seconds(5) } as InitContainer] },
    "Init container 'sidecar' has 'preStopDelay', and runs to its end before the app starts. Leave it out, or make " +
      'it a sidecar',
  ],
  [
    'a variable named with two dots',
    { env: { '..': EnvValue.fromValue('a') } },
    {},
    "Environment variable '..' has no legal name",
  ],
  [
    'a claim without a name',
    {},
    { mounts: [{ path: '/data', volume: PodVolume.fromClaimName('', { name: 'data' }) }] },
    "The claim of volume 'data' '' is not an object's name",
  ],
  [
    'a subPath that leaves the volume',
    {},
    { mounts: [{ path: '/data', subPath: '../a', volume: PodVolume.fromClaimName('data') }] },
    "The mount of 'data' has the 'subPath' '../a', which is no path in the volume",
  ],
  [
    'an absolute subPath of a sidecar',
    {},
    {
      sidecars: [
        {
          ...sidecar,
          mounts: [{ path: '/data', subPath: '/a', volume: PodVolume.fromClaimName('data') }],
        },
      ],
    },
    "The mount of 'data' has the 'subPath' '/a'",
  ],
  [
    'a reload target without a name',
    {},
    { reloadOn: [{ kind: ReloadTargetKind.SECRET, name: '' }] },
    "The Secret of 'reloadOn' '' is not an object's name",
  ],
  [
    'a volume of a Secret without a name',
    {},
    { mounts: [{ path: '/keys', volume: PodVolume.fromSource('keys', { secret: { secretName: '' } }) }] },
    "The Secret of volume 'keys' '' is not an object's name",
  ],
  [
    'a volume that projects a ConfigMap without a name',
    {},
    {
      mounts: [
        { path: '/keys', volume: PodVolume.fromSource('keys', { projected: { sources: [{ configMap: {} }] } }) },
      ],
    },
    "The ConfigMap of volume 'keys' '' is not an object's name",
  ],
  [
    'a volume without a source',
    {},
    { mounts: [{ path: '/data', volume: PodVolume.fromSource('data', {}) }] },
    "Extension 'part' has the volume 'data' of no source. Give it one",
  ],
  [
    'a volume with two sources',
    {},
    {
      mounts: [
        {
          path: '/data',
          volume: PodVolume.fromSource('data', { hostPath: { path: '/' }, secret: { secretName: 'a' } }),
        },
      ],
    },
    "Extension 'part' has the volume 'data' of the sources 'hostPath', 'secret'. Give it one",
  ],
  [
    'a memory limit that overflows an int64',
    { resources: { memory: { limit: Size.pebibyte(9000) } } },
    {},
    "The limit of memory of container 'app' is 9895604649984000Ki. Give a size of at least 1Ki and at most 4Ei",
  ],
])('refuses %s', (_, props, additions, message) => {
  expect(() => objects(props, additions)).toThrow(`[test/app] ${message}`);
});

test('extends the grace period by the stop delay of a sidecar', () => {
  const pod = podOf(objects({}, { sidecars: [{ ...sidecar, preStopDelay: Duration.minutes(5) }] }));
  expect(pod.terminationGracePeriodSeconds).toBe(305);
});

test('lists a repeated image pull Secret once, because the API server refuses duplicates', () => {
  const [one, two] = [SecretSource.fromName('a'), SecretSource.fromName('b')];
  expect(podOf(objects({ imagePullSecrets: [one, two, one] })).imagePullSecrets).toEqual([
    { name: 'a' },
    { name: 'b' },
  ]);
});

test('refuses an empty exclude pattern', () => {
  const files = ConfigFiles.fromDirectory('examples/configured-app/config', { exclude: [''] });
  expect(() => synth(chart => workload(chart).add(files))).toThrow(
    "[test/app/app-config] 'exclude' of the directory 'examples/configured-app/config' has an empty pattern",
  );
});

test('refuses a CA certificate at a key that a Secret cannot have', () => {
  const shipping = (key: string) =>
    new LogShipping({
      collector: LogCollector.fluentBit(),
      rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 2 }),
      sinks: [
        LogSink.forward({
          host: 'fluentd',
          auth: LogAuth.none('because of this test'),
          tls: LogTls.withCa(CaCertificate.fromSecret(SecretSource.fromName('ca'), { key })),
        }),
      ],
    });
  expect(() => synth(chart => workload(chart).add(shipping('')))).toThrow(
    "[test/app/logs] 'sinks[0].tls' has the key ''",
  );
});

test('refuses a byte order mark in a variable, which kubectl can misread, and keeps it in a file', () => {
  expect(() => objects({ env: { A: EnvValue.fromValue('\ufeffa') } })).toThrow('it has the character U+FEFF');
  const files = new ConfigFiles({ sources: [ConfigSource.text('a.txt', '\ufeffa')] });
  expect(
    kind(
      synth(chart => workload(chart).add(files)),
      'ConfigMap',
    ).binaryData,
  ).toEqual({ 'a.txt': Buffer.from('\ufeffa').toString('base64') });
});
