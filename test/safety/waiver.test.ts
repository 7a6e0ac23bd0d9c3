import { Waiver } from '../../src';
import { RULE_IDS } from '../../src/safety/rules';
import { waiverCall } from '../../src/safety/waiver';

const factories = Object.getOwnPropertyNames(Waiver).filter(
  name => name !== 'of' && typeof Waiver[name as keyof typeof Waiver] === 'function',
) as Exclude<keyof typeof Waiver, 'of' | 'prototype'>[];

it('has a factory for each of the nineteen defaults that the patterns set', () => {
  expect(factories).toHaveLength(19);
});

it.each(factories)('waives with the factory %s the rule of that name', name => {
  const { rule, reason } = Waiver[name]('because of this test');
  expect(rule.replace(/-(.)/g, (_, letter) => letter.toUpperCase())).toBe(name);
  expect(RULE_IDS).toContain(rule);
  expect(reason).toBe('because of this test');
  expect(waiverCall(rule)).toBe(`Waiver.${name}(reason)`);
});

it('writes a waiver of any other rule with its id', () => {
  expect(waiverCall('headless-service')).toBe("Waiver.of('headless-service', reason)");
});
