import { replicaBounds } from '../../inspect/cluster';
import { databaseServers } from '../../inspect/databases';
import { at, text } from '../../inspect/json';
import type { Pod, Volume } from '../../inspect/pods';
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
      ['0', '0%'].includes(String(at(strategy, 'rollingUpdate', 'maxSurge') ?? '')) ||
      stopsAtOnce(pod, strategy)
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

/**
 * Whether a rollout stops the only pod together with the start of the new one, which gets the volume as soon as the old
 * pod has stopped. Two database servers can still write at the same time.
 */
function stopsAtOnce(pod: Pod, strategy: unknown): boolean {
  const unavailable = String(at(strategy, 'rollingUpdate', 'maxUnavailable') ?? '25%');
  const isPodAtLeast = unavailable.endsWith('%') ? parseInt(unavailable, 10) >= 100 : Number(unavailable) >= 1;
  return isPodAtLeast && databaseServers(pod).length === 0;
}

function describeVolume({ name, type, source }: Volume): string {
  return type === 'persistentVolumeClaim' ? `the claim '${text(source.claimName)}'` : `the volume '${name}' (${type})`;
}
