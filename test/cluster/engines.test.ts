import { Chart, Size } from 'cdk8s';
import { parse } from 'yaml';
import { eventually, report, TestNamespace } from './cluster';
import { DIALECTS } from './dialects';
import { createSecret, CREDENTIALS, LITTLE_CPU } from './postgres';
import { DatabaseEngine, DatabaseStorage, StatefulDatabase } from '../../src';
import { configOf, ENGINES } from '../database/fixtures';
import { podOf } from '../synth';

// on a cluster that cannot pull every image, TEST_CLUSTER_ENGINES is a regular expression of the engines to test
const { TEST_CLUSTER_ENGINES: wanted = '.' } = process.env;

let namespace: TestNamespace;

beforeAll(() => {
  namespace = TestNamespace.create('engines');
  createSecret(namespace);
});
afterAll(() => namespace.delete());

/** The settings of an engine's configuration file. */
function settingsOf(type: string, config: string): [name: string, value: string][] {
  if (type === 'mongodb') {
    const leaves = (node: any, path: string): [string, string][] =>
      typeof node === 'object'
        ? Object.entries(node).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`))
        : [[path, String(node)]];
    return leaves(parse(config), '');
  }
  return [...config.matchAll(/^([\w-]+)(?: = | )(.*)$/gm)]
    .filter(([, name]) => name !== 'include')
    .map(([, name, value]) => [name, value.replace(/^'|'$/g, '')]);
}

const UNITS: Record<string, number> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** The bytes of a size, as servers report it. */
function bytes(value: string): string | undefined {
  const [, amount, unit] = /^(\d+)([kmg])b?$/i.exec(value) ?? [];
  return unit && String(Number(amount) * UNITS[unit.toLowerCase()]);
}

for (const [name, engine] of ENGINES) {
  (new RegExp(wanted).test(name) ? test : test.skip)(
    `${name} starts under restrictions, reports its settings and metrics, and keeps its data`,
    async () => {
      const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      let type = '';
      const objects = namespace.apply(chart => {
        ({ type } = define(chart, id, engine).endpoint);
      });
      const dialect = DIALECTS[type];
      const pod = `test-${id}-0`;
      const shell = (script: string) =>
        namespace.kubectl('exec', pod, '-c', 'database', '--', 'sh', '-c', `${script} 2>/dev/null`).trim();
      const answers = (script: string) => {
        try {
          return shell(script);
        } catch {
          return '';
        }
      };
      namespace.rolledOut(`statefulset/test-${id}`, 300);
      shell(dialect.write);
      const config = configOf(objects);
      const settings = settingsOf(type, config);
      expect(settings.length).toBeGreaterThan(3);
      for (const [setting, value] of settings) {
        const reported = shell(dialect.setting(setting)).split(/[|\n]/);
        const equal = [value, bytes(value), { ON: '1', OFF: '0' }[value]].filter(form => form !== undefined);
        const isReported = reported.some(form => equal.includes(form));
        expect({ setting, equal, reported, isReported }).toEqual({ setting, equal, reported, isReported: true });
      }
      await eventually('the exporter reaches the server', () =>
        answers(
          `exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/${exporterPort(objects)}; printf "GET /metrics ` +
            `HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3'`,
        )
          .split('\n')
          .includes(dialect.up),
      );
      await namespace.deletePods([pod], '--grace-period=0', '--force');
      // kubectl reaches the old container until the new one starts
      await eventually('the new pod is ready', () => isReady(pod), 180);
      await eventually('the data is available again', () => answers(dialect.read).includes('this'), 180);
      report(
        `${name}: ${settings.length} settings reported as derived, metrics served, data kept; ` +
          `${shell('cat /proc/1/comm')}`,
      );
      namespace.kubectl('delete', 'statefulset', `test-${id}`, '--wait=false');
    },
  );
}

function isReady(pod: string): boolean {
  const [found] = namespace.get('pods').items.filter(({ metadata }: any) => metadata.name === pod);
  return found?.status.conditions?.some(({ type, status }: any) => type === 'Ready' && status === 'True') ?? false;
}

function define(chart: Chart, id: string, engine: DatabaseEngine): StatefulDatabase {
  return new StatefulDatabase(chart, id, {
    engine,
    storage: DatabaseStorage.provisioned(Size.gibibytes(2)),
    memory: engine._spec(chart).minimumMemory,
    credentials: CREDENTIALS,
    cpu: LITTLE_CPU,
    metrics: {},
  });
}

/** The port on which the exporter serves its metrics. */
function exporterPort(objects: any[]): number {
  const { containers, initContainers = [] } = podOf(objects);
  const ports = [...containers, ...initContainers].flatMap(({ ports: named = [] }: any) => named);
  return ports.find(({ name }) => name === 'metrics').containerPort;
}
