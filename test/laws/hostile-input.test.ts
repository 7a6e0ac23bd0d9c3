import { readYaml } from '../../src/inspect/read-yaml';
import { auditAll } from '../fuzz/audit-all';

const KIB = 1024;
const LONG = 256 * KIB;
// a quadratic walk takes minutes; a slow machine needs three times as long as a fast one
const MAX_SECONDS = 5;

const fill = (part: string, bytes = 100 * KIB) => part.repeat(Math.ceil(bytes / part.length));
const quoted = (text: string) => JSON.stringify(text);
const pod = (name: string, spec: string, metadata = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${quoted(name)}${metadata}}\nspec: ${spec}\n`;
const container = (fields: string) => `{containers: [{name: app, ${fields}}]}`;
const args = (text: string) => pod('a', container(`image: "postgres:17", args: [${quoted(text)}]`));
const config = (text: string, image = 'fluent/fluent-bit:3') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a.conf: ${quoted(text)}}\n---\n` +
  pod(
    'a',
    `{containers: [{name: app, image: "${image}", volumeMounts: [{name: c, mountPath: /fluent-bit/etc}]}], ` +
      'volumes: [{name: c, configMap: {name: c}}]}',
  );

/** Returns the processor time of the audit and the map in all formats, of the quickest of up to three runs. */
function secondsOf(text: string): number {
  let quickest = Infinity;
  // a processor that other programs share is slower
  for (let run = 0; run < 3 && quickest > MAX_SECONDS; run++) {
    const start = process.cpuUsage();
    auditAll(readYaml(text, 'a.yaml'));
    quickest = Math.min(quickest, process.cpuUsage(start).user / 1e6);
  }
  return quickest;
}

const list = (length: number, item: (i: number) => string) => Array.from({ length }, (_, i) => item(i)).join(', ');

const INPUTS: Readonly<Record<string, string>> = {
  // names and paths
  'a name of 256 KB': pod('a'.repeat(LONG), container('image: a')),
  'a name of 256 KB of spaces': pod(' '.repeat(LONG), container('image: a')),
  'a name of words': pod(fill('a b-c/d,e:f '), container('image: a')),
  'an image of 256 KB': pod('a', container(`image: ${quoted(fill('a.', LONG))}`)),
  'a mount path of slashes': pod(
    'a',
    container(`image: a, volumeMounts: [{name: x, mountPath: ${quoted(fill('/'))}}]`),
  ),
  'a mount path of directories': pod(
    'a',
    container(`image: a, volumeMounts: [{name: x, mountPath: ${quoted(fill('/a'))}}]`),
  ),
  // command lines
  'options without an end': args(fill('server -a b ')),
  'redirections': args(fill('> >>')),
  'quotes': args(fill('"\\')),
  'nested substitutions': args(fill('$(')),
  'variables without an end': args(fill('${')),
  'here-documents': args(fill('<<A\n')),
  'numbers': args(fill('1')),
  'dump programs': args(fill('pg_dump ')),
  'log files': args(fill('tee /a.log/-')),
  'URLs': args(fill('a+://b')),
  'tokens': args(fill('eyJhbGciOi-')),
  // configuration files
  'blank lines of Fluent Bit': config(fill('\n \t')),
  'sections of Fluent Bit': config(fill('[INPUT]\n  ')),
  'tabs behind a buffer of Fluentd': config(`<buffer>\n total_limit_size${fill('\t')}5${fill('\t')}x`, 'fluentd:1.19'),
  'sources of Fluentd': config(fill('<source>'), 'fluentd:1.19'),
  'brackets of a YAML file': config(fill('['), 'grafana/promtail:3'),
  'positions of Promtail': config(`positions:${fill(' ')}`, 'grafana/promtail:3'),
  'settings of PostgreSQL': config(fill('shared_buffers ='), 'postgres:17'),
  'reload lines': config(fill('reload 00o\t'), 'coredns:1'),
  // quantities, labels and annotations
  'a size of 100 KB of digits': pod('a', `{volumes: [{name: a, emptyDir: {sizeLimit: "${fill('1')}e"}}]}`),
  'a pattern of Reloader': pod('a', container('image: a'), `, annotations: {x/reload: "${fill('(a+)+')}"}`),
  // structure
  '10,000 keys': pod('a', `{${list(10_000, i => `k${i}: {}`)}}`),
  '3,000 volumes': pod('a', `{containers: [], volumes: [${list(3000, i => `{name: v${i}, emptyDir: {}}`)}]}`),
  '1,000 variables': pod('a', container(`image: a, env: [${list(1000, i => `{name: V${i}, value: $(V${i + 1})}`)}]`)),
  'brackets': '['.repeat(LONG),
  'quotes without an end': `a: "${'\\"'.repeat(LONG / 2)}`,
  'a comment': `#${' '.repeat(LONG)}`,
  'documents': '---\n'.repeat(LONG / 4),
  'anchors': fill('&a ', LONG),
  'tags': fill('!!', LONG),
  'question marks': fill('? ', 10 * KIB),
};

test.each(Object.entries(INPUTS))('ends quickly with hostile input: %s', (_, text) => {
  expect(secondsOf(text)).toBeLessThan(MAX_SECONDS);
});

test('maps and audits 100 containers with 20 mounts each', () => {
  const names = Array.from({ length: 20 }, (_, i) => `v${i}`);
  const mounts = names.map(name => ({ name, mountPath: `/${name}` }));
  const containers = Array.from({ length: 100 }, (_, i) => ({ name: `c${i}`, image: 'a:1', volumeMounts: mounts }));
  const volumes = names.map(name => ({ name, emptyDir: {} }));
  expect(secondsOf(pod('a', JSON.stringify({ containers, volumes })))).toBeLessThan(2 * MAX_SECONDS);
});
