import { readConfiguration } from '../../src/cli/configuration';
import { readYaml } from '../../src/inspect/read-yaml';

const read = (content: string, file = '.storage-audit.yaml') => readConfiguration(content, file);

function object(description: string, file = 'k8s/a.yaml') {
  const [, kind, namespace, name] = /^(\S+) (?:([^/]+)\/)?(.+)$/.exec(description)!;
  const metadata = `{name: ${name}${namespace ? `, namespace: ${namespace}` : ''}}`;
  return readYaml(`apiVersion: v1\nkind: ${kind}\nmetadata: ${metadata}\n`, file).objects[0];
}

test.each(['', '# nothing\n', '{}'])('reads %j as no settings', content => {
  const configuration = read(content);
  expect(configuration.profile).toBeUndefined();
  expect(configuration.isExcluded('a.yaml')).toBe(false);
  expect(configuration.levelOf('pinned-image', object('Pod web'))).toBeUndefined();
});

test('reads every key, with paths relative to its folder', () => {
  const content = `
profile: hygiene
severity: info
failOn: never
ignoreUnreadable: true
baseline: baseline.json
loadRules: [rules.js]
exclude: [vendor]
`;
  const configuration = read(content, 'deploy/audit.yaml');
  expect(configuration).toMatchObject({
    profile: 'hygiene',
    severity: 'info',
    failOn: 'never',
    ignoreUnreadable: true,
    baseline: 'deploy/baseline.json',
    loadRules: ['deploy/rules.js'],
  });
  expect(['deploy/vendor/a.yaml', 'vendor/a.yaml'].map(configuration.isExcluded)).toEqual([true, false]);
});

test('changes the severities of rules, by path and for all files, the last one first', () => {
  const { levelOf } = read(`
rules:
  pinned-image: error
  headless-service: off
overrides:
  - paths: ['dev/**', 'test/**']
    rules: {pinned-image: off}
  - paths: ['dev/live/**']
    rules: {pinned-image: info}
`);
  const levels = (rule: string) =>
    ['k8s/a.yaml', 'dev/a.yaml', 'dev/live/a.yaml', 'test/a.yaml'].map(file => levelOf(rule, object('Pod web', file)));
  expect(levels('pinned-image')).toEqual(['error', 'off', 'info', 'off']);
  expect(levels('headless-service')).toEqual(['off', 'off', 'off', 'off']);
  expect(levels('health-check')).toEqual([undefined, undefined, undefined, undefined]);
});

describe('waivers', () => {
  const waiver = (fields: string) =>
    read(`waivers:\n  - {rule: pinned-image, reason: it is a test, ${fields}}\n`).waivers[0];

  test.each([
    ['object: Deployment shop/api', 'Deployment shop/api', true],
    ['object: Deployment shop/api', 'Deployment shop/web', false],
    ['object: Deployment shop/api', 'Deployment other/api', false],
    ['object: Deployment shop/api', 'StatefulSet shop/api', false],
    ['object: Deployment api', 'Deployment shop/api', true],
    ['object: Deployment api', 'Deployment api', true],
    ['object: "* shop/*"', 'StatefulSet shop/db', true],
    ['object: "* shop/*"', 'StatefulSet other/db', false],
    ['object: "Job migrate-*"', 'Job shop/migrate-1', true],
    ['paths: [k8s]', 'Deployment api', true],
    ['paths: [dev]', 'Deployment api', false],
    ['object: Deployment api, paths: [dev]', 'Deployment api', false],
    ['expires: 2027-01-31', 'Deployment api', true],
  ])('%s applies to %s: %s', (fields, description, expected) => {
    expect(waiver(fields).matches!(object(description))).toBe(expected);
  });

  test('have a place and an end', () => {
    expect(waiver('expires: 2027-01-31')).toMatchObject({
      ruleId: 'pinned-image',
      reason: 'it is a test',
      expires: '2027-01-31',
      place: { file: '.storage-audit.yaml', line: 2, column: 5 },
    });
  });
});

test.each([
  ['profile: [', /^\.storage-audit\.yaml:1:\d+: .* Correct the YAML\.$/],
  ['rules: {}\nrules: {}\n', /^\.storage-audit\.yaml:2:1: Map keys must be unique\. Correct the YAML\.$/],
  ['exlude: [a]\n', /^\.storage-audit\.yaml:1:1: Unknown key 'exlude'\. Did you mean 'exclude'\?$/],
  ['- a\n', /:1:1: The configuration is not a map\. Use the keys 'profile', /],
  ['profile: all\n', /:1:1: 'profile' is 'all'\. Use 'storage' or 'hygiene'\.$/],
  ['ignoreUnreadable: "yes"\n', /:1:1: 'ignoreUnreadable' is neither 'true' nor 'false'\./],
  ['exclude: a\n', /:1:1: 'exclude' is not a list\. Write each item after '- '\.$/],
  ['exclude:\n  - a\n  - "!b"\n', /:3:5: The pattern '!b' is not a path relative to the configuration file\./],
  ['exclude: [/a]\n', /:1:11: The pattern '\/a' is not a path relative/],
  [`exclude: [${'a'.repeat(1001)}]\n`, /:1:11: The pattern has 1001 characters, but at most 1000 are supported\. /],
  [
    `waivers:\n  - {rule: a, reason: it is a test, object: Pod ${'*a'.repeat(500)}}\n`,
    /:2:37: 'object' is 'Pod \*a.*, which does not name an object/,
  ],
  ['rules: *a\n', /:1:1: Unresolved alias \(.*\): a\. Write the values without aliases\.$/],
  [
    `a0: &a0 [b]\n${[1, 2, 3, 4, 5].map(i => `a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}]\n`).join('')}`,
    /:1:1: Excessive alias count .*\. Write the values without aliases\.$/,
  ],
  ['exclude: &a [*a]\n', /:1:14: 'exclude\[0\]' is not a string\. Use a string\.$/],
  ['baseline: 1\n', /:1:1: 'baseline' is not a string\./],
  ['rules:\n  pinned-image: on\n', /:2:3: 'rules\.pinned-image' is 'on'\. Use 'error', 'warning', 'info' or 'off'\.$/],
  ['rules: [pinned-image]\n', /:1:1: 'rules' is not a map\. Write each rule as 'rule: off'/],
  ['overrides: [{paths: [a]}]\n', /:1:13: Required key 'rules' is missing\. Set it\.$/],
  ['overrides: [{path: [a], rules: {}}]\n', /:1:14: Unknown key 'path'\. Did you mean 'paths'\?$/],
  ['waivers:\n  - {rule: a, reason: because}\n', /:2:15: The reason 'because' for the waiver of 'a' is too short\./],
  [
    'waivers:\n  - {rule: a, reason: it is a test, expires: 2027-02-30}\n',
    /:2:37: 'expires' is '2027-02-30', which is not a day\. Write it as 'YYYY-MM-DD'/,
  ],
  ['waivers:\n  - {rule: a, reason: it is a test, object: api}\n', /:2:37: 'object' is 'api', which does not name an/],
])('refuses %j, and names the place', (content, message) => {
  expect(() => read(content)).toThrow(message);
});

test.each([
  [
    'rules: {pinned-images: off}\n',
    /^\.storage-audit\.yaml:1:9: Unknown rule 'pinned-images'\. Did you mean 'pinned-image'\?$/,
  ],
  ['overrides: [{paths: [a], rules: {gone: off}}]\n', /:1:34: Unknown rule 'gone'\./],
  ['waivers: [{rule: gone, reason: it is a test}]\n', /:1:12: Unknown rule 'gone'\./],
])('refuses the unknown rule in %j', (content, message) => {
  expect(() => read(content).checkRules(['pinned-image'])).toThrow(message);
});
