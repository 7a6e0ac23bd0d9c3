import { Cron, Size } from 'cdk8s';
import { extended, extension } from './fixtures';
import { Controller, PodVolume, ReloadTargetKind, Waiver } from '../../src';
import { controlled } from '../controllers/fixtures';
import { kind, synth, workload } from '../synth';

test('annotates the Deployment with the objects that Stakater Reloader watches', () => {
  const target = (targetKind: ReloadTargetKind, name: string) => ({ reloadOn: [{ kind: targetKind, name }] });
  const objects = extended(
    target(ReloadTargetKind.SECRET, 'tls'),
    target(ReloadTargetKind.CONFIG_MAP, 'shared'),
    target(ReloadTargetKind.SECRET, 'api'),
  );
  expect(kind(objects, 'Deployment').metadata.annotations).toEqual({
    'configmap.reloader.stakater.com/reload': 'shared',
    'secret.reloader.stakater.com/reload': 'api,tls',
  });
});

test('annotates the Deployment with the reasons of waivers, next to annotations of the user', () => {
  const objects = synth(chart =>
    workload(chart, {
      metadata: { annotations: { note: 'a' } },
      waivers: [Waiver.drainBeforeStop('it has no clients')],
    }),
  );
  expect(kind(objects, 'Deployment').metadata.annotations).toEqual({
    'note': 'a',
    'waiver.cdk8s-storage-patterns/drain-before-stop': 'it has no clients',
  });
});

describe('Stakater Reloader', () => {
  const reloadOn = [{ kind: ReloadTargetKind.CONFIG_MAP, name: 'shared' }];

  test.each<[string, Controller]>([
    ['Deployment', Controller.deployment()],
    ['StatefulSet', Controller.statefulSet()],
    ['DaemonSet', Controller.daemonSet()],
  ])('restarts the pods of a %s', (_, controller) => {
    const [object] = synth(chart => controlled(chart, controller).add(extension('config', { reloadOn })));
    expect(object.metadata.annotations).toEqual({ 'configmap.reloader.stakater.com/reload': 'shared' });
  });

  test.each<[string, Controller]>([
    ['Job', Controller.job()],
    ['CronJob', Controller.cronJob({ schedule: Cron.daily() })],
  ])('does not run a %s', (_, controller) => {
    const [object] = synth(chart => controlled(chart, controller).add(extension('config', { reloadOn })));
    expect(object.metadata).not.toHaveProperty('annotations');
  });
});

describe('replicas', () => {
  const claim = () => PodVolume.newClaim('data', { size: Size.gibibytes(1) });
  const kindsOf = (objects: any[]) => objects.map(object => object.kind);

  test('are one if a claim allows no more, whenever it is mounted', () => {
    const objects = synth(chart => {
      const app = controlled(chart, Controller.deployment());
      app.add(extension('first', {})).mount('/data', claim()).add(extension('last', {}));
    });
    expect(kind(objects, 'Deployment').spec.replicas).toBe(1);
    expect(kindsOf(objects)).not.toContain('PodDisruptionBudget');
  });

  test.each([
    [0, false],
    [1, false],
    [3, true],
  ])('%d have a disruption budget: %s', (replicas, hasBudget) => {
    const objects = synth(chart => controlled(chart, Controller.statefulSet(), { replicas }));
    expect(kind(objects, 'StatefulSet').spec.replicas).toBe(replicas);
    expect(kindsOf(objects).includes('PodDisruptionBudget')).toBe(hasBudget);
  });
});

test.each<[string, Controller, number]>([
  ['Deployment', Controller.deployment(), 63],
  ['StatefulSet', Controller.statefulSet(), 52],
  ['DaemonSet', Controller.daemonSet(), 63],
])('a %s accepts a name of %d characters and no more', (_, controller, length) => {
  const named = (count: number) => () =>
    synth(chart => controlled(chart, controller, { metadata: { name: 'a'.repeat(count) } }));
  expect(named(length)).not.toThrow();
  expect(named(length + 1)).toThrow(`'${'a'.repeat(length + 1)}'`);
});
