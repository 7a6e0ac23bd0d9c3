import { Size } from 'cdk8s';
import { ContainerResources, Cpu, EmptyDirMedium, EnvValue, IConfigMap, ISecret } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  annotations,
  count,
  imageReference,
  metadata,
  mostly,
  mountPath,
  name,
  optional,
  plainText,
  port,
  secret,
  shortName,
  size,
  text,
  time,
  variable,
} from './values';
import { volumesNamed } from './volumes';
import {
  EnvValues,
  HealthCheck,
  ILogDelivery,
  IPodExtension,
  InitContainer,
  SidecarContainer,
  ReloadTargetKind,
  SecretSource,
  PodEnvFrom,
  PodMount,
  PodVolume,
  Waiver,
  AppWorkloadProps,
} from '../../../src';

const bounds = optional({ request: size, limit: fc.integer({ min: 4096, max: 9000 }).map(Size.mebibytes) });
const cpu = fc.constantFrom(
  { request: Cpu.millis(100) },
  { limit: Cpu.units(2) },
  { request: Cpu.millis(1), limit: Cpu.units(0.5) },
  {},
);
export const resources: fc.Arbitrary<ContainerResources> = optional({ cpu, memory: bounds, ephemeralStorage: bounds });

const command = mostly(fc.array(plainText, { minLength: 1, maxLength: 3 }), fc.constant<string[]>([]));
const healthOptions = { port, startupTimeout: time, period: time, timeout: time, failureThreshold: count(1, 1000) };
export const healthPath = mostly(fc.constantFrom('/ready', '/', '/a?b=c', '/%20'), text);
const httpOptions = {
  ...healthOptions,
  livenessPath: healthPath,
  startupPath: healthPath,
  https: fc.boolean(),
  headers: fc.dictionary(mostly(fc.constantFrom('Host', 'X-Probe'), text), plainText, { maxKeys: 2 }),
};
export const health = fc.oneof(
  fc.tuple(healthPath, optional(httpOptions)).map(([path, options]) => HealthCheck.http(path, options)),
  optional(healthOptions).map(HealthCheck.tcp),
  mostly(fc.constant('http'), text).map(portName => HealthCheck.tcp({ portName })),
  optional({ ...healthOptions, service: plainText }).map(HealthCheck.grpc),
  fc
    .tuple(command, optional({ ...healthOptions, livenessCommand: command, startupCommand: command }))
    .map(([program, options]) => HealthCheck.command(program, options)),
);

const factories = Object.getOwnPropertyNames(Waiver).filter(key => typeof (Waiver as any)[key] === 'function');
export const waivers = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...factories), { maxLength: 6 }),
    mostly(fc.constant('because of this test'), text),
  )
  .map(([names, reason]) =>
    names.map(key => (key === 'of' ? Waiver.of('no-service-links', reason) : (Waiver as any)[key](reason))),
  );

const envFromOptions = optional({ prefix: variable });
const envFrom: fc.Arbitrary<PodEnvFrom> = fc.oneof(
  fc.tuple(name, envFromOptions).map(([map, options]) => PodEnvFrom.fromConfigMapName(map, options)),
  fc
    .tuple(name, envFromOptions)
    .map(([secretName, options]) => PodEnvFrom.fromSecret(SecretSource.fromName(secretName), options)),
);
const env = fc.dictionary(variable, mostly(plainText, text), { maxKeys: 3 }).map(EnvValues.fromStrings);
const id = mostly(fc.constantFrom(1, 999, 10001, 2147483647), fc.constantFrom(0, 2147483648, -5, 1.5));
const medium = fc.constantFrom(EmptyDirMedium.DEFAULT, EmptyDirMedium.MEMORY, undefined);
export const scratch = fc.record(
  { path: mountPath, sizeLimit: size, medium, copyFromImage: fc.boolean() },
  { requiredKeys: ['path'] },
);

export const workloadProps: fc.Arbitrary<Partial<AppWorkloadProps>> = optional({
  image: imageReference,
  metadata,
  replicas: count(0, 5),
  port,
  portName: mostly(fc.stringMatching(/^[a-z]([a-z0-9]{0,13}[a-z0-9])?$/), name),
  servicePort: mostly(fc.integer({ min: 1, max: 65535 }), port),
  command: fc.array(plainText, { maxLength: 2 }),
  args: fc.array(plainText, { maxLength: 2 }),
  env,
  healthCheck: health,
  resources,
  runAsUser: id,
  runAsGroup: id,
  writableDirectories: fc.array(scratch, { maxLength: 2 }),
  shutdownTimeout: time,
  imagePullSecrets: fc.array(secret, { maxLength: 2 }),
  podAnnotations: annotations,
  waivers,
});

const volume: fc.Arbitrary<PodVolume> = fc
  .oneof(...['cache', 'files', 'data'].map(volumeName => volumesNamed(mostly, volumeName)))
  .map(program => program.volume);
const mount: fc.Arbitrary<PodMount> = fc.record(
  { path: mountPath, volume, readOnly: fc.boolean(), subPath: mostly(fc.constantFrom('a', 'a/b'), text) },
  { requiredKeys: ['path', 'volume'] },
);
const ports = fc.dictionary(mostly(fc.stringMatching(/^[a-z]{4,12}$/), name), port, { maxKeys: 1 });
const containerParts = {
  name,
  image: imageReference,
  likeApp: fc.boolean(),
  command: fc.array(plainText, { maxLength: 2 }),
  args: fc.array(plainText, { maxLength: 2 }),
  env,
  envFrom: fc.array(envFrom, { maxLength: 1 }),
  mounts: fc.array(mount, { maxLength: 2 }),
  resources,
};
export const initContainer: fc.Arbitrary<InitContainer> = fc.record(containerParts, {
  requiredKeys: ['name', 'image'],
});
export const sidecar: fc.Arbitrary<SidecarContainer> = fc.record(
  { ...containerParts, ports, healthCheck: health, preStopDelay: time, shutdownTimeout: time },
  { requiredKeys: ['name', 'image'] },
);

const objectKey = mostly(name, plainText);

/** An extension that a user writes. */
export const customExtension: fc.Arbitrary<IPodExtension> = fc
  .tuple(
    shortName,
    optional({
      mounts: fc.array(mount, { maxLength: 2 }),
      env: fc.dictionary(
        variable,
        fc.oneof(
          plainText.map(EnvValue.fromValue),
          fc
            .tuple(name, objectKey)
            .map(([secretName, key]) => EnvValue.fromSecretValue({ secret: { name: secretName } as ISecret, key })),
          fc
            .tuple(name, objectKey)
            .map(([mapName, key]) => EnvValue.fromConfigMap({ name: mapName } as IConfigMap, key)),
        ),
        { maxKeys: 2 },
      ),
      envFrom: fc.array(envFrom, { maxLength: 1 }),
      sidecars: fc.array(sidecar, { maxLength: 1 }),
      initContainers: fc.array(mostly<InitContainer>(initContainer, sidecar), { maxLength: 1 }),
      podAnnotations: annotations,
      reloadOn: fc.array(fc.record({ kind: fc.constantFrom(...Object.values(ReloadTargetKind)), name }), {
        maxLength: 2,
      }),
    }),
  )
  .map(([extensionId, additions]) => ({ id: extensionId, bind: () => additions }));

/** A log delivery that a user writes. */
export const customLogs: fc.Arbitrary<ILogDelivery> = fc
  .tuple(customExtension, mountPath)
  .map(([extension, directory]) => ({ ...extension, directory }));
