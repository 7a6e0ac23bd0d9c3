import { Layout, WIDE } from '../../../src/map/picture/layout';
import { podOfKind } from '../../safety/rules/fixtures';
import { mapYaml, withVolume } from '../fixtures';

const layoutOf = (yaml: string) => new Layout(mapYaml(yaml).workloads[0], WIDE);
const titles = (kind: string, replicas: number) =>
  layoutOf(withVolume('emptyDir: {}', { kind }).replace('replicas: 3', `replicas: ${replicas}`)).columns.map(
    ({ title }) => title,
  );

test('draws up to three replicas', () => {
  expect(titles('Deployment', 3)).toEqual(['replica 1', 'replica 2', 'replica 3']);
  expect(titles('StatefulSet', 2)).toEqual(['api-0', 'api-1']);
});

test('draws the pods of Jobs and bare pods', () => {
  const job = (kind: string, spec = '') => layoutOf(podOfKind(kind, { spec })).columns.map(({ title }) => title);
  expect(job('Job', 'parallelism: 2')).toEqual(['pod 1', 'pod 2']);
  expect(['Job', 'CronJob', 'Pod'].map(kind => job(kind))).toEqual([['pod'], ['pod'], ['pod']]);
});

test('numbers the replicas of a StatefulSet from its start ordinal', () => {
  const set = podOfKind('StatefulSet', { spec: 'replicas: 2, ordinals: {start: 5}' });
  expect(layoutOf(set).columns.map(({ title }) => title)).toEqual(['api-5', 'api-6']);
});

test('draws the first two and the last of more than three replicas', () => {
  expect(titles('StatefulSet', 12)).toEqual(['api-0', 'api-1', undefined, 'api-11']);
});

test('draws workloads without replicas, and pods on each node', () => {
  expect(titles('Deployment', 0)).toEqual(['no replicas']);
  expect(titles('DaemonSet', 0)).toEqual(['node 1', 'node 2', 'node 3']);
});

test('columns and containers divide the width between the labels', () => {
  const layout = layoutOf(withVolume('emptyDir: {}'));
  const [first, , last] = layout.columns;
  expect(first.x).toBe(layout.left);
  expect(last.x + last.width).toBeCloseTo(layout.right);
  expect(layout.slot(first, 0)).toEqual({ x: first.x + 8, width: first.width - 16 });
});

test('containers are numbered if their names do not fit', () => {
  const crowded = withVolume('emptyDir: {}').replace(
    'containers:',
    `containers:\n${['a', 'b', 'c', 'd'].map(name => `        - {name: ${name}, image: i}\n`).join('')}`,
  );
  expect(layoutOf(withVolume('emptyDir: {}')).isNumbered).toBe(false);
  expect(layoutOf(crowded).isNumbered).toBe(true);
});
