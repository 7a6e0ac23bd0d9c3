import { append, groupBy } from '../../src/checks/groups';

test('groups values in the order of the first of each', () => {
  const groups = groupBy(['web-1', 'db-1', 'web-0'], name => name.split('-')[0]);
  expect([...groups]).toEqual([
    ['web', ['web-1', 'web-0']],
    ['db', ['db-1']],
  ]);
});

test('appends to a list in place', () => {
  const first = ['a'];
  const groups = new Map([['key', first]]);
  append(groups, 'key', 'b');
  append(groups, 'other', 'c');
  expect(first).toEqual(['a', 'b']);
  expect(groups.get('other')).toEqual(['c']);
});
