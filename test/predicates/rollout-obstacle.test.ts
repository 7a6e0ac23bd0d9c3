import { objectsOf } from '../../src/inspect/manifest';
import { rolloutObstacle } from '../../src/predicates/rollout-obstacle';

test.each([
  ['Deployment', {}, undefined],
  ['Deployment', { paused: true }, 'rollouts of the workload are paused'],
  ['DaemonSet', { updateStrategy: { type: 'OnDelete' } }, "the update strategy is 'OnDelete'"],
  ['StatefulSet', { updateStrategy: { type: 'OnDelete' } }, "the update strategy is 'OnDelete'"],
  ['StatefulSet', { updateStrategy: { rollingUpdate: { partition: 0 } } }, undefined],
  [
    'StatefulSet',
    { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } },
    "'partition' of the update strategy is 2",
  ],
])('finds what keeps a %s with the spec %j from replacing its pods: %s', (kind, spec, expected) => {
  const [object] = objectsOf({ apiVersion: 'apps/v1', kind, spec }, { locate: () => undefined });
  expect(rolloutObstacle(object)).toBe(expected);
});
