import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { CLEAN, FAULTY, ONE_RULE, run } from './run';

const UNREADABLE = 'a: [\n';
/** A pod without an error, whose `latest` tag is a warning of hygiene and whose read-write mount is an info. */
const UNHYGIENIC = CLEAN.replace('acme/app:1.0.0', 'acme/app:latest');
const audit = (args: readonly string[], files: Record<string, string>) => run(['audit', ...args], { files });

describe('the exit status', () => {
  test.each<[status: number, content: string, args: string[]]>([
    [0, CLEAN, []],
    [1, FAULTY, []],
    [2, UNREADABLE, []],
    [2, `${CLEAN}---\n${UNREADABLE}`, []],
    [3, `${FAULTY}---\n${UNREADABLE}`, []],
    [0, FAULTY, ['--fail-on', 'error']],
    [0, FAULTY, ['--fail-on', 'never']],
    [2, `${FAULTY}---\n${UNREADABLE}`, ['--fail-on', 'never']],
    [0, `${CLEAN}---\n${UNREADABLE}`, ['--ignore-unreadable']],
    [1, `${FAULTY}---\n${UNREADABLE}`, ['--ignore-unreadable']],
    [2, UNREADABLE, ['--ignore-unreadable']],
  ])('is %i for %j with %j', (expected, content, args) => {
    const { status, stdout } = audit([...ONE_RULE, ...args, 'a.yaml'], { 'a.yaml': content });
    expect(status).toBe(expected);
    expect(stdout.includes('unreadable')).toBe(content.includes(UNREADABLE));
    expect(stdout.includes('warning empty-dir-size-limit')).toBe(content.includes(FAULTY));
  });

  test('is that of the whole report, also if a part of it is written', () => {
    const { status, stdout } = audit([...ONE_RULE, '--max-findings', '1', 'a.yaml'], {
      'a.yaml': `${FAULTY}---\n${FAULTY.replace('web', 'api')}`,
    });
    expect(stdout.match(/warning empty-dir-size-limit/g)).toHaveLength(1);
    expect(stdout).toContain('2 warnings in 2 objects\nThe report contains 1 of 2 findings, the worst ones.\n');
    expect(status).toBe(1);
  });
});

describe('severities', () => {
  test('hides infos by default', () => {
    const rule = ['--rule', 'no-service-links', 'a.yaml'];
    expect(audit(rule, { 'a.yaml': CLEAN })).toMatchObject({ status: 0, stdout: 'No findings in 1 object\n' });
    expect(audit(['--severity', 'info', ...rule], { 'a.yaml': CLEAN })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^a\.yaml:\S+ info no-service-links [^]*\n1 info in 1 object\n$/),
    });
  });

  test('reports what fails', () => {
    expect(audit(['--fail-on', 'info', '--rule', 'no-service-links', 'a.yaml'], { 'a.yaml': CLEAN })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('info no-service-links'),
    });
    expect(audit(['--severity', 'error', ...ONE_RULE, 'a.yaml'], { 'a.yaml': FAULTY })).toMatchObject({
      status: 0,
      stdout: 'No findings in 1 object\n',
    });
  });

  test('refuses a failure that the report does not explain', () => {
    expect(audit(['--severity', 'error', '--fail-on', 'warning', 'a.yaml'], { 'a.yaml': FAULTY })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        "error: The severity 'warning' fails the command, but the lowest severity to report is 'error'. " +
          "Use '--severity warning' or '--fail-on error'.",
      ),
    });
  });

  test('lets an option win over the configuration', () => {
    const files = { 'a.yaml': FAULTY, '.storage-audit.yaml': 'failOn: warning\n' };
    expect(audit(['--severity', 'error', ...ONE_RULE, 'a.yaml'], files).status).toBe(0);
    expect(
      audit(['--fail-on', 'info', ...ONE_RULE, 'a.yaml'], { ...files, '.storage-audit.yaml': 'severity: error\n' }),
    ).toMatchObject({ status: 1, stdout: expect.stringContaining('warning empty-dir-size-limit') });
  });
});

describe('profiles', () => {
  test('checks the rules of hygiene on request', () => {
    expect(audit(['a.yaml'], { 'a.yaml': UNHYGIENIC })).toMatchObject({ status: 0 });
    expect(audit(['--profile', 'hygiene', 'a.yaml'], { 'a.yaml': UNHYGIENIC })).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('warning pinned-image'),
    });
  });

  test('are listed, and filter the list of rules', () => {
    expect(run(['rules']).stdout).toMatch(/^pinned-image +warning +hygiene +/m);
    expect(run(['rules', '--profile', 'storage']).stdout).not.toContain('pinned-image');
    expect(run(['rules', 'pinned-image']).stdout).toMatch(/^pinned-image \(warning, profile hygiene\)\n/);
  });
});

describe('the configuration file', () => {
  const CONFIGURATION = `
exclude: ['**/testdata/**']
overrides:
  - paths: ['dev/**']
    rules: {empty-dir-size-limit: off}
waivers:
  - {rule: empty-dir-size-limit, object: Pod api, reason: the node is its own}
  - {rule: empty-dir-size-limit, object: Pod web, reason: the node is its own, expires: 2020-01-31}
`;
  const files = {
    'dev/a.yaml': FAULTY,
    'live/a.yaml': FAULTY,
    'live/api.yaml': FAULTY.replace('web', 'api'),
    'live/testdata/a.yaml': UNREADABLE,
    '.storage-audit.yaml': CONFIGURATION,
  };

  test('excludes files, changes severities by path, and waives objects', () => {
    const { status, stdout } = audit([...ONE_RULE, 'dev', 'live'], files);
    expect(stdout).toMatch(/^live\/a\.yaml:8:7 warning empty-dir-size-limit Pod web: /);
    expect(stdout.match(/warning empty-dir-size-limit/g)).toHaveLength(1);
    expect(stdout).toContain('waived empty-dir-size-limit Pod api: ');
    expect(stdout).toContain(
      ".storage-audit.yaml:8:5 invalid waiver: The waiver of 'empty-dir-size-limit' expired on 2020-01-31. ",
    );
    expect(stdout).toContain('Not audited: files that the configuration excludes (1).\n');
    expect(status).toBe(1);
  });

  test('is another file with --config, and none with --no-config', () => {
    const { '.storage-audit.yaml': content, ...others } = files;
    const elsewhere = {
      ...others,
      '.storage-audit.yaml': 'profile: all\n',
      'live/audit.yaml': 'exclude: [api.yaml]\n',
    };
    expect(
      audit([...ONE_RULE, '--config', 'live/audit.yaml', 'live/api.yaml', 'live/a.yaml'], elsewhere).stdout,
    ).toContain('1 warning in 1 object');
    expect(audit([...ONE_RULE, '--no-config', 'live/api.yaml', 'live/a.yaml'], elsewhere).stdout).toContain(
      '2 warnings in 2 objects',
    );
    expect(content).toBe(CONFIGURATION);
  });

  test.each([
    ['exlude: [a]\n', [], "error: .storage-audit.yaml:1:1: Unknown key 'exlude'. Did you mean 'exclude'?"],
    ['rules: {pinned-images: off}\n', [], "Unknown rule 'pinned-images'. Did you mean 'pinned-image'?"],
    ['', ['--config', 'gone.yaml'], "error: 'gone.yaml' cannot be read: ENOENT"],
    ['', ['--write-baseline'], "error: '--write-baseline' does not know the file to write."],
    ['', ['--format', 'json', '--group', 'rule'], "error: '--group' does not apply to the format 'json'."],
    ['', ['--max-findings', '0'], 'Use a whole number of 1 or more.'],
    ['', ['--baseline', 'gone.json'], "error: Baseline 'gone.json' cannot be read: ENOENT"],
  ])('%j with %j exits with 2 and a message', (content, args, message) => {
    expect(audit([...args, 'a.yaml'], { 'a.yaml': CLEAN, '.storage-audit.yaml': content })).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});

describe('a baseline', () => {
  const directory = mkdtempSync(join(tmpdir(), 'baseline-'));
  const file = join(directory, 'baseline.json');
  afterAll(() => rmSync(directory, { recursive: true }));
  const withBaseline = (args: readonly string[], files: Record<string, string>) =>
    audit([...ONE_RULE, '--baseline', file, ...args, 'a.yaml'], files);

  test('is written, and leaves only new findings', () => {
    expect(withBaseline(['--write-baseline'], { 'a.yaml': FAULTY })).toEqual({
      status: 0,
      stdout: `Wrote 1 finding to ${file}\n`,
      stderr: '',
    });
    expect(withBaseline([], { 'a.yaml': `# moved\n${FAULTY}` })).toEqual({
      status: 0,
      stdout: 'No findings in 1 object, 1 finding in the baseline\n',
      stderr: '',
    });
    const more = withBaseline([], { 'a.yaml': `${FAULTY}---\n${FAULTY.replace('web', 'api')}` });
    expect(more.stdout).toMatch(/^a\.yaml:18:7 warning empty-dir-size-limit Pod api: /);
    expect(more.status).toBe(1);
    expect(withBaseline([], { 'a.yaml': CLEAN }).stdout).toBe(
      'No findings in 1 object\n1 entry of the baseline matches no finding any more. Write the baseline again.\n',
    );
  });

  test('is the one of the configuration file', () => {
    const configured = { 'a.yaml': FAULTY, '.storage-audit.yaml': `baseline: nowhere.json\n` };
    expect(audit([...ONE_RULE, 'a.yaml'], configured).stderr).toContain("Baseline 'nowhere.json' cannot be read");
    expect(audit([...ONE_RULE, '--write-baseline', 'a.yaml'], configured).stdout).toBe(
      'Wrote 1 finding to nowhere.json\n',
    );
  });

  test('reports unreadable documents while it is written', () => {
    expect(withBaseline(['--write-baseline'], { 'a.yaml': UNREADABLE })).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^a\.yaml:2:1 unreadable: /),
    });
  });
});

test('groups the findings', () => {
  expect(audit([...ONE_RULE, '--group', 'rule', 'a.yaml'], { 'a.yaml': FAULTY }).stdout).toMatch(
    /^warning empty-dir-size-limit: 1 finding in 1 object\n/,
  );
});

test('keeps the old report if the new one cannot be written', () => {
  const directory = mkdtempSync(join(tmpdir(), 'output-'));
  const file = join(directory, 'gone', 'audit.txt');
  mkdirSync(dirname(file));
  writeFileSync(file, 'old');
  expect(audit(['--output', file, '--rule', 'unknown', 'a.yaml'], { 'a.yaml': FAULTY }).status).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('old');
  audit([...ONE_RULE, '--output', file, 'a.yaml'], { 'a.yaml': FAULTY });
  expect(readFileSync(file, 'utf8')).toContain('warning empty-dir-size-limit');
  expect(existsSync(join(directory, 'gone', 'audit.txt'))).toBe(true);
  rmSync(directory, { recursive: true });
});

test('does not say that nothing was found in objects of unknown kinds', () => {
  const cluster = 'apiVersion: db.example.com/v1\nkind: Cluster\nmetadata: {name: db}\n';
  expect(audit(['a.yaml'], { 'a.yaml': cluster }).stdout).toBe(
    'Nothing was audited\nNot audited: 1 object of unknown kinds (1 Cluster.db.example.com).\n',
  );
});
