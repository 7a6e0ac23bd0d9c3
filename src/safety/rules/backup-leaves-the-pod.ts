import { mountAt } from '../../inspect/databases';
import type { Container, Pod } from '../../inspect/pods';
import { backupsOf, dumpProgram, dumpTargets, uploads } from '../../predicates/backups';
import { eachPodWith, Rule } from '../rule';

export const backupLeavesThePod: Rule<'backup-leaves-the-pod'> = {
  id: 'backup-leaves-the-pod',
  summary: 'A backup is written to a place that outlives its pod.',
  rationale: 'A dump in an `emptyDir` is deleted with the pod of the Job, so there is no backup.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  fix: {
    construct: "Mount a 'PodVolume.newClaim' for the dump, or upload it to object storage.",
    yaml: 'Mount a claim for the dump, or upload it to object storage in the same script.',
  },
  ...eachPodWith(['command', 'args'], function* (pod) {
    for (const container of backupsOf(pod)) {
      const target = dumpTargets(container).find(path => isDeletedWithPod(pod, container, path));
      if (target !== undefined && !uploads(container)) {
        yield {
          at: container.at,
          message:
            `Container '${container.name}' writes the dump of '${dumpProgram(container)}' to '${target}', which is ` +
            'deleted with the pod.',
        };
      }
    }
  }),
};

/** Whether a file is in the container layer or in an `emptyDir` that no other container mounts. */
function isDeletedWithPod({ volumes, containers }: Pod, container: Container, path: string): boolean {
  const mount = mountAt(container, path);
  const volume = volumes.find(({ name }) => name === mount?.volume);
  const isShared = containers.some(
    neighbor => neighbor !== container && neighbor.mounts.some(other => other.volume === mount?.volume),
  );
  return mount === undefined || (volume?.type === 'emptyDir' && !isShared);
}
