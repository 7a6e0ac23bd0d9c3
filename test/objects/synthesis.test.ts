import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { EnvironmentVariables, IPodExtension, NetworkPeer, PodExtensions, PodVolume, Waiver } from '../../src';
import { database as defineDatabase } from '../database/fixtures';
import { workload } from '../synth';

const extension = () => EnvironmentVariables.fromMap({ A: '1' });
/** An extension without objects, whose definition would be refused too. */
const variable = (name: string): IPodExtension => ({
  id: name.toLowerCase(),
  bind: () => ({ env: { [name]: kplus.EnvValue.fromValue('1') } }),
});
const SYNTHESIZED = 'The app is already synthesized, so its manifests would lack this change.';

const changes: [string, (chart: Chart) => () => unknown][] = [
  [
    'an extension',
    chart => {
      const app = workload(chart);
      return () => app.add(extension());
    },
  ],
  [
    'a mount',
    chart => {
      const app = workload(chart);
      return () => app.mount('/work', PodVolume.emptyDir('work', { sizeLimit: Size.mebibytes(8) }));
    },
  ],
  [
    'a sidecar',
    chart => {
      const app = workload(chart);
      return () => app.addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0' });
    },
  ],
  [
    'a connection to another workload',
    chart => {
      const [app, peer] = [workload(chart), workload(chart, {}, 'peer')];
      return () => app.allowTo(peer);
    },
  ],
  [
    'a connection without a network policy',
    chart => {
      const app = workload(chart, { waivers: [Waiver.networkPolicy('the mesh has its own')] });
      return () => app.allowTo(NetworkPeer.internet(), 443);
    },
  ],
  [
    'a client',
    chart => {
      const app = workload(chart);
      return () => app.allowFrom(NetworkPeer.cidrs('10.0.0.0/8'));
    },
  ],
  [
    'a client of another library',
    chart => {
      const [app, peer] = [
        workload(chart),
        new kplus.Deployment(chart, 'web', { containers: [{ image: 'a/b:1.0.0' }] }),
      ];
      return () => app.allowFrom(peer);
    },
  ],
  [
    'a client of a database',
    chart => {
      const [database, app] = [defineDatabase(chart), workload(chart)];
      return () => database.allowFrom(app);
    },
  ],
  [
    'an Ingress',
    chart => {
      const app = workload(chart);
      return () => app.exposeViaIngress({ hosts: ['shop.example.com'] });
    },
  ],
  [
    'an HTTPRoute',
    chart => {
      const app = workload(chart);
      return () => app.exposeViaHttpRoute({ hosts: ['shop.example.com'], gatewayName: 'public' });
    },
  ],
  [
    'an autoscaler',
    chart => {
      const app = workload(chart);
      return () => app.autoscale({ maxReplicas: 5 });
    },
  ],
  [
    'an autoscaler of cdk8s-plus-28',
    chart => {
      const app = workload(chart);
      return () => new kplus.HorizontalPodAutoscaler(chart, 'scaler', { target: app, maxReplicas: 5 });
    },
  ],
  [
    'a database',
    chart => {
      workload(chart);
      return () => defineDatabase(chart);
    },
  ],
  [
    'a workload',
    chart => {
      workload(chart);
      return () => workload(chart, {}, 'late');
    },
  ],
  [
    'an extension of a workload of another library',
    chart => {
      const pods = PodExtensions.of(new kplus.Deployment(chart, 'web', { containers: [{ image: 'acme/web:1.0.0' }] }));
      pods.add(variable('A'));
      return () => pods.add(variable('B'));
    },
  ],
];

function newApp(): { app: App; chart: Chart } {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'synthesis-')) });
  return { app, chart: new Chart(app, 'test') };
}

describe.each(changes)('%s after the synthesis', (_, define) => {
  test.each<[string, (app: App) => unknown]>([
    ['synth', app => app.synth()],
    ['synthYaml', app => app.synthYaml()],
  ])('is refused after app.%s', (_method, write) => {
    const { app, chart } = newApp();
    const change = define(chart);
    write(app);
    expect(change).toThrow(`${SYNTHESIZED} Call 'app.synth()' at the end of the program.`);
  });

  test('is accepted after a chart is rendered, which writes nothing', () => {
    const { chart } = newApp();
    const change = define(chart);
    chart.toJson();
    expect(change).not.toThrow();
  });
});

test('a failed synthesis writes nothing, so changes are accepted', () => {
  const { app, chart } = newApp();
  const first = workload(chart);
  const broken = new ApiObject(chart, 'broken', { apiVersion: 'v1', kind: 'ConfigMap' });
  broken.node.addValidation({ validate: () => ['broken'] });
  expect(() => app.synth()).toThrow('broken');
  expect(() => first.add(extension())).not.toThrow();
});

test('a chart without an app has no synthesis', () => {
  const chart = new Chart(undefined as any, 'alone');
  expect(() => workload(chart).add(extension())).not.toThrow();
});
