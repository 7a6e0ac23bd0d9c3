import type { Inventory } from './inventory';
import { at, JsonPath, list, record, text, textMap } from './json';
import type { Container, Pod, Volume } from './pods';

/** A ConfigMap or Secret that a pod is given, as files or as variables. */
export interface ConfigUse {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** The volume that holds its files; variables have none. */
  readonly volume?: Volume;
  /** Where it stands in the pod's object. */
  readonly at: JsonPath;
}

/** Every ConfigMap and Secret that a pod is given. */
export function configUses(pod: Pod): ConfigUse[] {
  const uses: ConfigUse[] = [];
  const take = (kind: ConfigUse['kind'], name: unknown, path: JsonPath, volume?: Volume) => {
    if (typeof name === 'string') {
      uses.push({ kind, name, volume, at: path });
    }
  };
  for (const volume of pod.volumes) {
    if (volume.type === 'configMap') {
      take('ConfigMap', volume.source.name, volume.at, volume);
    } else if (volume.type === 'secret') {
      take('Secret', volume.source.secretName, volume.at, volume);
    } else if (volume.type === 'projected') {
      list(volume.source.sources).forEach((source, i) => {
        take('ConfigMap', at(source, 'configMap', 'name'), [...volume.at, 'projected', 'sources', i], volume);
        take('Secret', at(source, 'secret', 'name'), [...volume.at, 'projected', 'sources', i], volume);
      });
    }
  }
  for (const container of pod.containers) {
    list(container.content.envFrom).forEach((from, i) => {
      take('ConfigMap', at(from, 'configMapRef', 'name'), [...container.at, 'envFrom', i]);
      take('Secret', at(from, 'secretRef', 'name'), [...container.at, 'envFrom', i]);
    });
    for (const { from, at: path } of container.env) {
      if (from && from.kind !== 'other') {
        take(from.kind, from.name, path);
      }
    }
  }
  return uses;
}

/** The files that a container finds in the ConfigMaps that stand here, by their paths. */
export function configFiles(container: Container, pod: Pod, inventory: Inventory): Map<string, string> {
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
