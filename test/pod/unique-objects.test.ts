import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Controller } from '../../src';
import { database } from '../database/fixtures';
import { synth, workload } from '../synth';

const SHOP = { metadata: { name: 'shop' } };
const REMEDY = "Set another 'metadata.name' or 'metadata.namespace' for one, or use a separate App for each cluster.";

function synthCharts(namespaces: readonly (string | undefined)[], define: (chart: Chart) => void): any[][] {
  const app = new App();
  const charts = namespaces.map((namespace, i) => new Chart(app, `chart${i}`, { namespace }));
  charts.forEach(define);
  return charts.map(chart => chart.toJson());
}

test('refuses two workloads with one name, with one error', () => {
  const error = (() => {
    try {
      synth(chart => {
        workload(chart, SHOP);
        workload(chart, SHOP, 'other');
      });
      return '';
    } catch (thrown) {
      return (thrown as Error).message;
    }
  })();
  expect(error.match(/\[test\]/g)).toHaveLength(1);
  expect(error).toContain(
    `[test] 'test/app' and 'test/other' both define the Deployment 'shop', so one replaces the other. ${REMEDY}`,
  );
});

test('refuses two workloads with one name in two charts of one namespace', () => {
  expect(() => synthCharts(['eu', 'eu'], chart => workload(chart, SHOP))).toThrow(
    "'chart0/app' and 'chart1/app' both define the Deployment 'shop' in namespace 'eu'",
  );
  expect(() => synthCharts([undefined, undefined], chart => workload(chart, SHOP))).toThrow(
    "the Deployment 'shop', so",
  );
});

test('accepts workloads with one name in two namespaces', () => {
  expect(synthCharts(['eu', 'us'], chart => workload(chart, SHOP))).toHaveLength(2);
});

test('refuses objects of other libraries with one name', () => {
  const twice = (...data: object[]) =>
    synth(chart => {
      workload(chart);
      data.forEach((content, i) => {
        new ApiObject(chart, `map${i}`, {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'a' },
          data: content,
        });
      });
    });
  expect(() => twice({ a: '1' }, { a: '2' })).toThrow("'test/map0' and 'test/map1' both define the ConfigMap 'a'");
  expect(() => twice({ a: '1' }, { a: '1' }, { a: '2' })).toThrow("'test/map0' and 'test/map2'");
  expect(twice({ a: '1' }, { a: '1' }).filter(({ kind }) => kind === 'ConfigMap')).toHaveLength(2);
});

test('accepts objects of one name that differ in their group or kind, or that a JSON patch renames', () => {
  const objects = synth(chart => {
    workload(chart);
    for (const [apiVersion, kind] of [
      ['v1', 'Service'],
      ['serving.knative.dev/v1', 'Service'],
      ['v1', 'ConfigMap'],
    ]) {
      new ApiObject(chart, `${apiVersion}.${kind}`, { apiVersion, kind, metadata: { name: 'a' } });
    }
    new ApiObject(chart, 'patched', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }).addJsonPatch(
      JsonPatch.replace('/metadata/name', 'b'),
    );
  });
  expect(objects.filter(({ metadata }) => metadata.name === 'a')).toHaveLength(3);
});

test('refuses a Job and a Deployment with one name, because they share the other names', () => {
  expect(() =>
    synth(chart => {
      workload(chart, SHOP);
      workload(chart, { ...SHOP, port: undefined, controller: Controller.job() }, 'job');
    }),
  ).toThrow("'test/app' and 'test/job' both define the ServiceAccount 'shop'");
});

test('names both objects of one workload', () => {
  expect(() =>
    synth(chart => {
      const metadata = { name: 'test-app' };
      const app = workload(chart);
      new ApiObject(app, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
    }),
  ).toThrow("'test/app/ServiceAccount' and 'test/app/account' both define the ServiceAccount 'test-app'");
});

test('refuses an app and a database with one name', () => {
  expect(() =>
    synth(chart => {
      workload(chart, SHOP);
      database(chart, SHOP);
    }),
  ).toThrow("both define the ServiceAccount 'shop'");
});

test('refuses two workloads whose pods have the same labels', () => {
  const labels = { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/instance': 'eu' };
  const both = (other: Record<string, string>) => () =>
    synth(chart => {
      workload(chart, { metadata: { labels } });
      workload(chart, { metadata: { labels: other } }, 'other');
    });
  expect(both(labels)).toThrow(
    "[test] The pods of 'test/app' and 'test/other' have the same labels " +
      "'app.kubernetes.io/name=shop,app.kubernetes.io/instance=eu', so the Service and policies of one select the " +
      "pods of both. Set another 'app.kubernetes.io/name' or 'app.kubernetes.io/instance' in 'metadata.labels' of one.",
  );
  expect(both({ 'app.kubernetes.io/instance': 'eu' })).not.toThrow();
});

test('looks at each object once', () => {
  const render = jest.spyOn(ApiObject.prototype, 'toJson');
  synth(chart => {
    for (let i = 0; i < 300; i++) {
      workload(chart, {}, `app${i}`);
    }
  });
  // five objects each, and a controller that is rendered for its check
  expect(render.mock.calls.length).toBeLessThan(300 * 6 + 1);
  render.mockRestore();
});
