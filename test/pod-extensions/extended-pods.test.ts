import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartOf, container, deployment, emptyDir, extension, podOf, rendered } from './fixtures';
import { PodExtensions, PodVolume } from '../../src';

const cache = () => extension('cache', { mounts: [{ path: '/cache', volume: emptyDir('cache') }] });
const patch = (path: string, value: unknown) => JsonPatch.add(path, value);

test('an object without extensions is rendered as before', () => {
  const chart = chartOf();
  const web = deployment(chart);
  const before = rendered(chart);
  PodExtensions.of(web);
  expect(rendered(chart)).toEqual(before);
});

test.each([
  ['/metadata/namespace', 'other', `'metadata.namespace' of Deployment 'web' changed from undefined to "other"`],
  [
    '/spec/template/spec/terminationGracePeriodSeconds',
    60,
    "'terminationGracePeriodSeconds' of Deployment 'web' changed from 30 to 60",
  ],
  [
    '/spec/template/spec/securityContext',
    { runAsUser: 1000 },
    "'runAsUser' of Deployment 'web' changed from undefined to 1000",
  ],
  [
    '/spec/selector/matchLabels/tier',
    'web',
    `'labels' of Deployment 'web' changed from {"app":"web"} to {"app":"web",`,
  ],
])('refuses a change of %s after an extension, which depends on it', (path, value, error) => {
  const chart = chartOf();
  const web = deployment(chart);
  PodExtensions.of(web).add(cache());
  web.addJsonPatch(patch(path, value));
  expect(() => chart.toJson()).toThrow(`[shop/web] ${error}`);
  expect(() => chart.toJson()).toThrow('after an extension was added. Add extensions after this change.');
});

test('refuses a change that conflicts with an extension, and reports it before files are written', () => {
  const chart = chartOf();
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'acme/web:1.0.0' }] });
  PodExtensions.of(web).add(extension('cache', { sidecars: [{ name: 'late', image: 'acme/cache:1.0.0' }] }));
  web.addContainer({ name: 'late', image: 'acme/late:1.0.0' });
  expect(() => chart.toJson()).toThrow(
    /^Validation failed with the following errors:\n {2}\[shop\/web\/Resource\] Duplicate container 'late' from/,
  );
});

test('an extension that is refused adds nothing', () => {
  const chart = chartOf();
  const extensions = PodExtensions.of(deployment(chart));
  expect(() => extensions.add(extension('web', { sidecars: [{ name: 'web', image: 'acme/a:1' }] }))).toThrow();
  extensions.add(cache());
  expect(podOf(chart).containers).toHaveLength(1);
  expect(podOf(chart).volumes).toHaveLength(1);
});

test('refuses conflicts between extensions in either order', () => {
  for (const ids of [
    ['one', 'two'],
    ['two', 'one'],
  ]) {
    const extensions = PodExtensions.of(deployment(chartOf()));
    const [first, second] = ids.map(id => extension(id, { mounts: [{ path: '/cache', volume: emptyDir(id) }] }));
    expect(() => extensions.add(first).add(second)).toThrow(
      "[shop/web/PodExtensions] Duplicate mount path '/cache' from extension 'one' (volume 'one') and extension " +
        "'two' (volume 'two').",
    );
  }
});

const claim = (size = Size.gibibytes(1)) => PodVolume.newClaim('uploads', { size });
const mounting = (volume: PodVolume) => extension('files', { mounts: [{ path: '/uploads', volume }] });

/** A Deployment whose pods can own a volume, with a number of replicas. */
function withReplicas(chart: Chart, replicas: number, strategy: object): ApiObject {
  const web = deployment(chart, { securityContext: { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' } });
  web.addJsonPatch(patch('/spec/replicas', replicas), patch('/spec/strategy', strategy));
  return web;
}

test('defines a claim with the name of the workload', () => {
  const chart = chartOf();
  PodExtensions.of(withReplicas(chart, 1, { type: 'Recreate' })).add(mounting(claim()));
  expect(rendered(chart, 'PersistentVolumeClaim').metadata.name).toBe('web-uploads');
  expect(podOf(chart).volumes).toEqual([{ name: 'uploads', persistentVolumeClaim: { claimName: 'web-uploads' } }]);
});

test.each([
  ['several replicas', 2, { type: 'Recreate' }, "2 replicas write to the claim 'web-uploads'"],
  ['a rollout that starts a second pod', 1, { type: 'RollingUpdate' }, 'A rollout starts a second pod with the claim'],
])('refuses a claim for one node with %s', (_, replicas, strategy, error) => {
  expect(() => PodExtensions.of(withReplicas(chartOf(), replicas, strategy)).add(mounting(claim()))).toThrow(
    `[shop/web] ${error}`,
  );
});

test('waives the rule against directories of the node with the reason of the volume', () => {
  const chart = chartOf();
  const volume = PodVolume.hostPath('/var/log', { name: 'host', reason: 'ships the logs of the node' });
  PodExtensions.of(deployment(chart)).add(extension('files', { mounts: [{ path: '/host', volume, readOnly: true }] }));
  expect(rendered(chart).metadata.annotations).toEqual({
    'waiver.cdk8s-storage-patterns/no-host-path': 'ships the logs of the node',
  });
});

test('does not change the objects of other charts', () => {
  const app = new App();
  const charts = ['one', 'two'].map(id => new Chart(app, id, { disableResourceNameHashes: true }));
  charts.forEach(chart => deployment(chart, { containers: [container()] }));
  PodExtensions.of(charts[0]).add(cache());
  expect(charts.map(chart => podOf(chart).volumes?.length)).toEqual([1, undefined]);
});

test.each(['before', 'after'])('explains a JSON patch that does not apply, %s an extension is added', order => {
  const chart = chartOf();
  const web = deployment(chart);
  const patchWeb = () => web.addJsonPatch(patch('/spec/template/spec/nodeSelector/zone', 'a'));
  const program = () => {
    if (order === 'before') {
      patchWeb();
    }
    PodExtensions.of(web).add(cache());
    if (order === 'after') {
      patchWeb();
    }
    chart.toJson();
  };
  expect(program).toThrow(
    "[shop/web] The JSON patch 'add /spec/template/spec/nodeSelector/zone' does not apply: '/spec/template/spec' has " +
      "no 'nodeSelector', only 'containers'. Correct the path, or first add the part that is missing with " +
      "'JsonPatch.add'.",
  );
});
