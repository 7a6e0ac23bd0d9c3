import { extended } from './fixtures';
import { ReloadTargetKind, Waiver } from '../../src';
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
