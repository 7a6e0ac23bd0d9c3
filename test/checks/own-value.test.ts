import { ownValue } from '../../src/checks/own-value';

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf', ''])('has no value for %j', key => {
  expect(ownValue({ a: 1 }, key)).toBeUndefined();
  expect(ownValue(JSON.parse(`{"${key}": 1}`), key)).toBe(1);
});
