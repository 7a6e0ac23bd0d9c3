import { createHash } from 'crypto';
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { Chart, Yaml } from 'cdk8s';
import {
  ConfigFiles,
  ConfigRollout,
  ConfigSource,
  ConfiguredApp,
  HealthCheck,
  AppWorkload,
} from 'cdk8s-storage-patterns';
import { parseAllDocuments } from 'yaml';
import { eventually, report, sleep, TestNamespace } from './cluster';
import { synthExamples } from '../run-examples';

const IMAGE = 'docker.io/library/busybox:1.36';

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

/** An app that serves its configuration, so that each answer shows which version a pod has. */
function site(greeting: string, rollout = ConfigRollout.immutable()) {
  return (chart: Chart) => {
    const app = new ConfiguredApp(chart, 'site', {
      image: IMAGE,
      replicas: 3,
      port: 8080,
      command: ['httpd', '-f', '-p', '8080', '-h', '/www'],
      healthCheck: HealthCheck.http('/greeting.txt'),
      config: new ConfigFiles({
        mountPath: '/www',
        rollout,
        sources: [ConfigSource.text('greeting.txt', greeting), ConfigSource.text('deep/er/file.txt', 'nested')],
      }),
    });
    // sends requests all the time, and logs each answer
    const client = new AppWorkload(chart, 'client', {
      image: IMAGE,
      replicas: 1,
      command: [
        'sh',
        '-c',
        `while true; do wget -q -T 5 -O - http://${app.name}:8080/greeting.txt || echo failed; echo; sleep 0.02; done`,
      ],
      healthCheck: HealthCheck.command(['true']),
    });
    client.allowTo(app, 8080);
  };
}

/** The answers in the log of the client, counted. */
function answers(): Record<string, number> {
  const lines = namespace.kubectl('logs', 'deployment/test-client', '--tail=-1').split('\n').filter(Boolean);
  return lines.reduce<Record<string, number>>((counts, line) => ({ ...counts, [line]: (counts[line] ?? 0) + 1 }), {});
}

test('a changed configuration rolls out new pods without a failed request, and can be rolled back', async () => {
  namespace = TestNamespace.create('config');
  namespace.apply(site('one'));
  namespace.rolledOut('deployment/test-site');
  namespace.rolledOut('deployment/test-client');
  await eventually('the client is answered', () => (answers().one ?? 0) > 20);
  const failedBefore = answers().failed ?? 0; // before the first pod was ready

  namespace.apply(site('two'));
  namespace.rolledOut('deployment/test-site');
  await eventually('the client is answered by the new pods', () => (answers().two ?? 0) > 20);

  namespace.kubectl('rollout', 'undo', 'deployment/test-site');
  namespace.rolledOut('deployment/test-site');
  const two = answers().two;
  await eventually('the client is answered with the old configuration again', async () => {
    const before = answers().one;
    await sleep(2000);
    return answers().one > before + 20;
  });
  const { one, failed = 0 } = answers();
  report(`requests: ${one + two} answered, ${failed - failedBefore} failed while rolling out and back`);
  expect(failed - failedBefore).toBe(0);
  expect(namespace.get('configmaps', '-l', 'app.kubernetes.io/name=site').items).toHaveLength(2);
  expect(namespace.kubectl('exec', 'deployment/test-site', '--', 'cat', '/www/deep/er/file.txt')).toBe('nested');
});

test('files are read-only, and a live ConfigMap changes in running pods without a rollout', async () => {
  namespace = TestNamespace.create('live');
  namespace.apply(site('one', ConfigRollout.live()));
  namespace.rolledOut('deployment/test-site');
  const pods = () =>
    namespace
      .get('pods', '-l', 'app.kubernetes.io/name=site')
      .items.map((pod: any) => pod.metadata.uid)
      .sort();
  const before = pods();
  expect(() =>
    namespace.kubectl('exec', 'deployment/test-site', '--', 'sh', '-c', 'echo x > /www/greeting.txt'),
  ).toThrow('Read-only file system');
  expect(() => namespace.kubectl('exec', 'deployment/test-site', '--', 'sh', '-c', 'echo x > /etc/x')).toThrow(
    'Read-only file system',
  );
  namespace.apply(site('two', ConfigRollout.live()));
  await eventually(
    'the file changes in place',
    () => namespace.kubectl('exec', 'deployment/test-site', '--', 'cat', '/www/greeting.txt') === 'two',
    180,
  );
  expect(pods()).toEqual(before);
});

/** Files of 2.5 MiB in total: text, bytes in a nested directory, and one that `kubectl apply` cannot store. */
function largeFiles(changed?: string): Record<string, Buffer> {
  const files = Array.from({ length: 100 }, (_, i): [string, Buffer] => [
    i % 2 === 0 ? `rules-${i}.conf` : `geo/${i}.bin`,
    i % 2 === 0 ? Buffer.from(`rule ${i} "ä" <x>\n`.repeat(1024)) : Buffer.alloc(25 * 1024, i + 128),
  ]);
  const all = Object.fromEntries([...files, ['large.bin', Buffer.alloc(600 * 1024, 200)]]);
  return changed === undefined ? all : { ...all, [changed]: Buffer.from('changed') };
}

const largeSite = (files: Record<string, Buffer>) => (chart: Chart) =>
  new ConfiguredApp(chart, 'site', {
    image: IMAGE,
    port: 8080,
    command: ['httpd', '-f', '-p', '8080', '-h', '/www'],
    config: new ConfigFiles({
      mountPath: '/www',
      sources: Object.entries(files).map(([path, bytes]) =>
        path.endsWith('.conf')
          ? ConfigSource.text(path, bytes.toString())
          : ConfigSource.binary(path, bytes.toString('base64')),
      ),
    }),
  });

/** The checksums of all files that a pod serves, by path. */
function servedFiles(): Record<string, string> {
  const script = "cd /www && find -L . -path './..*' -prune -o -type f -print | xargs sha256sum";
  const lines = namespace.kubectl('exec', 'deployment/test-site', '--', 'sh', '-c', script).trim().split('\n');
  return Object.fromEntries(lines.map(line => line.split('  ./').reverse()));
}

const checksums = (files: Record<string, Buffer>) =>
  Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')]),
  );

test('a directory of 2.5 MiB arrives from several ConfigMaps, and a changed file adds one ConfigMap', () => {
  namespace = TestNamespace.create('large');
  const mapsOf = (objects: any[]) => objects.filter(object => object.kind === 'ConfigMap');
  const before = namespace.apply(largeSite(largeFiles()));
  namespace.rolledOut('deployment/test-site');
  expect(servedFiles()).toEqual(checksums(largeFiles()));

  const after = namespace.apply(largeSite(largeFiles('geo/51.bin')));
  namespace.rolledOut('deployment/test-site');
  expect(servedFiles()).toEqual(checksums(largeFiles('geo/51.bin')));
  const created = namespace.get('configmaps', '-l', 'app.kubernetes.io/name=site').items.length;
  report(`${mapsOf(before).length} ConfigMaps, and ${created - mapsOf(before).length} more after a change`);
  expect(created).toBe(mapsOf(before).length + 1);

  // without --server-side, which stores each object in an annotation
  const small = mapsOf(after).filter(({ binaryData }) => binaryData?.['large.bin'] === undefined);
  expect(small).toHaveLength(mapsOf(after).length - 1);
  const file = join(mkdtempSync(join(tmpdir(), 'storage-patterns-')), 'config-maps.yaml');
  writeFileSync(file, small.map(object => Yaml.stringify(object)).join('---\n'));
  expect(namespace.kubectl('apply', '-f', file)).toContain(small[0].metadata.name);
});

/** The APIs of operators that the examples use, and that a cluster can lack. */
const OF_OPERATORS = ['monitoring.coreos.com/v1', 'external-secrets.io/v1'];

test('the API server accepts every example under the Pod Security Standard "restricted"', () => {
  namespace = TestNamespace.create('examples');
  const served = namespace.kubectl('api-versions').split('\n');
  for (const [file, yaml] of Object.entries(synthExamples())) {
    const all = parseAllDocuments(yaml).map(document => document.toJS());
    const objects = all.filter(({ apiVersion }) => served.includes(apiVersion));
    objects.forEach(object => {
      object.metadata.namespace = namespace.name;
    });
    const output = namespace.dryRun(objects);
    report(`${basename(file)}: ${objects.length} of ${all.length} objects accepted`);
    const others = all.filter(object => !objects.includes(object)).map(({ apiVersion }) => apiVersion);
    expect(others.filter(apiVersion => !OF_OPERATORS.includes(apiVersion))).toEqual([]);
    // an agent of the nodes needs the standard "privileged"
    const warnings = basename(file) === 'node-logs.k8s.yaml' ? /warning(?!: would violate PodSecurity)/i : /warning/i;
    expect(output).not.toMatch(warnings);
  }
});
