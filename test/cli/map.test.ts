import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CLEAN, FAULTY, run } from './run';

const map = (args: readonly string[], options?: Parameters<typeof run>[1]) => run(['map', ...args], options);

test('shows a table with the findings of the rules, and exits with 0', () => {
  const { status, stdout } = map(['a.yaml'], {
    files: { 'a.yaml': FAULTY.replace('{name: app,', '{name: app, volumeMounts: [{name: cache, mountPath: /cache}],') },
  });
  expect(stdout).toMatch(/^Pod web · 1 pod · a\.yaml:1\n/);
  expect(stdout).toMatch(/^  \/cache ! +emptyDir +not shared +pod +app +none$/m);
  expect(status).toBe(0);
});

test.each([
  ['markdown', /^## Pod web\n/],
  ['mermaid', /^flowchart LR\n/],
  ['json', /^\{\n {2}"version": 1,/],
  ['svg', /^<svg /],
  ['html', /^<!doctype html>\n/],
])('writes %s', (format, begin) => {
  expect(map(['--format', format, '-'], { stdin: CLEAN })).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(begin),
  });
});

test('writes to a file, or reports why it cannot', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'map-')), 'map.html');
  expect(map(['--format', 'html', '--output', file, '-'], { stdin: CLEAN })).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  expect(readFileSync(file, 'utf8')).toContain('Storage map of Pod web');
  expect(map(['--output', join(file, 'x'), '-'], { stdin: CLEAN })).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^error: '.*' cannot be written: ENOTDIR.*\. Specify another file\.$/m),
  });
});

test.each(['text', 'markdown', 'mermaid', 'json', 'svg', 'html'])(
  'shows the place of an unreadable document in %s, and maps the others',
  format => {
    const { status, stdout, stderr } = map(['--format', format, 'a.yaml'], {
      files: { 'a.yaml': `a: [\n---\n${CLEAN}` },
    });
    expect(stdout).toMatch(format === 'json' ? /"file": "a\.yaml",\s+"line": 2/ : /a\.yaml:2/);
    expect(stdout).toContain('acme/app:1.0.0');
    expect(stderr).toMatch(format === 'text' ? /^$/ : /^a\.yaml:2:1 unreadable: .*\n$/);
    expect(status).toBe(2);
  },
);

test('exits with 2 for an unknown format, and lists the known ones', () => {
  expect(map(['--format', 'pdf', '-'], { stdin: CLEAN })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('text, markdown, mermaid, json, svg, html'),
  });
});
