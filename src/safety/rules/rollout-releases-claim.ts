import { replicaBounds } from '../../inspect/cluster';
import { databaseServers } from '../../inspect/databases';
import { at, text } from '../../inspect/json';
import { isSingleNode } from '../../predicates/is-single-node';
import { eachPodAmong, Rule } from '../rule';

export const rolloutReleasesClaim: Rule<'rollout-releases-claim'> = {
  id: 'rollout-releases-claim',
  summary: 'a rollout lets a claim go before it takes it again',
  rationale:
    'the new pod waits for the claim that the old one holds until it is ready, for ever; or both write to it at ' +
    'once',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment',
  fix: {
    construct: "take a 'StatefulDatabase'",
    yaml: "set 'strategy.type: Recreate', or take a StatefulSet",
  },
  safeDefault: { what: 'a StatefulSet' },
  ...eachPodAmong(function* (pod, inventory) {
    const strategy = at(pod.object.content, 'spec', 'strategy');
    if (
      pod.object.kind !== 'Deployment' ||
      at(strategy, 'type') === 'Recreate' ||
      replicaBounds(pod, inventory).max > 1 ||
      ['0', '0%'].includes(String(at(strategy, 'rollingUpdate', 'maxSurge') ?? ''))
    ) {
      return;
    }
    const servers = databaseServers(pod);
    for (const { name, type, source, at: here } of pod.volumes) {
      const claim = type === 'persistentVolumeClaim' && source.readOnly !== true ? text(source.claimName) : undefined;
      const held = servers.some(({ container }) => container.mounts.some(({ volume }) => volume === name));
      if (claim !== undefined && (held || isSingleNode(inventory.find('PersistentVolumeClaim', claim, pod.object)))) {
        yield { at: here, message: `a rollout starts a second pod on the claim '${claim}' before it stops the first` };
      }
    }
  }),
};
