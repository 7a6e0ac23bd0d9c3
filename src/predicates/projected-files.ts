import { keptByObject } from '../checks/memo';
import { isWithin } from '../checks/paths';
import { configKeys, VolumeSource, volumeSources } from '../inspect/config-use';
import { mountAt } from '../inspect/databases';
import type { Inventory } from '../inspect/inventory';
import { JsonPath, wholeNumber } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Container, Mount, Pod, Volume } from '../inspect/pods';

/** The mode of files of ConfigMaps and Secrets, unless the volume sets another. */
const DEFAULT_MODE = 0o644;

/** A file of a ConfigMap or Secret in a container. */
export interface ProjectedFile {
  /** The absolute path in the container. */
  readonly path: string;
  readonly source: VolumeSource;
  readonly volume: Volume;
  readonly mount: Mount;
  /** The mode in the manifest, before the kubelet applies the `fsGroup`. */
  readonly mode: number;
  /** The path of the field that sets the mode, or of the volume. */
  readonly modeAt: JsonPath;
}

/** A file of a ConfigMap or Secret whose key is known. */
export interface KnownFile extends ProjectedFile {
  readonly key: string;
  /** The object, if it is among the manifests. */
  readonly object?: ManifestObject;
}

/** Returns the file of a ConfigMap or Secret at an absolute path of a container, if a volume can contain it. */
export function projectedFileAt(pod: Pod, container: Container, path: string): ProjectedFile | undefined {
  const mount = mountAt(container, path);
  const volume = mount && pod.volumes.find(({ name }) => name === mount.volume);
  if (!mount || !volume) {
    return undefined;
  }
  const inMount = path.slice(mount.path.length).replace(/^\/+/, '');
  const inVolume = [mount.subPath, inMount].filter(Boolean).join('/');
  const sources = volumeSources(volume);
  const listing = sources.find(({ items }) => items?.some(item => item.path === inVolume));
  // each key of an object is a file without a directory
  const source = listing ?? (inVolume.includes('/') ? undefined : sources.find(({ items }) => items === undefined));
  return source && fileOf(path, inVolume, source, volume, mount);
}

/** Returns the files of ConfigMaps and Secrets in a container, as far as their names are known. */
export function knownFiles(pod: Pod, container: Container, inventory: Inventory): readonly KnownFile[] {
  return filesOfContainer(container, pod, inventory);
}

const filesOfContainer = keptByObject((container: Container, pod: Pod, inventory: Inventory): readonly KnownFile[] =>
  container.mounts.flatMap(mount => {
    const volume = pod.volumes.find(({ name }) => name === mount.volume);
    return (volume ? volumeSources(volume) : []).flatMap(source => {
      const object = inventory.find(source.kind, source.name, pod.object);
      const names = source.items ?? (object ? configKeys(object) : []).map(key => ({ key, path: key }));
      return names.flatMap(({ key, path: inVolume }): KnownFile[] => {
        const path = pathInContainer(mount, inVolume);
        return path !== undefined && mountAt(container, path) === mount
          ? [{ ...fileOf(path, inVolume, source, volume!, mount), key, object }]
          : [];
      });
    });
  }),
);

function pathInContainer({ path, subPath }: Mount, inVolume: string): string | undefined {
  if (subPath === undefined) {
    return `${path === '/' ? '' : path}/${inVolume}`;
  }
  return isWithin(inVolume, subPath) ? `${path}${inVolume.slice(subPath.length)}` : undefined;
}

function fileOf(path: string, inVolume: string, source: VolumeSource, volume: Volume, mount: Mount): ProjectedFile {
  const item = source.items?.find(({ path: itemPath }) => itemPath === inVolume);
  const defaultMode = wholeNumber(volume.source.defaultMode);
  return {
    path,
    source,
    volume,
    mount,
    mode: item?.mode ?? defaultMode ?? DEFAULT_MODE,
    modeAt:
      item?.mode !== undefined
        ? [...item.at, 'mode']
        : defaultMode !== undefined
          ? [...volume.at, volume.type, 'defaultMode']
          : volume.at,
  };
}
