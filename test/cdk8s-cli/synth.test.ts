import { execFileSync, spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { stringify } from 'yaml';

const root = join(__dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-cli-'));
const project = join(folder, 'project');
const plugins = join(folder, 'plugins');
const install = (directory: string, ...packages: string[]) => {
  mkdirSync(directory, { recursive: true });
  execFileSync('npm', ['install', ...packages, '--no-save', '--no-audit', '--no-fund', '--prefix', directory], {
    stdio: 'pipe',
  });
};
// where cdk8s-cli itself would install the plugin, once it is published
const installed = join(plugins, 'cdk8s-storage-patterns', version);

beforeAll(() => {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' }),
  );
  install(installed, join(folder, filename));
  install(project, 'cdk8s-cli@^2.207');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `cdk8s synth` on an app with one pod, whose emptyDir has a limit or none. */
function synth(
  app: string,
  limit: string | undefined,
  properties: object = { rules: ['empty-dir-size-limit'] },
  ...args: string[]
) {
  writeFileSync(
    join(project, 'cdk8s.yaml'),
    stringify({
      app,
      validations: [{ package: 'cdk8s-storage-patterns', version, class: 'SafetyValidation', properties }],
    }),
  );
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(project, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'),
      'synth',
      '--check-upgrade',
      'false',
      '--plugins-dir',
      plugins,
      ...args,
    ],
    { cwd: project, encoding: 'utf8', env: { ...process.env, LIMIT: limit ?? '', FORCE_COLOR: '0' } },
  );
  return { status, output: stdout + stderr };
}

const FINDING = new RegExp(
  [
    'empty-dir-size-limit \\(1 occurrences\\)',
    'Construct Path: shop/web',
    'Manifest Path: dist/shop\\.k8s\\.yaml',
    "line \\d+: Pod shop-web-\\w+: .*'cache'",
    'Recommendation: .*emptyDir has a size limit',
    'How to fix: .*PodVolume\\.emptyDir.*sizeLimit',
  ].join('[^]*'),
);

describe('an app in JavaScript', () => {
  const app = 'node main.js';
  beforeAll(() =>
    writeFileSync(
      join(project, 'main.js'),
      `
const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
const emptyDir = process.env.LIMIT ? { sizeLimit: process.env.LIMIT } : {};
const spec = { volumes: [{ name: 'cache', emptyDir }] };
new ApiObject(new Chart(app, 'shop'), 'web', { apiVersion: 'v1', kind: 'Pod', spec });
app.synth();
`,
    ),
  );

  test('exits with 2 for a finding, and prints construct, rule, rationale and fix', () => {
    const { status, output } = synth(app, undefined);
    expect(output).toMatch(FINDING);
    expect(status).toBe(2);
  });

  test('exits with 0 without findings, if all are waived, or without validation', () => {
    expect(synth(app, '1Gi')).toMatchObject({ status: 0, output: expect.stringMatching(/Status +│ success/) });
    expect(
      synth(app, undefined, {
        rules: ['empty-dir-size-limit'],
        waivers: { 'empty-dir-size-limit': 'a test cluster only' },
      }).status,
    ).toBe(0);
    expect(synth(app, undefined, {}, '--no-validate').status).toBe(0);
  });

  test('loads rules of the user', () => {
    writeFileSync(
      join(project, 'rules.js'),
      `module.exports = [{
  definition: { id: 'acme-name', summary: 'Names begin with acme.', rationale: 'Others collide.', severity: 'error',
    yamlFix: 'Rename the object.' },
  check: resources =>
    resources.map(resource => ({ resource, jsonPointer: '/metadata/name', message: 'The name is wrong.' })),
}];
`,
    );
    const { status, output } = synth(app, '1Gi', { rules: ['acme-name'], loadRules: ['rules.js'] });
    expect(output).toMatch(/acme-name[^]*Construct Path: shop\/web[^]*The name is wrong\.[^]*Names begin with acme\./);
    expect(status).toBe(2);
  });

  test('prints a mistake in the properties', () => {
    expect(synth(app, undefined, { rules: ['empty-dir-limit'] })).toMatchObject({
      status: 1,
      output: expect.stringContaining("Did you mean 'empty-dir-size-limit'?"),
    });
  });
});

describe('an app in Python', () => {
  const python = join(folder, 'python', 'bin', 'python');
  beforeAll(() => {
    execFileSync('python3', ['-m', 'venv', join(folder, 'python')], { stdio: 'pipe' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', 'cdk8s'], { stdio: 'pipe' });
    writeFileSync(
      join(project, 'main.py'),
      `
import os
from cdk8s import ApiObject, App, Chart, JsonPatch
app = App()
web = ApiObject(Chart(app, 'shop'), 'web', api_version='v1', kind='Pod')
limit = os.environ['LIMIT']
empty_dir = {'sizeLimit': limit} if limit else {}
web.add_json_patch(JsonPatch.add('/spec', {'volumes': [{'name': 'cache', 'emptyDir': empty_dir}]}))
app.synth()
`,
    );
  });

  test('is validated too, because the plugin reads manifests', () => {
    const { status, output } = synth(`${python} main.py`, undefined);
    expect(output).toMatch(FINDING);
    expect(status).toBe(2);
    expect(synth(`${python} main.py`, '1Gi').status).toBe(0);
  });
});

test('the package has the command', () => {
  const { status, stdout } = spawnSync(
    'npx',
    ['--no-install', 'cdk8s-storage-patterns', 'audit', '--rule', 'empty-dir-size-limit', '-'],
    {
      cwd: installed,
      encoding: 'utf8',
      input: 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {volumes: [{name: cache, emptyDir: {}}]}\n',
    },
  );
  expect(stdout).toMatch(/^stdin:4:\d+ warning empty-dir-size-limit Pod web/);
  expect(status).toBe(1);
});
