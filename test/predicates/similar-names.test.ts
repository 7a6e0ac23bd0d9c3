import { SimilarNames } from '../../src/predicates/similar-names';

test.each([
  ['swapped letters', 'app-cofnig', ['app-config'], 'app-config'],
  ['a missing separator', 'appconfig', ['app-config'], 'app-config'],
  ['a missing letter', 'app-confg', ['db-config', 'app-config'], 'app-config'],
  ['another number', 'data-2', ['data-1'], undefined],
  ['another word', 'app-cache', ['app-config'], undefined],
  ['a suffix', 'app', ['app-1'], undefined],
  ['no name', 'app', [], undefined],
])('recognizes %s', (_, name, names, expected) => {
  expect(new SimilarNames(names).correct(name)).toBe(expected);
});

test('prefers the first of names that are equally similar', () => {
  expect(new SimilarNames(['configs', 'confih']).correct('confij')).toBe('confih');
  expect(new SimilarNames(['confia', 'confib']).correct('confij')).toBe('confia');
});
