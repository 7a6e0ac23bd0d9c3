import { replicaBounds } from '../../inspect/cluster';
import { databaseServers } from '../../inspect/databases';
import { at, text } from '../../inspect/json';
import { describeObject, ManifestObject } from '../../inspect/manifest';
import type { Pod } from '../../inspect/pods';
import { isSingleNode } from '../../predicates/is-single-node';
import type { Problem, Rule } from '../rule';

export const claimHasOneWriter: Rule<'claim-has-one-writer'> = {
  id: 'claim-has-one-writer',
  summary: 'a claim is written by one replica',
  rationale: 'pods on other nodes do not start; two database servers on one directory destroy it',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  fix: {
    construct: "take a 'StatefulDatabase', which has a claim for each replica",
    yaml: "take a StatefulSet with 'volumeClaimTemplates', or one replica",
  },
  safeDefault: { what: 'a claim for each replica' },
  check: inventory => {
    const first = new Map<ManifestObject, Pod>();
    return inventory.pods.flatMap(pod =>
      pod.volumes
        .filter(({ type }) => type === 'persistentVolumeClaim')
        .flatMap((volume): Problem[] => {
          const name = text(volume.source.claimName);
          const claim = inventory.find('PersistentVolumeClaim', name, pod.object);
          const writers = pod.containers.filter(({ mounts }) =>
            mounts.some(mount => mount.volume === volume.name && !mount.readOnly),
          );
          if (volume.source.readOnly === true || writers.length === 0) {
            return [];
          }
          const { max } = replicaBounds(pod, inventory);
          const server = databaseServers(pod).find(({ container }) => writers.includes(container));
          if (max > 1 && (server || isSingleNode(claim))) {
            return [
              {
                object: pod.object,
                at: volume.at,
                message: server
                  ? `${max} servers of ${server.image.title} write to the one claim '${name}'`
                  : `${max} replicas write to the claim '${name}', which can be mounted on one node alone`,
              },
            ];
          }
          const other = claim && isSingleNode(claim) ? first.get(claim) : undefined;
          if (claim) {
            first.set(claim, pod);
          }
          return other && at(pod.spec, 'affinity', 'podAffinity') === undefined && max > 0
            ? [
                {
                  object: pod.object,
                  at: volume.at,
                  message:
                    `the claim '${name}' can be mounted on one node alone, and ${describeObject(other.object)} ` +
                    'writes to it too',
                },
              ]
            : [];
        }),
    );
  },
};
