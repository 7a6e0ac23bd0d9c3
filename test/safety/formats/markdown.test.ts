import { pods, reportFor, ruleFor } from './fixtures';
import { toMarkdown } from '../../../src/safety/formats/markdown';

const RULES = { rules: [ruleFor('warned', 'warning'), ruleFor('broken', 'error')] };
const MEBIBYTE = 1024 * 1024;

test('cuts a report at 1 MiB, keeps the worst findings, and says so', () => {
  const markdown = toMarkdown(reportFor({ 'a.yaml': pods(8000) }, RULES), { group: 'none' });
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(MEBIBYTE);
  expect(Buffer.byteLength(markdown)).toBeGreaterThan(MEBIBYTE * 0.98);
  expect(markdown).toMatch(/^\*\*8000 errors and 8000 warnings in 8000 objects\*\*\n/);
  expect(markdown).toMatch(/\nThe report contains \d+ of 16000 findings, the worst ones\.\n/);
  expect(markdown.match(/\| broken \(error\) \|/g)).toHaveLength(8000);
});

test('cuts a report with many unreadable documents', () => {
  const problems = Array.from({ length: 30_000 }, (_, i) => ({
    file: `templates/${i}.yaml`,
    line: 1,
    column: 1,
    message: 'The document is a template. Render it first, for example with helm template.',
  }));
  const markdown = toMarkdown(reportFor({ 'a.yaml': pods(1) }, RULES, { problems }));
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(MEBIBYTE);
  expect(markdown).toContain('30000 documents unreadable');
  expect(markdown).toContain('| broken (error) |');
});

test('groups by rule with the fix above the table', () => {
  expect(toMarkdown(reportFor({ 'a.yaml': pods(2) }, RULES), { group: 'rule' })).toContain(`### broken (error): 2 \
findings in 2 of 2 pods

Summary of broken. Rationale of broken.

Fix: YAML of broken.

Every pod has this finding. An example:

| Place | Problem |
| --- | --- |
| a.yaml:3:12 | Pod pod-0: Message of broken. |
`);
});

test('groups by file', () => {
  const markdown = toMarkdown(reportFor({ 'a.yaml': pods(1), 'b.yaml': pods(1) }, RULES), { group: 'file' });
  expect(markdown.match(/^### .*$/gm)).toEqual([
    '### a.yaml: 1 error and 1 warning in 1 object',
    '### b.yaml: 1 error and 1 warning in 1 object',
    '### Rules',
  ]);
});
