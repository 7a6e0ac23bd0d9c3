import { JsonPatch } from 'cdk8s';
import { chartOf, deployment } from './fixtures';
import { onRender } from '../../src/pod-extensions/render-hook';

test('changes the rendered object after its patches, each time', () => {
  const web = deployment(chartOf());
  const render = onRender(web, (manifest: any) => ({ ...manifest, spec: { replicas: manifest.spec.replicas + 1 } }));
  web.addJsonPatch(JsonPatch.add('/spec/replicas', 2));
  expect(render()).toMatchObject({ spec: { replicas: 2 } });
  expect([web.toJson(), web.toJson()].map(({ spec }) => spec)).toEqual([{ replicas: 3 }, { replicas: 3 }]);
});
