/** Renders the table of docs/safe-defaults.md from the rules. As a program, it writes the page. */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Waiver } from '../../src';
import { RULES } from '../../src/safety/rules';

const [BEGIN, END] = ['<!-- rules: written by `npx projen docs:rules` -->\n\n', '\n<!-- end of the rules -->'];

const HEADINGS = ['Rule', 'Requirement', 'Risk', 'Safe default', 'Fix with constructs', 'Fix in YAML', 'Waiver'];

/** Replaces the table of the page. */
export function withRules(page: string): string {
  const table = [
    HEADINGS,
    HEADINGS.map(() => '---'),
    ...RULES.map(({ id, severity, profile, documentationUrl, summary, rationale, safeDefault, fix }) => [
      `[\`${id}\`](${documentationUrl}) ${severity}, ${profile}`,
      summary,
      rationale,
      safeDefault?.what ?? '',
      fix.construct,
      fix.yaml,
      waiverOf(id),
    ]),
  ]
    .map(cells => `|${cells.map(cell => (cell ? ` ${cell} |` : ' |')).join('')}\n`)
    .join('');
  const [head] = page.split(BEGIN);
  const [, tail] = page.split(END);
  return `${head}${BEGIN}${table}${END}${tail}`;
}

/** The factory that waives a rule. */
function waiverOf(id: string): string {
  const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return `\`Waiver.${Object.hasOwn(Waiver, name) ? name : 'of'}\``;
}

if (require.main === module) {
  const file = join(__dirname, '..', '..', 'docs', 'safe-defaults.md');
  writeFileSync(file, withRules(readFileSync(file, 'utf8')));
}
