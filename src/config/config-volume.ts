import { CONFIG_MODE, ConfigMapFiles, configMapVolume } from './config-map';
import type { ExistingObject } from './config-source-options';
import { PodVolume } from '../pod/volumes/pod-volume';

/** The mode of files from a Secret: only the user and, with `fsGroup`, the group of the app can read them. */
const SECRET_MODE = 0o400;

/** Returns a volume of one object if there is only one; otherwise a projected volume. */
export function configVolume(
  name: string,
  maps: readonly ConfigMapFiles[],
  objects: readonly ExistingObject[],
): PodVolume {
  if (maps.length + objects.length > 1) {
    return PodVolume.fromSource(name, { projected: projection(maps, objects) });
  }
  return maps.length === 1 ? configMapVolume(name, maps[0]) : objectVolume(name, objects[0]);
}

function objectVolume(name: string, object: ExistingObject): PodVolume {
  const items = itemsOf(object);
  return PodVolume.fromSource(
    name,
    object.kind === 'secret'
      ? { secret: { secretName: object.name, items, defaultMode: SECRET_MODE } }
      : { configMap: { name: object.name, items, defaultMode: CONFIG_MODE } },
  );
}

/** The default mode applies to all sources, so with a Secret each file of a ConfigMap needs its own mode. */
function projection(maps: readonly ConfigMapFiles[], objects: readonly ExistingObject[]): object {
  const hasSecret = objects.some(({ kind }) => kind === 'secret');
  return {
    defaultMode: hasSecret ? SECRET_MODE : CONFIG_MODE,
    sources: [
      ...maps.map(map => ({ configMap: { name: map.name, items: hasSecret ? readableItems(map) : map.items } })),
      ...objects.map(object => ({ [object.kind]: { name: object.name, items: itemsOf(object) } })),
    ],
  };
}

/** Copies only the fields of the Kubernetes API. */
function itemsOf({ items }: ExistingObject) {
  return items?.map(({ key, path }) => ({ key, path }));
}

function readableItems({ items: renamed, files }: ConfigMapFiles) {
  const items = renamed ?? files.map(({ path, mode }) => ({ key: path, path, mode }));
  return items.map(item => ({ ...item, mode: item.mode ?? CONFIG_MODE }));
}
