import { podWith } from './fixtures';
import { executions, inlineScripts, startsWithStrictShell } from '../../src/predicates/executions';

const containerWith = (fields: string) => podWith({ container: fields }).container;
const runs = (fields: string) =>
  executions(containerWith(fields)).map(({ path, isDirect }) => (isDirect ? path : `shell ${path}`));

test.each<[string, string[]]>([
  ['command: [/x.sh]', ['/x.sh']],
  ['command: [/x.sh, /not/run]', ['/x.sh']],
  ['command: [app, /not/run]', []],
  ['args: [/not/known]', []],
  ['command: [sh, /x.sh]', ['shell /x.sh']],
  ['command: [/bin/bash, -eu, /x.sh, -c]', ['shell /x.sh']],
  ['command: [sh, -c, /x.sh]', ['/x.sh']],
  ['command: [sh, -c], args: ["exec /x.sh --a"]', ['/x.sh']],
  ['command: [bash, -euo, pipefail, -c, "/x.sh"]', ['/x.sh']],
  [
    'command: [sh, -c, "A=b /x.sh | /y.sh; cp /not/run /tmp && if /z.sh; then . /s.sh; fi"]',
    ['/x.sh', '/y.sh', '/z.sh', 'shell /s.sh'],
  ],
  ['command: [sh, -c, "sh /x.sh; exec \\"/y.sh\\""]', ['shell /x.sh', '/y.sh']],
  ['command: [sh, -c, "cd /scripts && ./x.sh"]', ['/scripts/x.sh']],
  ['command: [./x.sh], workingDir: /scripts', ['/scripts/x.sh']],
  ['command: [sh, -c, "a=(/not/run)\\na+=(/not/run)\\n./x.sh"], workingDir: /scripts', ['/scripts/x.sh']],
  ['command: [./x.sh]', []],
  ['command: [/usr/bin/tini, --, /x.sh]', ['/x.sh']],
  ['command: [timeout, "30", /x.sh]', ['/x.sh']],
  ['command: [timeout, -k, "5", 30s, /x.sh]', ['/x.sh']],
  ['command: [gosu, app, /x.sh]', ['/x.sh']],
  ['command: [env, A=b, /x.sh]', ['/x.sh']],
  ['command: [nice, -n, "5", sh, -c, "/x.sh"]', ['/x.sh']],
  ['command: [docker-entrypoint.sh, /x.sh]', ['/x.sh']],
  ['command: [exec]', []],
])('finds the files that {%s} runs', (fields, expected) => {
  expect(runs(fields)).toEqual(expected);
});

test('reads the probes and hooks', () => {
  const handler = (file: string) => `{exec: {command: [${file}]}}`;
  const container = containerWith(
    `startupProbe: ${handler('/a')}, readinessProbe: ${handler('/b')}, livenessProbe: ${handler('/c')}, ` +
      `lifecycle: {postStart: ${handler('/d')}, preStop: ${handler('/e')}}`,
  );
  expect(executions(container).map(({ path, at }) => [path, at.slice(-3).join('/')])).toEqual([
    ['/a', 'startupProbe/exec/command'],
    ['/b', 'readinessProbe/exec/command'],
    ['/c', 'livenessProbe/exec/command'],
    ['/d', 'postStart/exec/command'],
    ['/e', 'preStop/exec/command'],
  ]);
});

test('finds the scripts in command lines', () => {
  const scripts = (fields: string) => inlineScripts(containerWith(fields)).map(({ script }) => script);
  expect(scripts('command: [sh, -ec, "a; b"]')).toEqual(['a; b']);
  expect(scripts('command: [sh, /x.sh, -c, "not a script"]')).toEqual([]);
  expect(scripts('command: [app, -c, "not a script"]')).toEqual([]);
  expect(scripts('readinessProbe: {exec: {command: [bash, -c, "a"]}}')).toEqual(['a']);
});

test.each<[string, boolean]>([
  ['command: [sh, -c, a]', true],
  ['command: [/bin/sh, -c, a]', true],
  ['command: [tini, --, /usr/bin/dash, -c, a]', true],
  ['command: [bash, -c, a]', false],
  ['command: [/scripts/sh]', false],
  ['command: [java]', false],
  ['args: [sh]', false],
])('knows whether {%s} starts a shell that drops variables', (fields, expected) => {
  expect(startsWithStrictShell(containerWith(fields))).toBe(expected);
});
