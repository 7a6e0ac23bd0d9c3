import { draw } from './draw';
import type { PublicFinding } from './findings';

const finding = (rule: string, object: string, file = 'a/app.yaml'): PublicFinding => ({
  source: 'a',
  rule,
  severity: 'warning',
  file,
  line: 1,
  object,
  pointer: '/spec',
  message: 'Message.',
  fingerprint: `${rule} ${object}`,
  isExample: false,
});
const findings = Array.from({ length: 50 }, (_, i) => finding('rule', `Deployment app-${i}`));

test('draws the same findings for a seed, in whatever order they are found', () => {
  expect(draw(findings, 10, '1')).toHaveLength(10);
  expect(draw([...findings].reverse(), 10, '1')).toEqual(draw(findings, 10, '1'));
  expect(draw(findings, 10, '2')).not.toEqual(draw(findings, 10, '1'));
});

test('draws a rule and an object of a source once', () => {
  const variants = [
    finding('rule', 'Deployment shop/app'),
    finding('rule', 'Deployment app', 'a/other.yaml'),
    finding('other-rule', 'Deployment app'),
  ];
  expect(
    draw(variants, 10, '1')
      .map(({ rule, file }) => `${rule} ${file}`)
      .sort(),
  ).toEqual(['other-rule a/app.yaml', 'rule a/app.yaml']);
});

test('a finding that disappears does not change the draw of the others', () => {
  const [first, ...others] = draw(findings, 10, '1');
  const remaining = findings.filter(candidate => candidate !== first);
  expect(draw(remaining, 9, '1')).toEqual(others);
});
