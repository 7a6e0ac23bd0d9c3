import { pod, pods, reportFor, ruleFor } from './fixtures';
import { toGithub } from '../../../src/safety/formats/github';

const ALL = { rules: [ruleFor('note', 'info'), ruleFor('warned', 'warning'), ruleFor('broken', 'error')] };
const commands = (output: string, name: string) => output.match(new RegExp(`^::${name} .*$`, 'gm')) ?? [];

test('annotates the line with the problem and the fix', () => {
  const [command] = toGithub(reportFor({ 'k8s/a.yaml': pod('web') }, ALL)).split('\n');
  expect(command).toBe(
    '::error file=k8s/a.yaml,line=3,col=12,title=broken::Pod web: Message of broken. Fix: YAML of broken.',
  );
});

test('writes ten annotations of each type, and the total number', () => {
  const output = toGithub(reportFor({ 'a.yaml': pods(12) }, ALL));
  expect(['error', 'warning', 'notice'].map(name => commands(output, name).length)).toEqual([10, 10, 10]);
  expect(output).toContain(
    "GitHub shows 10 annotations of one type for each step, which are the worst of 12 of type 'error'",
  );
  expect(output).toMatch(/\n12 errors, 12 warnings and 12 infos in 12 objects\n$/);
});

test('writes one annotation for all unreadable documents', () => {
  const problems = ['b', 'c', 'd'].map(name => ({ file: `${name}.yaml`, line: 2, column: 1, message: 'Tabs.' }));
  const [first, second] = commands(toGithub(reportFor({ 'a.yaml': pod('web') }, ALL, { problems })), 'error');
  expect(first).toBe(
    '::error file=b.yaml,line=2,col=1,title=unreadable::Tabs. 2 other documents cannot be read either.',
  );
  expect(second).toContain('title=broken');
});

test('escapes what would end a command or start another one', () => {
  const evil = `"a,b:c%\\n::warning::x"`;
  const output = toGithub(reportFor({ 'a,b:c%.yaml': pod(evil) }, { rules: [ruleFor('broken', 'error')] }));
  expect(output.split('\n')[0]).toBe(
    '::error file=a%2Cb%3Ac%25.yaml,line=3,col=12,title=broken::Pod a,b:c%25%0A::warning::x: Message of broken. ' +
      'Fix: YAML of broken.',
  );
  const kinds = reportFor({ 'a.yaml': 'apiVersion: x.example/v1\nkind: "K\\n::error::x"\n' }, ALL);
  expect(commands(toGithub(kinds), 'error')).toEqual([]);
});

test('writes paths relative to the root of the repository', () => {
  const output = toGithub(reportFor({ '/repository/k8s/a.yaml': pod('web') }, ALL), { directory: '/repository' });
  expect(output).toContain('file=k8s/a.yaml,');
});
