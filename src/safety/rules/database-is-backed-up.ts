import { append } from '../../checks/groups';
import { isWithin } from '../../checks/paths';
import { databaseServers, DatabaseServer, lastingMounts } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import type { Volume } from '../../inspect/pods';
import { BackupSearch } from '../../predicates/backed-up';
import type { Rule } from '../rule';

export const databaseIsBackedUp: Rule<'database-is-backed-up'> = {
  id: 'database-is-backed-up',
  summary: 'A database on a claim is backed up.',
  rationale: 'Neither a claim nor a replica protects data from a deleted table, a deleted claim or a lost disk.',
  severity: 'info',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming',
  fix: {
    construct: "Add a 'DatabaseBackup'.",
    yaml:
      'Add a CronJob that dumps the database to another place, or a schedule of a backup program. If the backup is ' +
      'elsewhere, waive the rule.',
  },
  check: inventory => {
    const search = new BackupSearch(inventory);
    return databasesIn(inventory)
      .filter(members => !members.some(member => search.finds(member)))
      .map(([{ image, container, pod, volumes }]) => ({
        object: pod.object,
        at: volumes[0].at,
        message:
          `${image.title} in container '${container.name}' keeps its data in the claim '${volumes[0].name}', and ` +
          'nothing in the manifests backs it up.',
      }));
  },
};

interface DatabaseOnClaim extends DatabaseServer {
  /** The volumes with its state that outlive the pod. */
  readonly volumes: readonly Volume[];
}

/** Returns the databases on claims. The primary and the replicas of one database have the same name labels. */
function databasesIn(inventory: Inventory): DatabaseOnClaim[][] {
  const groups = new Map<string, DatabaseOnClaim[]>();
  for (const pod of inventory.pods) {
    for (const server of databaseServers(pod)) {
      const volumes = volumesOf(server);
      if (volumes.length > 0) {
        append(groups, keyOf(server), { ...server, volumes });
      }
    }
  }
  return [...groups.values()];
}

const CLAIMS = ['persistentVolumeClaim', 'volumeClaimTemplate'];

function volumesOf({ pod, container, directories }: DatabaseServer): Volume[] {
  const mounted = lastingMounts(pod, container).filter(({ path }) =>
    directories.some(directory => isWithin(directory.path, path) || isWithin(path, directory.path)),
  );
  return pod.volumes.filter(({ name, type }) => CLAIMS.includes(type) && mounted.some(({ volume }) => volume === name));
}

function keyOf({ image, pod }: DatabaseServer): string {
  const { labels, object } = pod;
  const [name, instance] = ['name', 'instance'].map(label => labels[`app.kubernetes.io/${label}`]);
  const id = name !== undefined && instance !== undefined ? [name, instance] : [object.kind, object.name];
  return JSON.stringify([object.root, object.namespace, image.id, ...id]);
}
