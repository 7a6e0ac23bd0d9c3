import { claimsOfPod, storageClassOf } from './claims-of-pod';
import { databaseServers } from '../inspect/databases';
import type { Inventory } from '../inspect/inventory';
import { text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/** Words for databases in names of classes. */
const DATABASES = [
  ...['db', 'database', 'sql', 'postgres', 'postgresql', 'pg', 'mysql', 'mariadb', 'mongo', 'mongodb', 'redis'],
  ...['valkey', 'cassandra', 'kafka', 'etcd'],
];
const DATABASE_CLASS = new RegExp(`(?:^|[-.])(?:${DATABASES.join('|')})s?(?:[-.]|$)`);

/** Returns how databases use a StorageClass, as a clause; `undefined` if none is known to use it. */
export function databaseUse(storageClass: ManifestObject, inventory: Inventory): string | undefined {
  const use = usesOf(inventory).get(storageClass);
  return use ?? (DATABASE_CLASS.test(storageClass.name) ? 'is for databases by its name' : undefined);
}

type Uses = ReadonlyMap<ManifestObject, string>;

const USES = new WeakMap<Inventory, Uses>();

function usesOf(inventory: Inventory): Uses {
  let uses = USES.get(inventory);
  if (!uses) {
    uses = findUses(inventory);
    USES.set(inventory, uses);
  }
  return uses;
}

/** Returns the classes of the claims that database servers mount, with a server as a clause. */
function findUses(inventory: Inventory): Uses {
  const uses = new Map<ManifestObject, string>();
  for (const pod of inventory.pods) {
    const [server] = databaseServers(pod);
    const mounted = server?.container.mounts.map(({ volume }) => volume) ?? [];
    for (const { volume, content } of server ? claimsOfPod(pod, inventory) : []) {
      const storageClass = mounted.includes(volume.name) ? storageClassOf(content, inventory) : undefined;
      if (storageClass && text(storageClass.content.provisioner) !== undefined) {
        uses.set(storageClass, `is that of ${server.image.title} in '${pod.object.name}'`);
      }
    }
  }
  return uses;
}
