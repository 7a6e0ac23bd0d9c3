import { withOperators } from './operators-page';
import { read } from './source-files';
import { OPERATOR_KINDS } from '../../src/facts/operators';

test('the table of operators is generated from the facts, and names every kind', () => {
  const page = read('docs/audit-input.md');
  expect(page).toBe(withOperators(page));
  OPERATOR_KINDS.forEach(({ kind, group }) => expect(page).toMatch(new RegExp(`\\[\`${kind}\`\\].*\`${group}\``)));
});
