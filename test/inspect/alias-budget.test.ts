import { AliasBudget } from '../../src/inspect/alias-budget';

/** A sequence of one list, first with an anchor and then through aliases. */
const repeated = (items: number, times: number) => Array<unknown>(times).fill(Array(items).fill('x'));

const check = (value: unknown) => () => new AliasBudget().check(value);

test.each([
  ['few values, most of them from aliases', repeated(9, 60)],
  ['300,000 values, 98% of them from aliases', repeated(6000, 50)],
  ['2,000,000 values, a third of them from aliases', [repeated(660_000, 2), Array(700_000).fill('x')]],
  ['500,000 values without aliases', Array(500_000).fill('x')],
  ['a small mapping that is used often', Array<unknown>(3000).fill({ a: { b: [1, 2] } })],
])('accepts %s', (_, value) => {
  expect(check(value)).not.toThrow();
});

test.each([
  ['400,000 values, more than 99% of them from aliases', repeated(2000, 200)],
  ['2,000,000 values, most of them from aliases', repeated(400_000, 5)],
])('refuses %s', (_, value) => {
  expect(check(value)).toThrow('The aliases expand to more values than kubectl accepts.');
});

test('refuses a value that contains itself', () => {
  const value: Record<string, unknown> = {};
  value.list = [value];
  expect(check(value)).toThrow('An alias refers to a value that contains the alias.');
});
