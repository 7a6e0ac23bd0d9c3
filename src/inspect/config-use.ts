import { at, JsonPath, list, record, text, textMap } from './json';
import type { ManifestObject } from './manifest';
import type { ObjectFinder } from './pod-inventory';
import type { Container, Pod, Volume } from './pods';
import { isWithin } from '../checks/paths';

/** A ConfigMap or Secret that a pod reads, as files or as environment variables. */
export interface ConfigUse {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** The volume that contains its files; omitted for environment variables. */
  readonly volume?: Volume;
  /** The path of the reference in the object of the pod. */
  readonly at: JsonPath;
}

/** Returns the ConfigMaps and Secrets that a pod reads. */
export function configUses(pod: Pod): ConfigUse[] {
  const uses: ConfigUse[] = [];
  const add = (kind: ConfigUse['kind'], name: unknown, path: JsonPath, volume?: Volume) => {
    if (typeof name === 'string') {
      uses.push({ kind, name, volume, at: path });
    }
  };
  for (const volume of pod.volumes) {
    if (volume.type === 'configMap') {
      add('ConfigMap', volume.source.name, volume.at, volume);
    } else if (volume.type === 'secret') {
      add('Secret', volume.source.secretName, volume.at, volume);
    } else if (volume.type === 'projected') {
      list(volume.source.sources).forEach((source, i) => {
        add('ConfigMap', at(source, 'configMap', 'name'), [...volume.at, 'projected', 'sources', i], volume);
        add('Secret', at(source, 'secret', 'name'), [...volume.at, 'projected', 'sources', i], volume);
      });
    }
  }
  for (const container of pod.containers) {
    list(container.content.envFrom).forEach((from, i) => {
      add('ConfigMap', at(from, 'configMapRef', 'name'), [...container.at, 'envFrom', i]);
      add('Secret', at(from, 'secretRef', 'name'), [...container.at, 'envFrom', i]);
    });
    for (const { from, at: path } of container.env) {
      if (from && from.kind !== 'other') {
        add(from.kind, from.name, path);
      }
    }
  }
  return uses;
}

/**
 * Whether a mount with `subPath` shows a file of an object in its volume. Several objects of a projected volume have
 * different files; those of an object that is not among the manifests are only known if the volume lists them.
 */
export function isShownBy(
  subPath: string,
  { volume, at: path }: ConfigUse,
  pod: Pod,
  object?: ManifestObject,
): boolean {
  if (volume?.type !== 'projected') {
    return true;
  }
  const [projection] = Object.values(record(at(pod.object.content, ...path)));
  const items = list(at(projection, 'items')).map(item => text(at(item, 'path')) ?? '');
  const keys = ['data', 'stringData', 'binaryData'].flatMap(field => Object.keys(record(object?.content[field])));
  const paths = items.length > 0 ? items : object && keys;
  return paths === undefined || paths.some(file => isWithin(file, subPath));
}

/** Returns the files that a container reads from the ConfigMaps in the inventory, by path. */
export function configFiles(container: Container, pod: Pod, inventory: ObjectFinder): Map<string, string> {
  const files = new Map<string, string>();
  for (const { volume: mounted, path, subPath } of container.mounts) {
    const volume = pod.volumes.find(other => other.name === mounted);
    const sources =
      volume?.type === 'configMap'
        ? [volume.source]
        : volume?.type === 'projected'
          ? list(volume.source.sources).map(source => record(at(source, 'configMap')))
          : [];
    for (const source of sources) {
      const data = textMap(at(inventory.find('ConfigMap', text(source.name), pod.object)?.content, 'data'));
      const items = list(source.items).map(
        item => [text(at(item, 'key')) ?? '', text(at(item, 'path')) ?? ''] as const,
      );
      for (const [key, file] of items.length > 0 ? items : Object.keys(data).map(name => [name, name] as const)) {
        if (data[key] !== undefined && (subPath === undefined || subPath === file)) {
          files.set(subPath === undefined ? `${path}/${file}` : path, data[key]);
        }
      }
    }
  }
  return files;
}
