import { Size } from 'cdk8s';
import { ConfigFiles, ConfigSource, Controller, PodVolume } from '../../src';
import { kind, synth, workload } from '../synth';

const claims = (controller: Controller) =>
  synth(chart =>
    workload(chart, { controller, replicas: 1 }).mount(
      '/data',
      PodVolume.newClaim('data', { size: Size.gibibytes(1) }),
    ),
  );
const perReplica = synth(chart =>
  workload(chart, { controller: Controller.statefulSet() }).mount(
    '/data',
    PodVolume.claimPerReplica('data', { size: Size.gibibytes(1) }),
  ),
);
const configMaps = synth(chart => workload(chart).add(new ConfigFiles({ sources: [ConfigSource.text('a.txt', 'a')] })));

test.each([
  ['an immutable ConfigMap', kind(configMaps, 'ConfigMap'), 'Prune=false'],
  ['a claim', kind(claims(Controller.deployment()), 'PersistentVolumeClaim'), 'Prune=false,Delete=false'],
  ['a claim template', kind(perReplica, 'StatefulSet').spec.volumeClaimTemplates[0], 'Prune=false,Delete=false'],
])('keeps %s that left the manifests, without a difference in Argo CD', (_, { metadata }, syncOptions) => {
  expect(metadata.annotations).toMatchObject({
    'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
    'argocd.argoproj.io/sync-options': syncOptions,
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
});
