import { Size } from 'cdk8s';
import { Cpu, EmptyDirMedium, EnvValue } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { imageReference, metadata, mostly, mountPath, name, optional, port, secret, size, text, time, variable } from './values';
import { HealthCheck, ICapability, PodVolume, Waiver, WorkloadProps } from '../../../src';

const bounds = optional({ request: size, limit: fc.integer({ min: 4096, max: 9000 }).map(Size.mebibytes) });

const health = fc.oneof(
  fc.tuple(
    mostly(fc.constant('/ready'), fc.constantFrom('ready', '')),
    optional({ port, startupTimeout: time, period: time, timeout: time, failureThreshold: port }),
  ).map(([path, options]) => HealthCheck.http(path, options)),
  fc.constantFrom(HealthCheck.tcp(), HealthCheck.grpc()),
  fc.array(text, { maxLength: 2 }).map(command => HealthCheck.command(command)),
);

const allWaivers = Object.getOwnPropertyNames(Waiver).filter(key => typeof (Waiver as any)[key] === 'function');
export const waivers = fc.uniqueArray(fc.constantFrom(...allWaivers), { maxLength: 3 })
  .map(names => names.map(key => (Waiver as any)[key]('because of this test')));

export const workloadProps: fc.Arbitrary<Partial<WorkloadProps>> = optional({
  image: imageReference,
  metadata,
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
  imagePullSecrets: fc.array(secret, { maxLength: 1 }),
  podAnnotations: fc.dictionary(name, text, { maxKeys: 2 }),
  waivers,
});

/** A part that a user writes. */
const ownNames = { id: name, container: name, volume: name };
export const ownCapability: fc.Arbitrary<ICapability> = fc.record({ ...ownNames, path: mountPath, sizeLimit: size, metrics: port }).map(own => ({
  capabilityId: own.id,
  bind: () => ({
    sidecars: [{
      name: own.container,
      image: 'acme/beside:1',
      ports: { metrics: own.metrics },
      mounts: [{ path: own.path, volume: PodVolume.emptyDir(own.volume, { sizeLimit: own.sizeLimit }) }],
    }],
  }),
}));
