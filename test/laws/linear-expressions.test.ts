import { EXCEPTIONS, linearExpressions, slownessOf, toLine } from './linear-expressions';
import { expressionsOfSource } from './regular-expressions';

const expressions = expressionsOfSource();
const lines = new Set(expressions.map(toLine));

test('finds the expressions of the source', () => {
  expect(lines.size).toBeGreaterThan(400);
  expect([...lines].some(line => line.startsWith('/^(?:latest|'))).toBe(true);
});

test('every regular expression is linear, so that no manifest can stop the audit', () => {
  const unknown = expressions.filter(expression => {
    const line = toLine(expression);
    return !linearExpressions().has(line) && !EXCEPTIONS.has(line);
  });
  expect(unknown.map(expression => ({ ...expression, slowness: slownessOf(expression) }))).toEqual(
    unknown.map(expression => ({ ...expression, slowness: undefined })),
  );
});

test('excepts only expressions that are in the source', () => {
  expect([...EXCEPTIONS.keys()].filter(line => !lines.has(line))).toEqual([]);
});

test.each([
  [String.raw`max_size[ \t]*["']?(\d+)[ \t]*([kmgt]?)b?["']?[ \t]*(?:#.*)?$`, 'gm'],
  [String.raw`^[ \t]*reload(?:[ \t]+\d+\w+)*[ \t]*$`, 'm'],
])('recognizes that /%s/%s is not linear', (source, flags) => {
  expect(slownessOf({ place: '', source, flags })).toMatch(/polynomial|exponential/);
});
