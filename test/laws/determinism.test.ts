import { App, Chart, Size, Yaml } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { run } from './arbitraries/program';
import { PROGRAMS } from './arbitraries/programs';
import { filesBelow, read } from './source-files';
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
import { synth, workload } from '../synth';

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterAll(() => jest.restoreAllMocks());

test('writes the same bytes when a generated program runs again', () => {
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
      { numRuns: 4 },
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

/** The objects of a chart in sorted order, because a chart keeps the order in which they were created. */
function sorted(define: (chart: Chart) => void): string {
  return synth(define)
    .map(object => Yaml.stringify(object))
    .sort()
    .join('---\n');
}

test('renders the same objects in any order of construction', () => {
  const steps: ((chart: Chart, workloads: Map<string, AppWorkload>) => void)[] = [
    (chart, workloads) => workloads.set('web', workload(chart, {}, 'web')),
    (chart, workloads) => workloads.set('api', workload(chart, {}, 'api')),
    chart => database(chart),
  ];
  const wire = (chart: Chart, workloads: Map<string, AppWorkload>) => {
    workloads.get('web')!.allowTo(workloads.get('api')!, 8080);
    workloads.get('api')!.add((chart.node.findChild('orders') as StatefulDatabase).client());
  };
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 0, 2],
    [1, 2, 0],
  ].map(order =>
    sorted(chart => {
      const workloads = new Map<string, AppWorkload>();
      order.forEach(i => steps[i](chart, workloads));
      wire(chart, workloads);
    }),
  );
  expect(new Set(orders).size).toBe(1);
});

test('renders the same objects for any order of keys in a map and of files in a list', () => {
  const renderings = [false, true].map(reversed => {
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
  expect(renderings[1]).toBe(renderings[0]);
});

/** What would make two runs differ, or reach out of the process. The command reads its own environment. */
const IMPURE: Record<string, RegExp> = {
  'the clock': /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bhrtime\b/,
  'chance': /\bMath\.random\b|\brandomBytes\b|\brandomUUID\b|\brandomInt\b|\bgetRandomValues\b/,
  'variables of the environment': /\bprocess\.env\b/,
  'the time zone or the locale': /\btoLocale\w+\(|\blocaleCompare\(|\bgetTimezoneOffset\b|\bresolvedOptions\b/,
  'the network': /(?:await|void|return|=) fetch\(|from '(?:node:)?(?:https?|http2|dns|tls|dgram)'|createConnection\(/,
  'programs': /from '(?:node:)?(?:child_process|worker_threads|cluster)'/,
  'facts of the machine': /from '(?:node:)?os'|\bprocess\.(?:platform|arch|pid|uptime|memoryUsage)\b/,
};

/** Sources that do, and why. */
const ALLOWED: Record<string, string> = {
  'src/checks/time-zone.ts: the time zone or the locale': 'asks whether a time zone exists',
  'src/inspect/yaml-values.ts: chance': 'a prefix that no input can contain, and that no output contains',
  'src/safety/object-waivers.ts: the clock': 'waivers of an audit expire',
  'src/safety/write-file.ts: chance': 'the name of a temporary file',
};

const impurities = (file: string, text: string) =>
  Object.entries(IMPURE)
    .filter(([, pattern]) => pattern.test(text.replace(/^\s*(?:\*|\/\/).*$/gm, '')))
    .map(([name]) => `${file}: ${name}`);

test('no source uses the clock, chance, the environment, the network or programs, except for the command', () => {
  const files = filesBelow('src', /\.ts$/).filter(file => !file.startsWith('src/cli/'));
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap(file => impurities(file, read(file)))).toEqual(Object.keys(ALLOWED));
});

test.each([
  ['const id = Math.random();', ['a.ts: chance']],
  ['const now = new Date();', ['a.ts: the clock']],
  ['const day = new Date(text);', []],
  ['// process.env.HOME', []],
  ['const { HOME } = process.env;', ['a.ts: variables of the environment']],
  ["import { execFileSync } from 'child_process';", ['a.ts: programs']],
  ["import { get } from 'https';", ['a.ts: the network']],
  ['const answer = await fetch(url);', ['a.ts: the network']],
  ["import { isIP } from 'net';", []],
  ['names.sort((a, b) => a.localeCompare(b));', ['a.ts: the time zone or the locale']],
])('finds what %s uses', (text, found) => {
  expect(impurities('a.ts', text)).toEqual(found);
});

test('renders two apps in one process independently', () => {
  const objects = () => {
    const app = new App();
    const chart = new Chart(app, 'test');
    workload(chart);
    database(chart);
    return Yaml.stringify(...chart.toJson());
  };
  expect(objects()).toBe(objects());
});
