import { claimsOfPod, storageClassOf } from './claims-of-pod';
import { keptByObject } from '../checks/memo';
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

type Servers = (pod: Pod) => readonly Pick<Server, 'image' | 'container'>[];

/** The first server that uses each StorageClass, as a clause. */
type Uses = ReadonlyMap<ManifestObject, string>;

const databaseUses = keptByObject((inventory: Inventory) => usesIn(inventory, databaseServers));
const serverUses = keptByObject((inventory: Inventory) => usesIn(inventory, serversOf));

/** Returns how databases use a StorageClass, as a clause; `undefined` if none is known to use it. */
export function databaseUse(storageClass: ManifestObject, inventory: Inventory): string | undefined {
  return useOf(storageClass, databaseUses(inventory));
}

/** Returns how databases and other servers with state use a StorageClass, as a clause. */
export function serverUse(storageClass: ManifestObject, inventory: Inventory): string | undefined {
  return useOf(storageClass, serverUses(inventory));
}

/** Returns the use of a StorageClass by the claims that servers mount, or by its name. */
function useOf(storageClass: ManifestObject, uses: Uses): string | undefined {
  const isProvisioned = text(storageClass.content.provisioner) !== undefined;
  const use = isProvisioned ? uses.get(storageClass) : undefined;
  return use ?? (DATABASE_CLASS.test(storageClass.name) ? 'is for databases by its name' : undefined);
}

function usesIn(inventory: Inventory, serversIn: Servers): Uses {
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
