import { App } from 'cdk8s';
import * as fc from 'fast-check';
import { LogCollector, LogFormat } from '../../src';
import { checkFormat } from '../../src/logging/record-format';

/** Pieces of expressions, valid and invalid. */
const PIECES = [
  'a',
  'Z',
  '9',
  ' ',
  '.',
  '^',
  '$',
  '|',
  '-',
  '_',
  '/',
  '"',
  "'",
  '#',
  ':',
  '=',
  ',',
  '<',
  '>',
  '&&',
  '~',
  '`',
  '%',
  '@',
  '!',
  '{',
  '}',
  '{2}',
  '{2,}',
  '{1,9}',
  '{,3}',
  '{1000}',
  '*',
  '+',
  '?',
  '*?',
  '++',
  '(',
  '(?:',
  '(?i)',
  '(?=',
  '(?>',
  '(?P<b>',
  '(?<c>',
  ')',
  '[',
  '[^',
  ']',
  '[:alpha:]',
  '\\',
  '\\d',
  '\\S',
  '\\w',
  '\\b',
  '\\B',
  '\\t',
  '\\x41',
  '\\x{41}',
  '\\u0041',
  '\\h',
  '\\A',
  '\\z',
  '\\Q',
  '\\p{L}',
  '\\1',
  '\\[',
  '\\]',
  '\\-',
  '\\/',
  '\\"',
  "\\'",
  '\\#',
  '\\$',
  '\\{',
  '\\ ',
  '\\<',
  '\\_',
  '\\0',
  'ü',
  '日',
];

/** Returns random expressions that the library accepts. */
export function acceptedExpressions(count: number): string[] {
  const pattern = fc
    .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 })
    .map(pieces => `(?<f>${pieces.join('')})`);
  return fc.sample(pattern, { numRuns: count, seed: 1 }).filter(expression => {
    try {
      checkFormat(new App(), LogFormat.regex(expression), LogCollector.vector()._preset);
      return true;
    } catch {
      return false;
    }
  });
}
