import { writtenModeProblem } from '../../src/predicates/written-mode';

test.each<[unknown, string | undefined]>([
  [444, 'is the decimal number 444, which is 0674 and not 0444'],
  [400, 'is the decimal number 400, which is 0620 and not 0400'],
  [755, 'is the decimal number 755, which the API server rejects because it is more than 0777'],
  ['0440', "is the string '0440', which the API server rejects"],
  ['0o440', "is the string '0o440', which the API server rejects"],
  ['rw', undefined],
  [undefined, undefined],
  [0o444, undefined],
  [0o777, undefined],
  [0, undefined],
])('finds the problem of the mode %j', (mode, problem) => {
  expect(writtenModeProblem(mode)).toBe(problem);
});

test('accepts every usual mode that is written as an octal number', () => {
  const modes = [0o400, 0o440, 0o444, 0o500, 0o550, 0o555, 0o600, 0o640, 0o644, 0o660, 0o664, 0o666];
  expect([...modes, 0o700, 0o750, 0o755, 0o770, 0o775].flatMap(mode => writtenModeProblem(mode) ?? [])).toEqual([]);
});
