import { groupBy } from '../../checks/groups';
import { keptByObject } from '../../checks/memo';
import { JOB_KINDS } from '../../facts/kubernetes';
import type { Inventory } from '../../inspect/inventory';
import { at } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Pod } from '../../inspect/pods';
import {
  comparable,
  DatabaseUse,
  databaseUses,
  isSamePlace,
  readsDump,
  restoreIntoSource,
} from '../../predicates/restores';
import { eachPodAmong, Rule } from '../rule';

export const restoreSparesTheSource: Rule<'restore-spares-the-source'> = {
  id: 'restore-spares-the-source',
  summary: 'A backup is tried in another database than its source.',
  rationale:
    'A restore into the source overwrites what was written since the dump, and destroys it if the dump is bad.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://www.postgresql.org/docs/current/app-pgrestore.html',
  fix: {
    construct: "Use 'DatabaseBackup', whose trial restores into a throwaway server.",
    yaml: 'Restore into a database with another name, or into a server that runs only for the test.',
  },
  ...eachPodAmong(function* (pod, inventory) {
    if (!JOB_KINDS.includes(pod.object.kind)) {
      return;
    }
    for (const container of pod.containers) {
      const uses = databaseUses(container);
      const found = restoreIntoSource(uses);
      const scheduled = found ? undefined : uses.find(use => isScheduledRestore(use, pod, inventory));
      const restore = found?.restore ?? scheduled;
      if (restore !== undefined) {
        yield {
          at: container.at,
          message:
            `Container '${container.name}' restores with '${restore.program}' into ${describe(restore)}, ` +
            `${found ? `from which '${found.dump.program}' took the dump` : 'which another CronJob backs up'}.`,
        };
      }
    }
  }),
};

/** Whether a CronJob restores a dump into a database that another CronJob dumps. A suspended one is a template. */
function isScheduledRestore(use: DatabaseUse, { object }: Pod, inventory: Inventory): boolean {
  const restore = comparable(use, object.namespace);
  return (
    object.kind === 'CronJob' &&
    at(object.content, 'spec', 'suspend') !== true &&
    restore !== undefined &&
    readsDump(restore) &&
    dumpsNear(object, inventory).some(dump => isSamePlace(restore, dump))
  );
}

/** Returns the dumps of the CronJobs in the root and the namespace of an object. */
function dumpsNear(object: ManifestObject, inventory: Inventory): readonly DatabaseUse[] {
  return dumpsByPlace(inventory).get(placeOf(object)) ?? [];
}

const dumpsByPlace = keptByObject((inventory: Inventory): ReadonlyMap<string, readonly DatabaseUse[]> => {
  const cronJobs = inventory.pods.filter(pod => pod.object.kind === 'CronJob');
  const places = groupBy(cronJobs, pod => placeOf(pod.object));
  return new Map([...places].map(([place, pods]) => [place, pods.flatMap(dumpsIn)]));
});

function placeOf({ root, namespace }: ManifestObject): string {
  return JSON.stringify([root, namespace]);
}

function dumpsIn({ object: { namespace }, containers }: Pod): DatabaseUse[] {
  const dumps = containers.flatMap(databaseUses).filter(({ action }) => action === 'dump');
  return dumps.flatMap(use => comparable(use, namespace) ?? []);
}

function describe({ host, database }: DatabaseUse): string {
  const server = host === undefined ? 'the server of the pod' : `the server '${host}'`;
  return database === undefined || database === '*' ? server : `database '${database}' of ${server}`;
}
