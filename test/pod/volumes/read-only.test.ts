import { Size } from 'cdk8s';
import { mounting } from './fixtures';
import { KubernetesVersion, PodVolume, Controller } from '../../../src';
import { controlled, expectError } from '../../controllers/fixtures';
import { podOf, synth } from '../../synth';
import { emptyDir } from '../fixtures';

const config = PodVolume.fromSource('outer', { configMap: { name: 'app' } });
const claim = PodVolume.newClaim('outer', { size: Size.gibibytes(1) });
const minimum = KubernetesVersion.V1_36;

test.each<[string, PodVolume, { readOnly?: boolean; subPath?: string }]>([
  ['a ConfigMap', config, {}],
  ['a file of a ConfigMap', config, { subPath: 'app.conf' }],
  ['an image', PodVolume.image('outer', 'acme/model:1.0.0'), {}],
  ['an export', PodVolume.nfs('outer', { server: 'nfs', path: '/x', readOnly: true }), {}],
  ['a claim that is mounted read-only', claim, { readOnly: true }],
])('refuses a mount below %s', (_, outer, options) =>
  expectError(
    chart =>
      controlled(chart, Controller.deployment()).mount('/data', outer, options).mount('/data/inner', emptyDir('inner')),
    "[test/app] Volume 'inner' is mounted at '/data/inner', below the read-only volume 'outer' at '/data', so the " +
      'container cannot start. Use a path outside of the read-only volume.',
    minimum,
  ),
);

test('accepts a directory of a claim below another', () => {
  const objects = synth(chart =>
    controlled(chart, Controller.deployment())
      .mount('/var/www/html/data', claim, { subPath: 'data' })
      .mount('/var/www/html', claim, { subPath: 'html' }),
  );
  expect(podOf(objects).containers[0].volumeMounts.slice(1)).toEqual([
    { name: 'outer', mountPath: '/var/www/html', subPath: 'html' },
    { name: 'outer', mountPath: '/var/www/html/data', subPath: 'data' },
  ]);
});

test.each([undefined, true])('renders a ConfigMap read-only if the mount sets %s', readOnly => {
  const [, mount] = podOf(mounting(config, { readOnly })).containers[0].volumeMounts.reverse();
  expect(mount).toEqual({ name: 'outer', mountPath: '/data', readOnly: true });
});
