import { ApiObject, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartOf, container, database, deployment } from './fixtures';
import {
  IPodExtension,
  LogAuth,
  LogCollector,
  LogRotation,
  LogShipping,
  LogSink,
  PodExtensions,
  PodExtensionsOptions,
} from '../../src';

function policy(chart: Chart, spec: object, namespace?: string): ApiObject {
  return new ApiObject(chart, 'policy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'policy', namespace },
    spec: { podSelector: { matchLabels: { app: 'web' } }, ...spec },
  });
}

/** An extension with connections in both directions: to the sink, and to the metrics. */
const logs = (): IPodExtension =>
  new LogShipping({
    collector: LogCollector.fluentBit(),
    sinks: [LogSink.loki({ url: 'https://loki:3100', auth: LogAuth.none('the network is private') })],
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 3 }),
    podMonitor: true,
  });

/** The policy types of the extension's policy. */
function policyTypes(define: (chart: Chart) => unknown, options: PodExtensionsOptions = {}): string[] {
  const chart = chartOf();
  define(chart);
  PodExtensions.of(deployment(chart), options).add(logs());
  return chart.toJson().find(({ metadata }: any) => metadata.name === 'web-logs-sinks')?.spec.policyTypes ?? [];
}

const both = ['Ingress', 'Egress'];

test.each<[string, object, string[]]>([
  ['in both directions', { policyTypes: both }, both],
  ['of egress', { policyTypes: ['Egress'] }, ['Egress']],
  ['of ingress', { policyTypes: ['Ingress'] }, ['Ingress']],
  ['without policyTypes', {}, ['Ingress']],
  ['with rules for egress', { egress: [{}] }, both],
  ['of all pods', { podSelector: {}, policyTypes: both }, both],
  ['of other pods', { podSelector: { matchLabels: { app: 'api' } }, policyTypes: both }, []],
])('a policy %s restricts the pods', (_, spec, expected) => {
  expect(policyTypes(chart => policy(chart, spec))).toEqual(expected);
});

test('a policy of another namespace does not restrict the pods', () => {
  expect(policyTypes(chart => policy(chart, { policyTypes: both }, 'other'))).toEqual([]);
});

test('pods that no policy selects stay open', () => {
  expect(policyTypes(() => undefined)).toEqual([]);
});

test("the option 'isolated' takes precedence over the policies of the app", () => {
  expect(policyTypes(() => undefined, { isolated: true })).toEqual(both);
  expect(policyTypes(chart => policy(chart, { policyTypes: both }), { isolated: false })).toEqual([]);
});

test('pods that cdk8s-plus-28 isolates can reach their database', () => {
  const chart = chartOf();
  const web = new kplus.Deployment(chart, 'web', {
    containers: [{ image: 'acme/web:1.0.0' }],
    isolate: true,
  });
  PodExtensions.of(web).add(database(chart).client());
  const names = chart.toJson().flatMap(({ kind, metadata }: any) => (kind === 'NetworkPolicy' ? metadata.name : []));
  expect(names).toEqual(expect.arrayContaining(['shop-web-to-db-orders', 'orders-from-shop-web-db-orders']));
});

test('the database admits pods that are open', () => {
  const chart = chartOf();
  PodExtensions.of(deployment(chart)).add(database(chart).client());
  const names = chart.toJson().flatMap(({ kind, metadata }: any) => (kind === 'NetworkPolicy' ? metadata.name : []));
  expect(names).toContain('orders-from-web-db-orders');
  expect(names).not.toContain('web-to-db-orders');
});

const AFTER =
  "[shop/web] A NetworkPolicy for the egress of Deployment 'web' was defined after an extension was added, which " +
  'therefore created no policy for its own connections. Define the NetworkPolicy first, or set ' +
  "'isolated: true' in the options of 'PodExtensions.of'.";

test('refuses a policy that is defined after an extension, at synthesis and at the next extension', () => {
  const chart = chartOf();
  const extensions = PodExtensions.of(deployment(chart)).add(logs());
  policy(chart, { policyTypes: ['Egress'] });
  expect(() => chart.toJson()).toThrow(AFTER);
  expect(() => extensions.add(database(chart).client())).toThrow(AFTER);
});

test("accepts a later policy with the option 'isolated'", () => {
  const chart = chartOf();
  PodExtensions.of(deployment(chart, { containers: [container()] }), { isolated: true }).add(logs());
  policy(chart, { policyTypes: both });
  expect(() => chart.toJson()).not.toThrow();
});
