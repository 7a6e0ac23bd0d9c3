import { suggest } from '../../src/checks/suggest';

const KNOWN = ['image', 'port', 'portName', 'healthCheck', 'replicas'];

test.each([
  ['imge', ['image']],
  ['Image', ['image']],
  ['replica', ['replicas']],
  ['health', ['healthCheck']],
  ['prot', ['port']],
  ['prt', ['port']],
  ['xyz', []],
])('resembles %p: %j', (name, expected) => {
  expect(suggest(name, KNOWN)).toEqual(expected);
});

test('returns at most three names, the most similar first', () => {
  expect(suggest('portname', ['portNames', 'portName', 'portNamed', 'portNameOf'])).toEqual([
    'portName',
    'portNames',
    'portNamed',
  ]);
});
