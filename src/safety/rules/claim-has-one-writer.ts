import { replicaBounds } from '../../inspect/cluster';
import { databaseServers } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import { at, text } from '../../inspect/json';
import { describeObject, ManifestObject } from '../../inspect/manifest';
import type { Container, Pod, Volume } from '../../inspect/pods';
import { isSingleNode } from '../../predicates/is-single-node';
import type { Problem, Rule } from '../rule';

export const claimHasOneWriter: Rule<'claim-has-one-writer'> = {
  id: 'claim-has-one-writer',
  summary: 'Only one replica writes to a claim.',
  rationale: 'Pods on other nodes do not start, and two database servers on one directory destroy the data.',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  fix: {
    construct: "Use a 'StatefulDatabase', which has a claim for each replica.",
    yaml: "Use a StatefulSet with 'volumeClaimTemplates', or a single replica.",
  },
  safeDefault: { what: 'a claim for each replica' },
  check: inventory => {
    const writerByClaim = new Map<ManifestObject, Pod>();
    return inventory.pods.flatMap(pod =>
      pod.volumes.flatMap((volume): Problem[] => {
        const message = problemOf(pod, volume, inventory, writerByClaim);
        return message === undefined ? [] : [{ object: pod.object, at: volume.at, message }];
      }),
    );
  },
};

/** Returns what is wrong with a pod that writes to a claim, and records it as the writer of the claim. */
function problemOf(
  pod: Pod,
  volume: Volume,
  inventory: Inventory,
  writerByClaim: Map<ManifestObject, Pod>,
): string | undefined {
  const writers = writersOf(pod, volume);
  if (writers.length === 0) {
    return undefined;
  }
  const claimName = text(volume.source.claimName);
  const claim = inventory.find('PersistentVolumeClaim', claimName, pod.object);
  const { max } = replicaBounds(pod, inventory);
  const server = databaseServers(pod).find(({ container }) => writers.includes(container));
  if (max > 1 && server) {
    return `${max} servers of ${server.image.title} write to the claim '${claimName}'.`;
  }
  if (max > 1 && isSingleNode(claim)) {
    return `${max} replicas write to the claim '${claimName}', which can only be mounted on one node.`;
  }
  const otherPod = claim && isSingleNode(claim) ? writerByClaim.get(claim) : undefined;
  if (claim) {
    writerByClaim.set(claim, pod);
  }
  return otherPod && max > 0 && !hasPodAffinity(pod)
    ? `The claim '${claimName}' can only be mounted on one node, but ${describeObject(otherPod.object)} also writes ` +
        'to it.'
    : undefined;
}

function writersOf(pod: Pod, { name, type, source }: Volume): readonly Container[] {
  return type !== 'persistentVolumeClaim' || source.readOnly === true
    ? []
    : pod.containers.filter(({ mounts }) => mounts.some(mount => mount.volume === name && !mount.readOnly));
}

/** Pod affinity can keep the pods on the same node. */
function hasPodAffinity({ spec }: Pod): boolean {
  return at(spec, 'affinity', 'podAffinity') !== undefined;
}
