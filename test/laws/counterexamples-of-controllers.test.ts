import { App, Chart } from 'cdk8s';
import { AppWorkload, KubernetesVersion, PodVolume, WorkloadDefaults } from '../../src';
import { podOf, synth, workload } from '../synth';

test('replaces the registry of an image volume once, however often the pods are rendered', () => {
  const app = new App();
  KubernetesVersion.setMinimum(app, KubernetesVersion.V1_36);
  const chart = new Chart(app, 'test');
  WorkloadDefaults.of(chart).set({ imageRegistry: 'registry.example.com/mirror' });
  const model = PodVolume.image('model', 'ghcr.io/acme/model:1.4.2');
  const add = (id: string): AppWorkload => workload(chart, {}, id).mount('/srv/model', model, { readOnly: true });
  add('api').add({ id: 'later', bind: () => ({}) });
  add('worker');
  chart.toJson();
  const images = chart
    .toJson()
    .flatMap(({ spec }) => spec?.template?.spec.volumes ?? [])
    .flatMap(({ image }) => (image ? [image.reference] : []));
  expect(images).toEqual(Array(2).fill('registry.example.com/mirror/acme/model:1.4.2'));
});

test('renders attributes of a CSI volume without a prototype', () => {
  const attributes = Object.assign(Object.create(null), { secretProviderClass: 'vault' });
  const volume = PodVolume.csi('vault', { driver: 'secrets-store.csi.k8s.io', attributes });
  const [, { csi }] = podOf(synth(chart => workload(chart).mount('/etc/vault', volume))).volumes;
  expect(csi.volumeAttributes).toEqual({ secretProviderClass: 'vault' });
});
