import { EnvValue } from 'cdk8s-plus-28';
import { ConfigFiles, ConfigSource, EnvironmentVariables, HealthCheck } from '../../src';
import { misread } from '../../src/checks/misread';
import { kind, podOf, synth, workload } from '../synth';

// kubectl's own parser is asked in test/yaml whether this list is right
test.each([
  ['a\u007fb', 'the character U+007F'],
  ['a\u0085b', 'the character U+0085'],
  ['\u2028', 'the character U+2028'],
  ['\ufffe', 'the character U+FFFE'],
  ['\ufeff', 'the character U+FEFF'],
  ['\ud800', 'the character U+D800'],
  ['\ta\nb', 'a tab at its beginning and more than one line'],
  [' \n', 'only white space'],
  ['0o17', 'what looks like a number'],
  ['1e3_', 'what looks like a number'],
  ['-_1', 'what looks like a number'],
])('kubectl would misread %j', (text, what) => {
  expect(misread(text)).toBe(what);
});

test.each([
  'yes',
  'no',
  'on',
  'n',
  'null',
  '~',
  '',
  '1e3',
  '0x10',
  '010',
  '1_000',
  '0b11',
  '12:30:45',
  '2001-01-01',
  '.inf',
  '=',
  '<<',
  '_1',
  '0o8',
  '\ta',
  'a\n\tb',
  'a\tb',
  '\n',
  '\ud83d\ude00',
  'ü',
  '\u0000',
  '# a',
  '- a',
  'a: b',
  '{{ a }}',
  '&a',
  '*a',
  '!a',
  '%a',
  '@a',
])('kubectl reads %j as it is', text => {
  expect(misread(text)).toBeUndefined();
});

test('a variable that kubectl would misread is refused, with the place of its value', () => {
  expect(() => synth(chart => workload(chart, { env: { MODE: EnvValue.fromValue('0o17') } }))).toThrow(
    '[test/app] \'spec.template.spec.containers[0].env[0].value\' of its Deployment is "0o17", which kubectl ' +
      'would not read back from YAML: ' +
      'it has what looks like a number. Write it in another way, or keep it in a file or a Secret',
  );
  expect(() => synth(chart => workload(chart).add(EnvironmentVariables.fromMap({ MODE: '0o17' })))).toThrow(
    '[test/app/variables] The variable \'MODE\' is "0o17"',
  );
});

test('names, labels, arguments and annotations are held to it too', () => {
  for (const props of [
    { port: undefined, health: HealthCheck.command(['true']), metadata: { name: '0o17' } },
    { metadata: { labels: { mode: '1e_3' } } },
    { args: ['\u0085'] },
    { podAnnotations: { note: '\u2028' } },
    { metadata: { annotations: { '1e_3': 'a' } } },
  ]) {
    expect(() => synth(chart => workload(chart, props))).toThrow(
      /^\[test\/app\] .* which kubectl would not read back from YAML/,
    );
  }
});

test('an image whose tag looks like a number has no version in its labels', () => {
  const [deployment] = synth(chart => workload(chart, { image: 'acme/app:1e_3' }));
  expect(deployment.metadata.labels).not.toHaveProperty('app.kubernetes.io/version');
});

test('a file that kubectl would misread goes as base64, and is mounted by the same name', () => {
  const text = '\tindented = yes\n';
  const objects = synth(chart =>
    workload(chart).add(new ConfigFiles({ sources: [ConfigSource.text('a.conf', text)] })),
  );
  const { data, binaryData } = kind(objects, 'ConfigMap');
  expect([data, binaryData]).toEqual([undefined, { 'a.conf': Buffer.from(text).toString('base64') }]);
  expect(podOf(objects).volumes.find((volume: any) => volume.configMap).configMap.items).toBeUndefined();
});

test('a file with half of a surrogate pair is refused', () => {
  expect(() =>
    synth(chart => workload(chart).add(new ConfigFiles({ sources: [ConfigSource.text('a.txt', '\ud800')] }))),
  ).toThrow(
    "[test/app/app-config] 'a.txt' has one half of a surrogate pair, which is no character that a file can " +
      'hold. Write the whole character',
  );
});
