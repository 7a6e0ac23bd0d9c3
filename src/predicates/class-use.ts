import { claimsOfPod, storageClassOf } from './claims-of-pod';
import { databaseServers } from '../inspect/databases';
import type { Inventory } from '../inspect/inventory';
import { text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';
import { Server, serversOf } from '../inspect/servers';

/** Words for databases in names of classes. */
const DATABASES = [
  ...['db', 'database', 'sql', 'postgres', 'postgresql', 'pg', 'mysql', 'mariadb', 'mongo', 'mongodb', 'redis'],
  ...['valkey', 'cassandra', 'kafka', 'etcd'],
];
const DATABASE_CLASS = new RegExp(`(?:^|[-.])(?:${DATABASES.join('|')})s?(?:[-.]|$)`);

/** The uses of the classes of an inventory. */
type Uses = WeakMap<Inventory, ReadonlyMap<ManifestObject, string>>;

const DATABASE_USES: Uses = new WeakMap();
const SERVER_USES: Uses = new WeakMap();

/** Returns how databases use a StorageClass, as a clause; `undefined` if none is known to use it. */
export function databaseUse(storageClass: ManifestObject, inventory: Inventory): string | undefined {
  return useOf(storageClass, inventory, databaseServers, DATABASE_USES);
}

/** Returns how databases and other servers with state use a StorageClass, as a clause. */
export function serverUse(storageClass: ManifestObject, inventory: Inventory): string | undefined {
  return useOf(storageClass, inventory, serversOf, SERVER_USES);
}

type Servers = (pod: Pod) => readonly Pick<Server, 'image' | 'container'>[];

/** Returns the use of a StorageClass by the claims that servers mount, or by its name. */
function useOf(
  storageClass: ManifestObject,
  inventory: Inventory,
  serversIn: Servers,
  known: Uses,
): string | undefined {
  if (!known.has(inventory)) {
    known.set(inventory, usesIn(inventory, serversIn));
  }
  const isProvisioned = text(storageClass.content.provisioner) !== undefined;
  const use = isProvisioned ? known.get(inventory)!.get(storageClass) : undefined;
  return use ?? (DATABASE_CLASS.test(storageClass.name) ? 'is for databases by its name' : undefined);
}

/** Returns the first server that uses each StorageClass, as a clause. */
function usesIn(inventory: Inventory, serversIn: Servers): ReadonlyMap<ManifestObject, string> {
  const uses = new Map<ManifestObject, string>();
  for (const pod of inventory.pods) {
    for (const { image, container } of serversIn(pod)) {
      const mounted = container.mounts.map(({ volume }) => volume);
      const claims = claimsOfPod(pod, inventory).filter(({ volume }) => mounted.includes(volume.name));
      for (const storageClass of claims.map(({ content }) => storageClassOf(content, inventory))) {
        if (storageClass && !uses.has(storageClass)) {
          uses.set(storageClass, `is that of ${image.title} in '${pod.object.name}'`);
        }
      }
    }
  }
  return uses;
}
