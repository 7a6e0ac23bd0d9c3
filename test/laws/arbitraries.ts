import { Duration, Size } from 'cdk8s';
import { Cpu, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  ConfigFiles, ConfigPlacement, ConfigRollout, ConfigSource, ConfigVariables, HealthCheck, ICapability, KubernetesVersion, PodVolume, SecretSource,
  Waiver, WorkloadProps,
} from '../../src';

/** Mostly what is right, now and then what is not, so that whole programs come out either way. */
function mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 25, arbitrary: right }, { weight: 1, arbitrary: wrong });
}

function optional<T>(record: { [K in keyof T]: fc.Arbitrary<T[K]> }) {
  return fc.record<T>(record, { requiredKeys: [] });
}

// what YAML, Kubernetes or JavaScript may take for something else
const hostile = fc.constantFrom(
  '', ' ', 'yes', 'no', 'null', '~', '1e3', '0x10', '010', '.inf', '__proto__', 'constructor', 'toString', '..', '.', '/', 'a/b', 'a\nb',
  '\u0000', '\u202e', 'ü', '😀', '-', '--', '#', ': ', '- ', '{{', '$(A)', '<script>', 'A', 'a.b', 'a_b', '0', '-a', 'a-',
  ...[63, 64, 253, 254].map(length => 'a'.repeat(length)),
);
const text = fc.oneof(hostile, fc.string());
const name = mostly(fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/), hostile);
const variable = mostly(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/), hostile);
const filePath = mostly(fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,6}){0,2}\.[a-z]{1,4}$/), hostile);
const mountPath = mostly(fc.stringMatching(/^(\/[a-z]{2,8}){2,3}$/), fc.oneof(hostile, hostile.map(end => `/${end}`)));
const port = mostly(fc.integer({ min: 1024, max: 40000 }), fc.constantFrom(-1, 0, 1, 80, 65535, 65536, 1.5, NaN, Infinity));
const size = mostly(
  fc.integer({ min: 1, max: 4096 }).map(Size.mebibytes),
  fc.constantFrom(Size.kibibytes(0), Size.gibibytes(1.5), Size.kibibytes(1)),
);
const bounds = optional({ request: size, limit: fc.integer({ min: 4096, max: 9000 }).map(Size.mebibytes) });
const time = mostly(fc.constantFrom(1, 10, 3600), fc.constantFrom(0, 100000, 0.5)).map(Duration.seconds);

const health = fc.oneof(
  fc.tuple(
    mostly(fc.constant('/ready'), fc.constantFrom('ready', '')),
    optional({ port, startupTimeout: time, period: time, timeout: time, failureThreshold: port }),
  ).map(([path, options]) => HealthCheck.http(path, options)),
  fc.constantFrom(HealthCheck.tcp(), HealthCheck.grpc()),
  fc.array(text, { maxLength: 2 }).map(command => HealthCheck.command(command)),
);
const waivers = Object.getOwnPropertyNames(Waiver).filter(key => typeof (Waiver as any)[key] === 'function');

export const workloadProps: fc.Arbitrary<Partial<WorkloadProps>> = optional({
  image: mostly(fc.constantFrom('acme/app:1.0.0', `acme/app@sha256:${'0'.repeat(64)}`, 'localhost:5000/a/b:v1_x'), hostile),
  metadata: optional({ name, labels: fc.dictionary(name, name, { maxKeys: 2 }), annotations: fc.dictionary(name, text, { maxKeys: 2 }) }),
  replicas: mostly(fc.constantFrom(0, 1, 2, 3), fc.constantFrom(-1, 2.5)),
  port,
  portName: name,
  servicePort: port,
  command: fc.array(text, { maxLength: 2 }),
  args: fc.array(text, { maxLength: 2 }),
  env: fc.dictionary(variable, text.map(EnvValue.fromValue), { maxKeys: 3 }),
  health,
  resources: optional({
    cpu: fc.constantFrom({ request: Cpu.millis(100) }, { limit: Cpu.units(2) }, {}),
    memory: bounds,
    ephemeralStorage: bounds,
  }),
  runAsUser: mostly(fc.constantFrom(1, 999, 2147483647), fc.constantFrom(0, 2147483648, -5)),
  scratch: fc.array(fc.record({
    path: mountPath,
    sizeLimit: size,
    medium: fc.constantFrom(EmptyDirMedium.DEFAULT, EmptyDirMedium.MEMORY),
  }), { maxLength: 2 }),
  stopTimeout: time,
  imagePullSecrets: fc.array(name.map(SecretSource.fromName), { maxLength: 1 }),
  podAnnotations: fc.dictionary(name, text, { maxKeys: 2 }),
  waivers: fc.uniqueArray(fc.constantFrom(...waivers), { maxLength: 3 }).map(names => names.map(key => (Waiver as any)[key]('because of this test'))),
});

const rollout = fc.constantFrom(
  ConfigRollout.immutable(), ConfigRollout.checksum(), ConfigRollout.live(), ConfigRollout.reloader(), ConfigRollout.none('said so here'),
);
const mode = mostly(fc.constantFrom(0o444, 0o555, 0), fc.constantFrom(-1, 0o1000));
const source = fc.oneof(
  fc.tuple(filePath, text, optional({ mode })).map(([path, content, options]) => ConfigSource.text(path, content, options)),
  fc.tuple(filePath, fc.dictionary(text, text)).map(([path, data]) => ConfigSource.yaml(path, data)),
  fc.tuple(filePath, fc.uint8Array({ maxLength: 20 })).map(([path, bytes]) => ConfigSource.binary(path, Buffer.from(bytes).toString('base64'))),
  fc.tuple(name, rollout, fc.dictionary(filePath, name, { maxKeys: 2 }))
    .map(([secret, how, files]) => ConfigSource.secret(SecretSource.fromName(secret), { rollout: how, files })),
  fc.tuple(name, rollout).map(([map, how]) => ConfigSource.configMapName(map, { rollout: how })),
);
const placement = fc.constantFrom(ConfigPlacement.DIRECTORY, ConfigPlacement.FILES);

export const capability: fc.Arbitrary<ICapability> = fc.oneof(
  fc.tuple(fc.array(source, { maxLength: 3 }), optional({ mountPath, placement, rollout, id: name }))
    .map(([sources, options]) => new ConfigFiles({ sources, ...options })),
  fc.tuple(fc.dictionary(variable, text, { maxKeys: 3 }), optional({ rollout, id: name }))
    .map(([values, options]) => ConfigVariables.fromMap(values, options)),
  fc.tuple(name, rollout, fc.dictionary(variable, name, { maxKeys: 2 }))
    .map(([secret, how, variables]) => ConfigVariables.fromSecret(SecretSource.fromName(secret), { rollout: how, variables })),
  fc.record({ id: name, container: name, volume: name, path: mountPath, sizeLimit: size, metrics: port }).map((own): ICapability => ({
    capabilityId: own.id,
    bind: () => ({
      sidecars: [{
        name: own.container,
        image: 'acme/beside:1',
        ports: { metrics: own.metrics },
        mounts: [{ path: own.path, volume: PodVolume.emptyDir(own.volume, { sizeLimit: own.sizeLimit }) }],
      }],
    }),
  })),
);

export const kubernetesVersion = fc.constantFrom(KubernetesVersion.V1_28, KubernetesVersion.V1_30, KubernetesVersion.V1_37);
