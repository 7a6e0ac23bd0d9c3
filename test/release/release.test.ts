import { mayBreak, newestSection } from '../../projenrc/release';

const CHANGELOG = '# Changelog\n\n## 0.2.0\n\n- new: `## x`\n\n## 0.1.0\n\n- old\n';

test('takes version and notes of a release from the newest section of the changelog', () => {
  expect(newestSection(CHANGELOG)).toEqual({ version: '0.2.0', notes: '- new: `## x`' });
  expect(newestSection('# Changelog\n\n## 0.1.0 - 2026-12-01\n\n- first\n').version).toBe('0.1.0');
  expect(newestSection('# Changelog\n\n## 0.1.0\n\n- first\n')).toEqual({ version: '0.1.0', notes: '- first' });
});

test.each(['## Unreleased', '## 1.0', '## 1.0.0 - soon', 'nothing'])(
  'releases nothing while the changelog starts with %p',
  heading => {
    expect(() => newestSection(`# Changelog\n\n${heading}\n\n- x\n`)).toThrow('Name the version to release');
  },
);

test.each([
  ['1.2.3', '2.0.0', true],
  ['1.2.3', '1.3.0', false],
  ['1.2.3', '1.2.4', false],
  ['0.1.2', '0.2.0', true],
  ['0.1.2', '1.0.0', true],
  ['0.1.2', '0.1.3', false],
])('after %s, a release %s can break its users: %p', (released, next, answer) => {
  expect(mayBreak(released, next)).toBe(answer);
});
