import { keptByObject, keptByString } from '../../src/checks/memo';

describe('results kept by object', () => {
  test('are computed once for each object', () => {
    const compute = jest.fn(({ size }: { size: number }) => size > 0);
    const isFull = keptByObject(compute);
    const [empty, full] = [{ size: 0 }, { size: 1 }];
    expect([isFull(empty), isFull(full), isFull(empty), isFull(full), isFull({ size: 0 })]).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    expect(compute).toHaveBeenCalledTimes(3);
  });

  test('are computed with the further arguments', () => {
    const add = keptByObject(({ size }: { size: number }, more: number) => size + more);
    const one = { size: 1 };
    expect([add(one, 2), add(one, 2), add({ size: 2 }, 3)]).toEqual([3, 3, 5]);
  });

  test('are computed again if they are undefined', () => {
    const compute = jest.fn(() => undefined);
    const none = keptByObject(compute);
    const key = {};
    none(key);
    none(key);
    expect(compute).toHaveBeenCalledTimes(2);
  });
});

describe('results kept by string', () => {
  test('are computed once for each string, also if they are undefined', () => {
    const compute = jest.fn((text: string) => (text === '' ? undefined : text.length));
    const lengthOf = keptByString(compute);
    expect([lengthOf('ab'), lengthOf(''), lengthOf('ab'), lengthOf('')]).toEqual([2, undefined, 2, undefined]);
    expect(compute).toHaveBeenCalledTimes(2);
  });

  test('are not kept for long strings', () => {
    const compute = jest.fn((text: string) => text.length);
    const lengthOf = keptByString(compute);
    const long = 'a'.repeat(100_000);
    expect([lengthOf(long), lengthOf(long)]).toEqual([100_000, 100_000]);
    expect(compute).toHaveBeenCalledTimes(2);
  });

  test('are bounded in number', () => {
    const compute = jest.fn((text: string) => text);
    const same = keptByString(compute);
    const texts = Array.from({ length: 10_000 }, (_, i) => String(i));
    expect([...texts, '0'].map(same)).toEqual([...texts, '0']);
    expect(compute).toHaveBeenCalledTimes(10_001);
  });
});
