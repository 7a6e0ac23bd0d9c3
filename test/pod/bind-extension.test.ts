import { Chart, Size } from 'cdk8s';
import {
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  HealthCheck,
  IPodExtension,
  PodExtensionContext,
  PostgresVersion,
  StatefulDatabase,
} from '../../src';
import { fail } from '../../src/checks/fail';
import { bindExtension } from '../../src/pod/bind-extension';
import { synth, workload } from '../synth';

const context = { workloadName: 'app' } as PodExtensionContext;

function inChart(test: (chart: Chart) => void): void {
  synth(test);
}

test('binds an extension in a scope with its id, and names it as the owner', () => {
  inChart(chart => {
    const extension: IPodExtension = {
      id: 'cache',
      bind: (scope, { workloadName }) => ({ podAnnotations: { [workloadName]: scope.node.path } }),
    };
    expect(bindExtension(chart, extension, context)).toEqual({
      owner: "extension 'cache'",
      additions: { podAnnotations: { app: 'test/cache' } },
    });
  });
});

test.each<[string, unknown, string]>([
  ['no extension', {}, "[test] The argument of 'add' is not an extension."],
  ['nothing', undefined, "[test] The argument of 'add' is not an extension."],
  ['no bind', { id: 'cache' }, "[test] Extension 'cache' has no method 'bind'."],
  ['no id', { bind: () => ({}) }, "[test] The argument of 'add' has no 'id', which each extension needs."],
  ['a method id', { id: () => 'cache', bind: () => ({}) }, "[test] The 'id' of an extension is a function"],
  ['an id with capitals', { id: 'Cache', bind: () => ({}) }, "[test] Invalid 'id' 'Cache' of an extension."],
  ['no additions', { id: 'cache', bind: () => undefined }, "[test/cache] 'bind' returned no PodAdditions."],
  ['unknown additions', { id: 'cache', bind: () => ({ mount: [] }) }, "[test/cache] Unknown prop 'mount'."],
])('refuses %s', (_, extension, error) => {
  inChart(chart => expect(() => bindExtension(chart, extension as IPodExtension, context)).toThrow(error));
});

test('refuses an id twice', () => {
  inChart(chart => {
    const extension: IPodExtension = { id: 'cache', bind: () => ({}) };
    bindExtension(chart, extension, context);
    expect(() => bindExtension(chart, extension, context)).toThrow("[test] Duplicate 'id' 'cache' of an extension.");
  });
});

test.each<[string, (chart: Chart) => unknown, string]>([
  [
    'a database',
    chart =>
      new StatefulDatabase(chart, 'orders', {
        engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
        storage: DatabaseStorage.provisioned(Size.gibibytes(1)),
        memory: Size.gibibytes(1),
        credentials: DatabaseCredentials.fromGeneratedSecret(),
      }),
    "[test/app] The argument of 'add' is the construct 'test/orders', not an extension. Add the client of the " +
      "database, for example 'add(database.client())'.",
  ],
  [
    'another workload',
    chart => workload(chart, {}, 'orders'),
    "[test/app] The argument of 'add' is the construct 'test/orders', not an extension. Pass an IPodExtension, ",
  ],
])('refuses %s', (_, define, error) => {
  inChart(chart => expect(() => workload(chart).add(define(chart) as IPodExtension)).toThrow(error));
});

describe("an error in 'bind'", () => {
  const failing = (error: unknown): IPodExtension => ({
    id: 'tenant',
    bind: () => {
      throw error;
    },
  });
  const message = (extension: IPodExtension) => {
    let thrown: any;
    inChart(chart => {
      try {
        workload(chart).add(extension);
      } catch (error) {
        thrown = error;
      }
    });
    return thrown;
  };

  test.each<[string, unknown, string]>([
    ['an error', new RangeError("'no such tenant'"), "'no such tenant'"],
    ['an error that starts with a bracket', new Error('[1, 2] is empty'), '[1, 2] is empty'],
    ['a string', 'no such tenant', 'no such tenant'],
  ])('names the construct and the extension, and keeps the cause: %s', (_, error, problem) => {
    const thrown = message(failing(error));
    expect(thrown.message).toBe(`[test/app/tenant] 'bind' of extension 'tenant' failed: ${problem}`);
    expect(thrown.cause).toBe(error);
  });

  test('names them for a value object of this library, whose error has no construct path', () => {
    const extension: IPodExtension = {
      id: 'tenant',
      bind: () => ({ sidecars: [{ healthCheck: HealthCheck.http(undefined as any) } as any] }),
    };
    expect(message(extension).message).toMatch(
      /^\[test\/app\/tenant\] 'bind' of extension 'tenant' failed: \[HealthCheck\.http\] Required argument 'path'/,
    );
  });

  test('is not repeated if it names the construct already', () => {
    const extension: IPodExtension = { id: 'tenant', bind: scope => fail(scope, 'No tenant.', 'Add one.') };
    expect(message(extension).message).toBe('[test/app/tenant] No tenant. Add one.');
  });
});
