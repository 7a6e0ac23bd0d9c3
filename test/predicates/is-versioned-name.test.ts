import { isVersionedName } from '../../src/predicates/is-versioned-name';

test.each([
  '',
  'a-5f2c91',
  'a-4c1f09aa',
  'a-abcdefab',
  'a-7hk9m2t5gb',
  'a-v3',
  'a-1.2.0',
  'a-2024-05-01',
  'a.v2',
  'a-2',
])('the name %j changes with the content', name => {
  expect(isVersionedName(name)).toBe(true);
});

test.each(['pricing', 'pricing-rules', 's3-config', 'log4j2', 'a-faded'])('the name %j does not change', name => {
  expect(isVersionedName(name)).toBe(false);
});
