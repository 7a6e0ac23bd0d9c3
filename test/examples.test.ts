import { cpSync, mkdtempSync, rmSync } from 'fs';
import { basename, join } from 'path';
import { Yaml } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { EXAMPLES, synthExamples } from './run-examples';
import { schemaProblems } from './schemas/kubernetes';
import { findExamples } from '../examples/find-examples';
import { ManifestYaml } from '../src/checks/manifest-yaml';
import { Inventory } from '../src/inspect/inventory';
import { readYaml } from '../src/inspect/read-yaml';
import { mapStorage } from '../src/map/build';
import { RULES } from '../src/safety/rules';
import { audit } from '../src/safety/run';

// TEST_NODES lists commands that run other versions of Node.js, separated by commas: 'npx -y -p node@22 node'
const nodes = (process.env.TEST_NODES ?? '').split(',').filter(Boolean);
let manifests: Record<string, string>;

beforeAll(() => {
  manifests = synthExamples({ TZ: 'UTC', LC_ALL: 'C' });
}, 120_000);

test('writes the same bytes in another directory, time zone, locale and version of Node.js', () => {
  const copy = mkdtempSync(join(__dirname, '.copy-'));
  try {
    cpSync(EXAMPLES, copy, { recursive: true });
    // a locale that sorts letters differently, and a time zone that is a day ahead
    const environment = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
    expect(synthExamples(environment, { examples: copy })).toEqual(manifests);
  } finally {
    rmSync(copy, { recursive: true });
  }
  for (const node of nodes) {
    expect(synthExamples({}, { node: node.split(' ') })).toEqual(manifests);
  }
}, 300_000);

describe.each(findExamples())('%s', example => {
  const file = join('dist', 'examples', `${basename(example)}.k8s.yaml`);

  test('gives this manifest', () => {
    expect(manifests[file]).toMatchSnapshot();
  });

  test('has the same bytes from the faster writer', () => {
    const objects = parseAllDocuments(manifests[file], { version: '1.1' }).map(document => document.toJS());
    const yaml = new ManifestYaml((...values) => Yaml.stringify(...values));
    expect(yaml.write(...objects)).toBe(manifests[file]);
  });

  test('has no finding, no waiver without an effect, and a storage map of all containers', () => {
    const read = readYaml(manifests[file], file);
    const report = audit(new Inventory(read.objects), { rules: RULES });
    // information is about choices of the user, such as a backup in another place
    expect(report.findings.filter(({ reason, severity }) => reason === undefined && severity !== 'info')).toEqual([]);
    expect([...report.unusedWaivers, ...report.invalidWaivers]).toEqual([]);
    const { workloads } = mapStorage(read);
    expect(workloads.length).toBeGreaterThan(0);
    for (const { containers, rows } of workloads) {
      expect(new Set(rows.map(({ container }) => container))).toEqual(new Set(containers.map(({ name }) => name)));
    }
  });

  test.each(['1.28', '1.34', '1.37'] as const)(
    'matches the OpenAPI schema of Kubernetes %s without unknown fields',
    version => {
      const unsupported =
        version === '1.28'
          ? /\/lifecycle\/preStop must NOT have additional properties \{"additionalProperty":"sleep"\}/
          : /^$/;
      // the examples support clusters from 1.30 on, which have the sleep action
      expect(
        parseAllDocuments(manifests[file])
          .flatMap(document => schemaProblems(version, document.toJS()))
          .filter(problem => !unsupported.test(problem)),
      ).toEqual([]);
    },
  );
});
