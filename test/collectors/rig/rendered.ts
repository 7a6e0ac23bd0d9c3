import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { collectorOf } from '../../logging/fixtures';
import { podOf } from '../../synth';

/** The longest time that the app takes to end: its default shutdown timeout, and the time to drain. */
const APP_SECONDS = 30 + 5;

/** The parts of a cluster that the generated pod needs. */
export interface World {
  /** The directory of the volumes. */
  readonly directory: string;
  readonly secrets: Record<string, Record<string, string>>;
  readonly pod: string;
  readonly namespace: string;
}

export interface Mount {
  readonly from: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** The container in a manifest, with its volumes as directories on this machine. */
export interface Container {
  readonly image: string;
  readonly command?: string[];
  readonly args: string[];
  readonly env: Record<string, string>;
  readonly mounts: Mount[];
  readonly uid: number;
  readonly gid: number;
  readonly readOnly: boolean;
  readonly memory?: number;
  readonly cpus?: number;
  /** The port of its probe, and the path of an HTTP probe. */
  readonly health: { readonly path?: string; readonly port: number };
  /** The seconds of the grace period after the preStop hook. */
  readonly grace: number;
  /** The seconds of the preStop hook after the last moment at which the app can end. */
  readonly lastLook: number;
  /** The size limit of each emptyDir, by its directory on this machine. */
  readonly limits: Record<string, number>;
}

/** Returns the container of the collector, and creates its volumes. */
export function renderContainer(objects: any[], world: World): Container {
  const pod = podOf(objects);
  const container = collectorOf(objects);
  const security = { ...pod.securityContext, ...container.securityContext };
  const volumes = new Map<string, any>(pod.volumes.map((volume: any) => [volume.name, volume]));
  const limits: Record<string, number> = {};
  const mounts = container.volumeMounts.map(({ name, mountPath, readOnly, subPath }: any): Mount => {
    const from = join(world.directory, name);
    const volume = volumes.get(name);
    createVolume(from, volume, objects, world, security.fsGroup);
    if (volume.emptyDir?.sizeLimit) {
      limits[from] = bytes(volume.emptyDir.sizeLimit);
    }
    return { from: subPath ? join(from, subPath) : from, path: mountPath, readOnly: readOnly === true };
  });
  const env = Object.fromEntries(
    (container.env ?? []).map((variable: any) => [variable.name, valueOf(variable, container, objects, world)]),
  );
  const expand = (text: string) => text.replace(/\$\(([A-Za-z_]\w*)\)/g, (whole, name) => env[name] ?? whole);
  const delay = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
  const resources = container.resources?.limits ?? {};
  const probe = container.readinessProbe ?? container.startupProbe ?? container.livenessProbe;
  return {
    image: container.image,
    command: container.command?.map(expand),
    args: (container.args ?? []).map(expand),
    env,
    mounts: mounts.sort((a: Mount, b: Mount) => a.path.length - b.path.length),
    uid: security.runAsUser,
    gid: security.runAsGroup,
    readOnly: security.readOnlyRootFilesystem === true,
    memory: resources.memory && bytes(resources.memory),
    cpus: resources.cpu && cores(resources.cpu),
    health: { path: probe.httpGet?.path, port: (probe.httpGet ?? probe.tcpSocket).port },
    grace: pod.terminationGracePeriodSeconds - delay,
    lastLook: delay - APP_SECONDS,
    limits,
  };
}

function createVolume(directory: string, volume: any, objects: any[], world: World, group: number): void {
  mkdirSync(directory, { recursive: true });
  if (volume.emptyDir) {
    // the permissions that the kubelet sets for an fsGroup
    chownSync(directory, process.getuid!(), group);
    chmodSync(directory, 0o2777);
    return;
  }
  const projected = volume.projected?.sources ?? [volume];
  const mode = volume.projected?.defaultMode ?? (volume.secret ?? volume.configMap)?.defaultMode ?? 0o644;
  for (const source of projected) {
    const content = contentOf(source, objects, world);
    const items =
      (source.secret ?? source.configMap ?? source.downwardAPI)?.items ??
      Object.keys(content).map(key => ({ key, path: key }));
    for (const item of items) {
      const file = join(directory, item.path);
      const text = item.fieldRef ? fieldOf(item.fieldRef.fieldPath, world) : content[item.key];
      if (text === undefined) {
        throw new Error(`Volume '${volume.name}' needs the key '${item.key}', which the test does not define.`);
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      chownSync(file, process.getuid!(), group);
      chmodSync(file, item.mode ?? mode);
    }
  }
}

function contentOf(source: any, objects: any[], { secrets }: World): Record<string, string> {
  const name = source.secret?.secretName ?? source.secret?.name;
  if (name !== undefined) {
    return secrets[name] ?? missing(`Secret '${name}'`);
  }
  return source.configMap ? configMap(source.configMap.name, objects) : {};
}

function configMap(name: string, objects: any[]): Record<string, string> {
  return (
    objects.find(object => object.kind === 'ConfigMap' && object.metadata.name === name)?.data ??
    missing(`ConfigMap '${name}'`)
  );
}

function missing(name: string): never {
  throw new Error(`The manifest needs the ${name}, which the test does not define.`);
}

function valueOf({ value, valueFrom }: any, container: any, objects: any[], world: World): string {
  if (valueFrom?.secretKeyRef) {
    const { name, key } = valueFrom.secretKeyRef;
    return world.secrets[name]?.[key] ?? missing(`key '${key}' of Secret '${name}'`);
  }
  if (valueFrom?.configMapKeyRef) {
    return configMap(valueFrom.configMapKeyRef.name, objects)[valueFrom.configMapKeyRef.key];
  }
  if (valueFrom?.fieldRef) {
    return fieldOf(valueFrom.fieldRef.fieldPath, world);
  }
  if (valueFrom?.resourceFieldRef) {
    const [, kind, resource] = /^(limits|requests)\.(.*)$/.exec(valueFrom.resourceFieldRef.resource)!;
    return String(bytes(container.resources[kind][resource]));
  }
  return value ?? '';
}

function fieldOf(path: string, { pod, namespace }: World): string {
  const fields: Record<string, string> = {
    'metadata.name': pod,
    'metadata.namespace': namespace,
    'metadata.uid': '5f1c0e57-0000-4000-8000-000000000001',
    'spec.nodeName': 'node-1',
    'spec.serviceAccountName': 'default',
    'status.podIP': '127.0.0.1',
    'status.hostIP': '127.0.0.1',
  };
  return fields[path] ?? missing(`field '${path}'`);
}

const UNITS: Record<string, number> = {
  '': 1,
  'k': 1e3,
  'M': 1e6,
  'G': 1e9,
  'Ki': 2 ** 10,
  'Mi': 2 ** 20,
  'Gi': 2 ** 30,
};

function cores(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}

function bytes(quantity: string | number): number {
  const [, amount, unit] = /^([0-9.]+)([A-Za-z]*)$/.exec(String(quantity))!;
  return Number(amount) * UNITS[unit];
}
