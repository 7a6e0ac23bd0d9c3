/** The table of docs/safe-defaults.md, from the rules; run as a program it writes the page. */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Waiver } from '../../src';
import { RULES } from '../../src/safety/rules';

const [BEGIN, END] = ['<!-- rules: written by `npx projen docs:rules` -->\n\n', '\n<!-- end of the rules -->'];

/** The page with its table as the rules have it. */
export function withRules(page: string): string {
  const table = [
    ['rule', 'what holds', 'or else', 'what the patterns set', 'in plain YAML', 'waiver'],
    Array(6).fill('---'),
    ...RULES.map(({ id, severity, documentationUrl: see, summary, rationale: why, safeDefault, fix }) => [
      `[\`${id}\`](${see}) ${severity}`,
      summary,
      why,
      safeDefault?.what ?? fix.construct,
      fix.yaml,
      waiverOf(id),
    ]),
  ]
    .map(cells => `| ${cells.join(' | ')} |\n`)
    .join('');
  const [head] = page.split(BEGIN);
  const [, tail] = page.split(END);
  return `${head}${BEGIN}${table}${END}${tail}`;
}

/** How a waiver of the rule is written. */
function waiverOf(id: string): string {
  const make = Waiver as unknown as Record<string, (reason: string) => Waiver>;
  const named = Object.getOwnPropertyNames(Waiver).find(
    name => name !== 'of' && typeof make[name] === 'function' && make[name]('').rule === id,
  );
  return `\`${named === undefined ? 'Waiver.of' : `Waiver.${named}`}\``;
}

if (require.main === module) {
  const file = join(__dirname, '..', '..', 'docs', 'safe-defaults.md');
  writeFileSync(file, withRules(readFileSync(file, 'utf8')));
}
