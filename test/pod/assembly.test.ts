import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { extension } from './fixtures';
import { IPodExtension, PodExtensionContext, PodExtensions } from '../../src';
import { synth, workload } from '../synth';

const add = (...extensions: unknown[]) =>
  synth(chart => (extensions as IPodExtension[]).reduce((app, each) => app.add(each), workload(chart)));

test('passes the properties of the workload to extensions', () => {
  let context: PodExtensionContext | undefined;
  const spy: IPodExtension = {
    id: 'spy',
    bind: (_, options) => {
      context = options;
      return {};
    },
  };
  synth(chart =>
    workload(chart, {
      metadata: { name: 'shop', namespace: 'sales', labels: { team: 'a' } },
      runAsUser: 1,
      runAsGroup: 2,
      shutdownTimeout: Duration.seconds(20),
    }).add(spy),
  );
  const podLabels = { 'app.kubernetes.io/name': 'app', 'app.kubernetes.io/instance': 'shop' };
  expect(context).toEqual({
    workloadName: 'shop',
    namespace: 'sales',
    podLabels,
    labels: {
      ...podLabels,
      'app.kubernetes.io/version': '1.0.0',
      'app.kubernetes.io/managed-by': 'cdk8s',
      'team': 'a',
    },
    runAsUser: 1,
    runAsGroup: 2,
    shutdownTimeout: Duration.seconds(25),
    runsToCompletion: false,
  });
});

test.each<[ofChart: string | undefined, ofWorkload: string | undefined, expected: string | undefined]>([
  ['shop', undefined, 'shop'],
  ['shop', 'sales', 'sales'],
  [undefined, 'sales', 'sales'],
  [undefined, undefined, undefined],
])('passes the namespace of the chart (%s) or the workload (%s) to extensions', (ofChart, ofWorkload, expected) => {
  const chart = new Chart(new App(), 'test', { namespace: ofChart });
  const namespaces: (string | undefined)[] = [];
  const spy: IPodExtension = {
    id: 'spy',
    bind: (_, { namespace }) => {
      namespaces.push(namespace);
      return {};
    },
  };
  workload(chart, { metadata: { namespace: ofWorkload } }).add(spy);
  const foreign = new ApiObject(chart, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: ofWorkload },
    spec: {
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'a/b:1' }] } },
    },
  });
  PodExtensions.of(foreign).add(spy);
  chart.toJson();
  expect(namespaces).toEqual([expected, expected]);
});

test.each<[string, unknown, string]>([
  ['undefined', undefined, "[test/app] The argument of 'add' is not an extension. Pass an IPodExtension, for example"],
  ['a string', 'logs', "[test/app] The argument of 'add' is not an extension."],
  ['an object without bind', { id: 'logs' }, "[test/app] Extension 'logs' has no method 'bind'."],
  [
    'an extension without an id',
    { bind: () => ({}) },
    "[test/app] The argument of 'add' has no 'id', which each extension needs. Implement 'id' of IPodExtension",
  ],
  ['an invalid id', extension('One', {}), "[test/app] Invalid 'id' 'One' of an extension."],
  ['a long id', extension('a'.repeat(51), {}), "[test/app] Invalid 'id' 'aaa"],
  [
    'an extension that returns nothing',
    { id: 'logs', bind: () => undefined },
    "[test/app/logs] 'bind' returned no PodAdditions. Return an object, for example '{ env: { ... } }'.",
  ],
  [
    'misspelled additions',
    { id: 'logs', bind: () => ({ mount: [] }) },
    "[test/app/logs] Unknown prop 'mount'. Did you mean 'mounts'?",
  ],
])('refuses %s', (_, value, error) => {
  expect(() => add(value)).toThrow(error);
});

test('names the construct path of an error in an extension of the user', () => {
  const failing = (error: unknown) => ({
    id: 'tenant',
    bind: () => {
      throw error;
    },
  });
  expect(() => add(failing(new Error('no such tenant')))).toThrow(
    "[test/app/tenant] 'bind' of extension 'tenant' failed: no such tenant",
  );
  expect(() => add(failing('no such tenant'))).toThrow("'bind' of extension 'tenant' failed: no such tenant");
  expect(() => add(failing(new Error('[test/app/x] A. B.')))).toThrow(/^\[test\/app\/x\] A\. B\.$/);
});

test('refuses two extensions with one id', () => {
  expect(() => add(extension('logs', {}), extension('logs', {}))).toThrow(
    "[test/app] Duplicate 'id' 'logs' of an extension. Set another 'id' for one of them.",
  );
});

test('accepts an id of 50 characters', () => {
  expect(() => add(extension('a'.repeat(50), {}))).not.toThrow();
});
