import { replicaBounds } from '../../inspect/cluster';
import { at, text } from '../../inspect/json';
import type { Volume } from '../../inspect/pods';
import { mustReleaseVolume } from '../../predicates/must-release-volume';
import { eachPodAmong, Rule } from '../rule';

export const rolloutReleasesClaim: Rule<'rollout-releases-claim'> = {
  id: 'rollout-releases-claim',
  summary: 'A rollout stops the old pod before the new pod mounts its claim.',
  rationale:
    'A new pod that starts first waits forever for the claim that the old pod keeps, or both pods write to it at ' +
    'the same time.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment',
  fix: {
    construct: "Use a 'StatefulDatabase', or 'PodVolume.newClaim'. An update then stops the old pod first.",
    yaml: "Set 'strategy.type: Recreate', or use a StatefulSet.",
  },
  safeDefault: { what: '`strategy: Recreate` for an app with a claim of one node, and a StatefulSet for a database' },
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
    for (const volume of pod.volumes) {
      if (mustReleaseVolume(pod, volume, inventory)) {
        yield {
          at: volume.at,
          message: `A rollout starts a second pod with ${describeVolume(volume)} before it stops the first.`,
        };
      }
    }
  }),
};

function describeVolume({ name, type, source }: Volume): string {
  return type === 'persistentVolumeClaim' ? `the claim '${text(source.claimName)}'` : `the volume '${name}' (${type})`;
}
