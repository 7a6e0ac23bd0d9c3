import { Waiver } from '../../src';
import { FACTORIES, waiverCall } from '../../src/safety/waiver';

const factories = Object.getOwnPropertyNames(Waiver).filter(
  name => name !== 'of' && typeof Waiver[name as keyof typeof Waiver] === 'function',
);

test.each(factories)('a message knows that Waiver.%s is the factory of its rule', name => {
  const { rule } = (Waiver as any)[name]('as good a reason as any');
  expect(waiverCall(rule)).toBe(`Waiver.${name}(reason)`);
});

test('no rule has a factory that there is not', () => {
  expect(Object.values(FACTORIES).sort()).toEqual([...factories].sort());
  expect(waiverCall('headless-service')).toBe("Waiver.of('headless-service', reason)");
});
