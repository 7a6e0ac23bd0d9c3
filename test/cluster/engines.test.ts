import { Chart, Size } from 'cdk8s';
import { parse } from 'yaml';
import { eventually, report, TestNamespace } from './cluster';
import { DIALECTS } from './dialects';
import { CREDENTIALS, LITTLE_CPU, makeSecret } from './postgres';
import { DatabaseEngine, DatabaseEngineSpec, DatabaseStorage, StatefulDatabase } from '../../src';
import { configOf, ENGINES } from '../database/fixtures';

// TEST_CLUSTER_ENGINES is a regular expression of those whose images the cluster can have; all where it can pull
const { TEST_CLUSTER_ENGINES: wanted = '.' } = process.env;

let namespace: TestNamespace;

beforeAll(() => {
  namespace = TestNamespace.create('engines');
  makeSecret(namespace);
});
afterAll(() => namespace.delete());

/** Every setting of the engine's file: a text, or the bytes that it stands for. */
function settingsOf({ type }: DatabaseEngineSpec, config: string): [name: string, value: string][] {
  if (type === 'mongodb') {
    const leaves = (at: any, path: string): [string, string][] =>
      typeof at === 'object'
        ? Object.entries(at).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`))
        : [[path, String(at)]];
    return leaves(parse(config), '');
  }
  return [...config.matchAll(/^([\w-]+)(?: = | )(.*)$/gm)]
    .filter(([, name]) => name !== 'include')
    .map(([, name, value]) => [name, value.replace(/^'|'$/g, '')]);
}

const UNITS: Record<string, number> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

function bytes(value: string): string | undefined {
  const [, amount, unit] = /^(\d+)([kmg])b?$/i.exec(value) ?? [];
  return unit && String(Number(amount) * UNITS[unit.toLowerCase()]);
}

for (const [name, engine] of ENGINES) {
  (new RegExp(wanted).test(name) ? test : test.skip)(
    `${name} starts as restricted as it is, reports its settings, keeps its data and is measured`,
    async () => {
      const spec = engine._spec(undefined as any);
      const dialect = DIALECTS[spec.type];
      const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      const objects = namespace.apply(chart => {
        define(chart, id, engine, spec);
      });
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
      const settings = settingsOf(spec, config);
      expect(settings.length).toBeGreaterThan(3);
      for (const [setting, value] of settings) {
        const reported = shell(dialect.setting(setting)).split(/[|\n]/);
        const same = [value, bytes(value), { ON: '1', OFF: '0' }[value]].filter(each => each !== undefined);
        expect([setting, value, reported.some(each => same.includes(each)) || reported]).toEqual([
          setting,
          value,
          true,
        ]);
      }
      await eventually('the exporter reaches the server', () =>
        answers(
          `exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/${spec.exporter!.port}; printf "GET /metrics ` +
            `HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3'`,
        )
          .split('\n')
          .includes(dialect.up),
      );
      await namespace.deletePods([pod], '--grace-period=0', '--force');
      await eventually('its data is there again', () => answers(dialect.read).includes('this'), 180);
      report(
        `${name}: ${settings.length} settings reported as they were derived, data kept, measured; ` +
          `${shell('cat /proc/1/comm')}`,
      );
      namespace.kubectl('delete', 'statefulset', `test-${id}`, '--wait=false');
    },
  );
}

function define(chart: Chart, id: string, engine: DatabaseEngine, { minimumMemory }: DatabaseEngineSpec): void {
  new StatefulDatabase(chart, id, {
    engine,
    storage: DatabaseStorage.provisioned(Size.gibibytes(2)),
    memory: minimumMemory,
    credentials: CREDENTIALS,
    cpu: LITTLE_CPU,
    metrics: {},
  });
}
