import { Size } from 'cdk8s';
import { checkType } from '../../src/checks/prop-type';

const check = (type: string, value: unknown) => () => checkType('f', 'prop', value, type, '');

test.each<[string, unknown]>([
  ['string', ''],
  ['number', NaN],
  ['boolean', false],
  ['object', {}],
  ['object', Size.mebibytes(1)],
  ['Size', Size.mebibytes(1)],
  ['EnvValue', { value: 'a' }],
  ['string[]', []],
  ['string[]', ['a']],
  ['string{}', { a: 'a', b: undefined }],
  ['any{}', { a: null }],
  ['string[]{}', { a: ['a'] }],
])('accepts %s: %p', (type, value) => expect(check(type, value)).not.toThrow());

test.each<[string, unknown, string]>([
  ['string', 1, "'prop' is a number, but must be a string. Use a string, for example '\"a\"'."],
  ['number', '1', "'prop' is a string, but must be a number. Use a number without quotes."],
  ['boolean', 'true', "'prop' is a string, but must be a boolean. Use 'true' or 'false' without quotes."],
  ['object', 'a', "'prop' is a string, but must be an object. Use an object, for example '{ ... }'."],
  ['object', [], "'prop' is a list, but must be an object."],
  ['Size', '512Mi', "'prop' is a string, but must be a Size. Use a Size, for example 'Size.mebibytes(512)'."],
  ['Size', {}, "'prop' is an object, but must be a Size."],
  ['HealthCheck', { path: '/' }, "but must be a HealthCheck. Use the factories of 'HealthCheck'."],
  ['string[]', 'a', "'prop' is a string, but must be a list. Use a list, for example 'prop: [...]'."],
  ['string[]', ['a', 1], "'prop[1]' is a number, but must be a string."],
  ['string[]', [null], "'prop[0]' is null, but must be a string."],
  ['string{}', ['a'], "'prop' is a list, but must be an object."],
  ['string{}', { a: 1 }, "'prop.a' is a number, but must be a string."],
])('refuses %s: %p', (type, value, error) => expect(check(type, value)).toThrow(error));

test('does not print the value, which can be a credential', () => {
  expect(check('number', 'secret')).not.toThrow('secret');
});
