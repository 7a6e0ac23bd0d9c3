import { RULES } from '../../src/safety/rules';
import { select } from '../../src/safety/selection';

const ids = (selection: Parameters<typeof select>[0]) => select(selection).rules.map(({ id }) => id);

test('selects the profile about storage by default, and the other profile with it', () => {
  expect(ids({})).toContain('state-on-claim');
  expect(ids({})).not.toContain('network-policy');
  expect(ids({ profile: 'hygiene' })).toEqual(RULES.map(({ id }) => id));
});

test('selects a rule by its id in any profile', () => {
  expect(ids({ rules: ['network-policy'] })).toEqual(['network-policy']);
});

test('knows the rules of other profiles, which waivers can name', () => {
  expect(() => select({ waivers: [['network-policy', 'the mesh has its policies']] })).not.toThrow();
});

test.each([
  [{ profile: 'all' as 'storage' }, "Unknown profile 'all'. Use 'storage' or 'hygiene'."],
  [{ severity: 'fatal' as 'error' }, "Unknown severity 'fatal'. Use 'error', 'warning' or 'info'."],
])('refuses %j', (selection, message) => {
  expect(() => select(selection)).toThrow(message);
});
