import type { Inventory } from '../../inspect/inventory';
import { at } from '../../inspect/json';
import { commonTerms, NodeTerm, selectorTerms, termsOfPod, topologyTerms } from '../../inspect/node-terms';
import type { Pod } from '../../inspect/pods';
import { claimsOfPod, PodClaim, storageClassOf } from '../../predicates/claims-of-pod';
import { possibleVolumes, volumesOfTemplate } from '../../predicates/volumes-of-claim';
import { eachPodAmong, Rule } from '../rule';

export const volumesFitTheNode: Rule<'volumes-fit-the-node'> = {
  id: 'volumes-fit-the-node',
  summary: 'A pod can run on the nodes that reach its volumes.',
  rationale: 'A local or zonal volume is only reachable from its nodes. A pod for other nodes is never scheduled.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#node-affinity',
  fix: {
    construct: 'Remove the node selector of the workload, or use a volume of the same node.',
    yaml: "Remove 'nodeSelector' or the node affinity of the pod, because the volume decides the node.",
  },
  ...eachPodAmong(function* (pod, inventory) {
    let terms: readonly NodeTerm[] = termsOfPod(pod.spec);
    for (const claim of claimsOfPod(pod, inventory)) {
      const place = placeOf(pod, claim, inventory);
      const common = place ? commonTerms(terms, place.terms) : terms;
      if (place && common.length === 0) {
        yield {
          at: claim.at,
          message: `No node fits the pod and ${place.description} of volume '${claim.volume.name}'${describe(place)}.`,
          about: claim.object,
        };
        return;
      }
      terms = common;
    }
  }),
};

/** The nodes that reach the volume of a claim. */
interface Place {
  readonly terms: readonly NodeTerm[];
  readonly description: string;
}

function placeOf(pod: Pod, { content, object, volume }: PodClaim, inventory: Inventory): Place | undefined {
  const isTemplate = volume.type === 'volumeClaimTemplate';
  const reserved = isTemplate ? volumesOfTemplate(pod.object, volume.name, inventory) : [];
  const volumes = object ? possibleVolumes(object, inventory) : reserved;
  const affinities = volumes.map(({ content: candidate }) =>
    selectorTerms(at(candidate, 'spec', 'nodeAffinity', 'required')),
  );
  if (volumes.length > 0) {
    return affinities.every(terms => terms.length > 0)
      ? { terms: affinities.flat(), description: `the PersistentVolume '${volumes[0].name}'` }
      : undefined;
  }
  const storageClass = storageClassOf(content, inventory);
  const terms = topologyTerms(at(storageClass?.content, 'allowedTopologies'));
  return storageClass && terms.length > 0
    ? { terms, description: `the StorageClass '${storageClass.name}'` }
    : undefined;
}

/** Describes the nodes of a volume, if it has one requirement. */
function describe({ terms }: Place): string {
  const [requirement, ...others] = terms.flat();
  return requirement && others.length === 0
    ? `, which needs '${requirement.key}' to be ${requirement.values.map(value => `'${value}'`).join(' or ')}`
    : '';
}
