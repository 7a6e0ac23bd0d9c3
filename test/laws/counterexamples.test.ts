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
    "Invalid value NaN for 'shutdownTimeout' of container 'app' in seconds.",
  ],
  [
    'a stop delay of zero',
    {},
    { sidecars: [{ ...sidecar, preStopDelay: Duration.seconds(0) }] },
    "Invalid value 0 for 'preStopDelay' of container 'sidecar' in seconds.",
  ],
  [
    'a namespace that is not a DNS label',
    { metadata: { namespace: 'a/b' } },
    {},
    "Namespace 'a/b' is not a valid DNS label.",
  ],
  [
    'variables from a ConfigMap with an invalid name',
    {},
    { envFrom: [PodEnvFrom.fromConfigMapName('A')] },
    "Invalid name 'A' for the ConfigMap of 'envFrom'.",
  ],
  [
    'variables from a Secret without a name',
    {},
    { sidecars: [{ ...sidecar, envFrom: [PodEnvFrom.fromSecret(SecretSource.fromName(''))] }] },
    "Invalid name '' for the Secret of 'envFrom'.",
  ],
  [
    'a variable prefix that starts with a digit',
    {},
    { envFrom: [PodEnvFrom.fromConfigMapName('a', { prefix: '1' })] },
    "Invalid name '1' of an environment variable.",
  ],
  [
    'a key that a Secret cannot have',
    { env: { A: EnvValue.fromSecretValue({ secret: { name: 'keys' } as ISecret, key: 'a b' }) } },
    {},
    "Invalid key 'a b' of Secret 'keys' in variable 'A'.",
  ],
  [
    'a stop delay of an init container',
    {},
    { initContainers: [{ ...sidecar, preStopDelay: Duration.seconds(5) } as InitContainer] },
    "Init container 'sidecar' has 'preStopDelay', but it ends before the app starts.",
  ],
  [
    'a variable named with two dots',
    { env: { '..': EnvValue.fromValue('a') } },
    {},
    "Invalid name '..' of an environment variable.",
  ],
  [
    'a claim without a name',
    {},
    { mounts: [{ path: '/data', volume: PodVolume.fromClaimName('', { name: 'data' }) }] },
    "Invalid name '' for the PersistentVolumeClaim of volume 'data'.",
  ],
  [
    'a subPath that leaves the volume',
    {},
    { mounts: [{ path: '/data', subPath: '../a', volume: PodVolume.fromClaimName('data') }] },
    "'subPath' of the mount of volume 'data' is '../a', which is not a path in the volume.",
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
    "'subPath' of the mount of volume 'data' is '/a', which is not a path in the volume.",
  ],
  [
    'a reload target without a name',
    {},
    { reloadOn: [{ kind: ReloadTargetKind.SECRET, name: '' }] },
    "Invalid name '' for the Secret of 'reloadOn'.",
  ],
  [
    'a volume of a Secret without a name',
    {},
    { mounts: [{ path: '/keys', volume: PodVolume.fromSource('keys', { secret: { secretName: '' } }) }] },
    "Invalid name '' for the Secret of volume 'keys'.",
  ],
  [
    'a volume that projects a ConfigMap without a name',
    {},
    {
      mounts: [
        { path: '/keys', volume: PodVolume.fromSource('keys', { projected: { sources: [{ configMap: {} }] } }) },
      ],
    },
    "Invalid name '' for the ConfigMap of volume 'keys'.",
  ],
  [
    'a volume without a source',
    {},
    { mounts: [{ path: '/data', volume: PodVolume.fromSource('data', {}) }] },
    "Volume 'data' of extension 'part' has no source.",
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
    "Volume 'data' of extension 'part' has the sources 'hostPath', 'secret'.",
  ],
  [
    'a memory limit that overflows an int64',
    { resources: { memory: { limit: Size.pebibyte(9000) } } },
    {},
    "Invalid size 9895604649984000Ki for 'resources.memory.limit' of container 'app'.",
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
    "[test/app/app-config] 'exclude' of the directory 'examples/configured-app/config' contains an empty pattern.",
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
    "[test/app/logs] Invalid key '' of the Secret of 'sinks[0].tls'.",
  );
});

test('refuses a byte order mark in a variable, which kubectl can misread, and keeps it in a file', () => {
  expect(() => objects({ env: { A: EnvValue.fromValue('\ufeffa') } })).toThrow(
    '[test/app] Variable \'A\' is "\\ufeffa", which kubectl misreads in YAML because it contains the character U+FEFF.',
  );
  const files = new ConfigFiles({ sources: [ConfigSource.text('a.txt', '\ufeffa')] });
  expect(
    kind(
      synth(chart => workload(chart).add(files)),
      'ConfigMap',
    ).binaryData,
  ).toEqual({ 'a.txt': Buffer.from('\ufeffa').toString('base64') });
});
