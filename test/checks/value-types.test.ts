import { checkBoolean, checkEnum, checkStrings, checkInstance, shown } from '../../src/checks/value-types';

const enumOf = (value: unknown) => checkEnum('Api.call', "'policy'", value, 'Policy', { ALL: '', SOME: 'Some' });
const typeOf = (value: unknown) =>
  checkInstance('Api.call', "'size'", value, { type: 'a Size', member: 'toBytes', example: 'Size.of(1)' });

test.each([undefined, null, '', 'Some'])('an enum accepts %j', value => expect(() => enumOf(value)).not.toThrow());

test.each([undefined, null, true, false])('a boolean accepts %j', value => {
  expect(() => checkBoolean('Api.call', "'suspend'", value)).not.toThrow();
});

test.each([undefined, null, { toBytes: () => 1 }])('a class accepts %j', value => {
  expect(() => typeOf(value)).not.toThrow();
});

test.each([{ value: undefined }, { value: null }, { value: [] }, { value: ['a', ''] }])(
  'a list accepts %j',
  ({ value }) => {
    expect(() => checkStrings('Api.call', "'args'", value, '["a"]')).not.toThrow();
  },
);

test.each<[string, () => void, string]>([
  [
    'an unknown member',
    () => enumOf('some'),
    "'policy' is 'some', which is not a member of 'Policy'. Use 'Policy.ALL' or 'Policy.SOME'.",
  ],
  ['the name of a member', () => enumOf('SOME'), "'policy' is 'SOME', which is not a member of 'Policy'."],
  [
    'a boolean as a string',
    () => checkBoolean('Api.call', "'suspend'", 'false'),
    "'suspend' is 'false', which is not a boolean. Use 'true' or 'false' without quotes.",
  ],
  ['a number', () => typeOf(5), "'size' is 5, which is not a Size. Use a Size, for example 'Size.of(1)'."],
  ['a struct', () => typeOf({ gibibytes: 1 }), '\'size\' is {"gibibytes":1}, which is not a Size.'],
  [
    'a string in place of a list',
    () => checkStrings('Api.call', "'args'", 'a', '["a"]'),
    "'args' is 'a', which is not a list of strings. Use a list such as '[\"a\"]'.",
  ],
  [
    'a number in a list',
    () => checkStrings('Api.call', "'args'", ['a', 1], '["a"]'),
    '\'args\' is ["a",1], which is not a list of strings.',
  ],
])('refuse %s', (_, check, message) => expect(check).toThrow(`[Api.call] ${message}`));

test('values are shown as the user wrote them', () => {
  expect(['a', 1, true, [1], { a: 1 }, () => {}, Symbol('a')].map(shown)).toEqual([
    "'a'",
    '1',
    'true',
    '[1]',
    '{"a":1}',
    'a function',
    'Symbol(a)',
  ]);
});
