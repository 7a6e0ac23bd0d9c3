import { Cron } from 'cdk8s';
import { expectRefusal } from './fixtures';
import { Controller, DatabaseCredentials } from '../../src';
import { objectsOf } from '../database/fixtures';
import { strayingSelectors } from '../selectors';
import { kind, synth, workload } from '../synth';

const deploymentOf = (props: Parameters<typeof workload>[1], id?: string) =>
  kind(
    synth(chart => workload(chart, props, id)),
    'Deployment',
  );

test('sets the recommended labels', () => {
  expect(deploymentOf({ metadata: { name: 'shop', labels: { team: 'a' } } }).metadata.labels).toEqual({
    'app.kubernetes.io/name': 'app',
    'app.kubernetes.io/instance': 'shop',
    'app.kubernetes.io/version': '1.0.0',
    'app.kubernetes.io/managed-by': 'cdk8s',
    'team': 'a',
  });
});

test('converts the construct ID to a label value', () => {
  expect(deploymentOf({ metadata: { name: 'shop' } }, '-My App!').metadata.labels).toMatchObject({
    'app.kubernetes.io/name': 'My-App',
  });
});

test.each(['acme/app:1e_3', `acme/app@sha256:${'a'.repeat(64)}`])('omits the version of the image %p', image => {
  expect(deploymentOf({ image }).metadata.labels).not.toHaveProperty(['app.kubernetes.io/version']);
});

test.each([
  [{ name: 'a.b' }, "Name 'a.b' is not a valid DNS label. Use at most 63 lowercase letters, digits and '-', starting"],
  [{ namespace: 'Sales' }, "Namespace 'Sales' is not a valid DNS label."],
  [{ labels: { 'a b': 'c' } }, "Invalid key 'a b' of 'metadata.labels'. Use the form 'name' or 'example.com/name'"],
  [
    { labels: { 'pod-template-hash': 'a' } },
    "'metadata.labels' contains 'pod-template-hash', which Kubernetes sets on each pod. Use another key.",
  ],
  [{ annotations: { '/a': 'c' } }, "Invalid key '/a' of 'metadata.annotations'."],
])('refuses the metadata %j', (metadata, error) => expectRefusal({ metadata }, error));

const LABELS: Record<string, string> = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'shop-eu' };

test.each(
  [...Object.entries(LABELS).map(([key, value]) => ({ [key]: value })), LABELS].flatMap(labels =>
    [
      Controller.deployment(),
      Controller.statefulSet(),
      Controller.daemonSet(),
      Controller.job(),
      Controller.cronJob({ schedule: Cron.daily() }),
    ].map(controller => ({ labels, controller, kind: controller._definition.kind })),
  ),
)('selects the pods of a $kind by the labels $labels of the user', ({ labels, controller }) => {
  const port = controller._definition.runsToCompletion ? undefined : 8080;
  const objects = synth(chart => {
    const app = workload(chart, { controller, port, metadata: { labels } });
    workload(chart, {}, 'client').allowTo(app.allowFrom(app, 8081), 8081);
  });
  expect(strayingSelectors(objects)).toEqual([]);
  const own = objects.filter(({ metadata }) => metadata.name.startsWith('test-app'));
  own.forEach(({ metadata }) => expect(metadata.labels).toMatchObject(labels));
});

test('selects the pods of a database by the labels of the user', () => {
  const objects = objectsOf({ metadata: { labels: LABELS }, credentials: DatabaseCredentials.fromGeneratedSecret() });
  expect(strayingSelectors(objects)).toEqual([]);
  expect(kind(objects, 'StatefulSet').spec.selector.matchLabels).toEqual(LABELS);
});
