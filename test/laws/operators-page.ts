/** Renders the table of docs/audit-input.md from the facts about operators. As a program, it writes the page. */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { OPERATOR_KINDS } from '../../src/facts/operators';
import type { OperatorKind, OperatorSetting } from '../../src/facts/operators/operator-kind';

const [BEGIN, END] = [
  '<!-- operators: written by `npx projen docs:operators` -->\n\n',
  '\n<!-- end of the operators -->',
];
const HEADINGS = ['Kind', 'API group', 'Storage', 'Data deleted with a pod', 'Data deleted with the object', 'Backup'];

/** Replaces the table of the page. */
export function withOperators(page: string): string {
  const rows = [HEADINGS, HEADINGS.map(() => '---'), ...OPERATOR_KINDS.map(cellsOf)];
  const table = rows.map(cells => `|${cells.map(cell => (cell ? ` ${cell} |` : ' |')).join('')}\n`).join('');
  const [head] = page.split(BEGIN);
  const [, tail] = page.split(END);
  return `${head}${BEGIN}${table}${END}${tail}`;
}

function cellsOf({ kind, group, source, state, deletion = [], backup }: OperatorKind): string[] {
  const ephemeral = state.flatMap(({ set, storage, ephemeral: settings = [], missing }) => [
    ...settings.map(setting => describe({ ...setting, path: `${set}.${setting.path}` })),
    ...(missing === 'deleted' ? [`no \`${set}.${storage[0]}\``] : []),
  ]);
  return [
    `[\`${kind}\`](${source})`,
    `\`${group}\``,
    state.flatMap(({ set, storage }) => storage.map(path => `\`${set}.${path}\``)).join(', '),
    ephemeral.join(', '),
    deletion.map(describe).join(', '),
    [
      ...(backup?.paths ?? []).map(path => `\`${path}\``),
      ...(backup?.objects ?? []).map(object => `an object of kind \`${object.kind}\``),
    ].join(', '),
  ];
}

function describe({ path, value }: OperatorSetting): string {
  return value === undefined ? `\`${path}\`` : `\`${path}: ${value}\``;
}

if (require.main === module) {
  const file = join(__dirname, '..', '..', 'docs', 'audit-input.md');
  writeFileSync(file, withOperators(readFileSync(file, 'utf8')));
}
