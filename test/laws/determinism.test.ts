import { App, Chart, Size, Yaml } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { PROGRAMS, run } from './arbitraries/programs';
import {
  ConfigFiles,
  ConfigSource,
  EnvironmentVariables,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  PostgresVersion,
  SecretSource,
  StatefulDatabase,
  AppWorkload,
} from '../../src';
import { synthExamples } from '../run-examples';
import { synth, workload } from '../synth';

// TEST_NODES lists commands of other Node versions, separated by commas, such as 'npx -y -p node@22 node'
const nodes = (process.env.TEST_NODES ?? '').split(',').filter(Boolean);

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());

test('the same program gives the same bytes in another directory, time zone, locale and Node', () => {
  const here = synthExamples({ TZ: 'UTC', LC_ALL: 'C' });
  expect(Object.keys(here).length).toBeGreaterThan(4);
  // a locale of another order of letters, and a zone that is a day ahead
  expect(synthExamples({ TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' })).toEqual(here);
  for (const node of nodes) {
    expect(synthExamples({}, node.split(' '))).toEqual(here);
  }
}, 300_000);

test('a generated program gives the same bytes when it runs again', () => {
  for (const programs of Object.values(PROGRAMS)) {
    fc.assert(
      fc.property(programs, program => {
        const attempt = () => {
          try {
            return Yaml.stringify(...run(program));
          } catch (error) {
            return (error as Error).message;
          }
        };
        expect(attempt()).toBe(attempt());
      }),
      { numRuns: 30 },
    );
  }
}, 120_000);

const database = (chart: Chart) =>
  new StatefulDatabase(chart, 'orders', {
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    storage: DatabaseStorage.provisioned(Size.gibibytes(10)),
    memory: Size.gibibytes(1),
    credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders')),
  });

/** The objects of a chart by name, for a chart's own order is that in which they are made. */
function sorted(define: (chart: Chart) => void): string {
  return synth(define)
    .map(object => Yaml.stringify(object))
    .sort()
    .join('---\n');
}

test('the order in which constructs are made carries no meaning', () => {
  const steps: ((chart: Chart, made: Map<string, AppWorkload>) => void)[] = [
    (chart, made) => made.set('web', workload(chart, {}, 'web')),
    (chart, made) => made.set('api', workload(chart, {}, 'api')),
    chart => database(chart),
  ];
  const wire = (chart: Chart, made: Map<string, AppWorkload>) => {
    made.get('web')!.allowTo(made.get('api')!, 8080);
    made.get('api')!.add((chart.node.findChild('orders') as StatefulDatabase).client());
  };
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [1, 2, 0],
  ].map(order =>
    sorted(chart => {
      const made = new Map<string, AppWorkload>();
      order.forEach(i => steps[i](chart, made));
      wire(chart, made);
    }),
  );
  expect(new Set(orders).size).toBe(1);
});

test('the order of names in a map, and of files in a list, carries no meaning', () => {
  const ways = [false, true].map(reversed => {
    const inOrder = <T>(values: T[]) => (reversed ? [...values].reverse() : values);
    const map = <T>(entries: [string, T][]) => Object.fromEntries(inOrder(entries));
    return sorted(chart =>
      workload(chart, {
        env: map([
          ['B', EnvValue.fromValue('1')],
          ['A', EnvValue.fromValue('2')],
        ]),
        metadata: {
          labels: map([
            ['b', '1'],
            ['a', '2'],
          ]),
          annotations: map([
            ['b', '1'],
            ['a', '2'],
          ]),
        },
        podAnnotations: map([
          ['b', '1'],
          ['a', '2'],
        ]),
        writableDirectories: inOrder([{ path: '/var/b' }, { path: '/var/a' }]),
      })
        .add(new ConfigFiles({ sources: inOrder([ConfigSource.text('b.txt', 'b'), ConfigSource.text('a.txt', 'a')]) }))
        .add(
          EnvironmentVariables.fromMap(
            map([
              ['Y', '1'],
              ['X', '2'],
            ]),
          ),
        ),
    );
  });
  expect(ways[1]).toBe(ways[0]);
});

test('two apps in one process do not know of each other', () => {
  const objects = () => {
    const app = new App();
    const chart = new Chart(app, 'test');
    workload(chart);
    database(chart);
    return Yaml.stringify(...chart.toJson());
  };
  expect(objects()).toBe(objects());
});
