import { replicaBounds } from '../../inspect/cluster';
import { at, list, record } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { mustReleaseVolume } from '../../predicates/must-release-volume';
import { eachPodAmong, Rule } from '../rule';

export const updateKeepsCapacity: Rule<'update-keeps-capacity'> = {
  id: 'update-keeps-capacity',
  summary: 'An update keeps all replicas available.',
  rationale: 'If an update stops a replica first, the other replicas take its load, or no replica is left.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  fix: {
    construct: "Use 'AppWorkload' and keep its default.",
    yaml: "Set 'maxUnavailable: 0' and 'maxSurge: 1' in 'strategy.rollingUpdate'.",
  },
  safeDefault: { what: '`maxUnavailable: 0`, `maxSurge: 1`' },
  ...eachPodAmong(function* (pod, inventory) {
    const { kind, content } = pod.object;
    if (kind !== 'Deployment') {
      return;
    }
    const { min } = replicaBounds(pod, inventory);
    const isException = () =>
      (min === 1 && isReplacedOnPurpose(pod)) ||
      usesNodeExclusively(pod) ||
      pod.volumes.some(volume => mustReleaseVolume(pod, volume, inventory) !== false);
    if (at(content, 'spec', 'strategy', 'type') === 'Recreate' && min > 0) {
      const all = min === 1 ? 'the only replica' : `all ${min} replicas`;
      yield {
        at: ['spec', 'strategy', 'type'],
        message: `An update stops ${all} before it starts a new one.`,
        isException: isException(),
      };
      return;
    }
    const lost = unavailable(at(content, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable') ?? '25%', min);
    if (lost > 0) {
      yield {
        at: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'],
        message: `An update stops ${lost} of ${min} replicas before their replacements are ready.`,
        isException: isException(),
      };
    }
  }),
};

/** Whether the strategy shows that two pods must not run at once, for example because a leader has no election. */
function isReplacedOnPurpose({ object }: Pod): boolean {
  const strategy = at(object.content, 'spec', 'strategy');
  return (
    at(strategy, 'type') === 'Recreate' ||
    (at(strategy, 'rollingUpdate', 'maxSurge') === 0 && at(strategy, 'rollingUpdate', 'maxUnavailable') !== undefined)
  );
}

/** Whether a new pod can need what an old one uses on its node: a port of the node, or a device such as a GPU. */
function usesNodeExclusively({ spec, containers }: Pod): boolean {
  return (
    spec.hostNetwork === true ||
    containers.some(
      ({ content }) =>
        list(content.ports).some(port => at(port, 'hostPort') !== undefined) ||
        Object.keys(record(at(content, 'resources', 'limits'))).some(resource => resource.includes('/')) ||
        list(at(content, 'resources', 'claims')).length > 0,
    )
  );
}

/** The replicas that a number or a percentage stands for; the deployment controller rounds down. */
function unavailable(value: unknown, replicas: number): number {
  const percentage = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  const count = percentage === undefined ? Number(value) : Math.floor((Number(percentage) * replicas) / 100);
  return Number.isFinite(count) ? Math.min(count, replicas) : 0;
}
