import { sentence } from '../../checks/message';
import { visible } from '../markup/visible';
import type { MappedWorkload, Model } from '../model';
import {
  COLUMNS,
  describeContainer,
  describeNotes,
  describeReplicas,
  findingsOf,
  LocatedFinding,
  originOf,
  titleOf,
} from '../words';

/** Writes a section for each workload with a table of all its paths. */
export function toMarkdown({ workloads, problems }: Model): string {
  return [
    ...problems.map(
      ({ file, line, column, message }) =>
        `> **Unreadable document:** ${escape(`${file}:${line}:${column}: ${message}`)}\n`,
    ),
    ...workloads.map(section),
  ].join('\n');
}

function section(workload: MappedWorkload): string {
  const findings = findingsOf(workload).map(findingItem);
  return [
    `## ${escape(titleOf(workload))}`,
    '',
    escape([describeReplicas(workload), originOf(workload)].filter(Boolean).join(', ')),
    '',
    ...table(workload).map(cells => `| ${cells.join(' | ')} |`),
    ...(findings.length > 0 ? ['', ...findings] : []),
    '',
  ].join('\n');
}

function table({ containers, rows }: MappedWorkload): string[][] {
  const labels = new Map(containers.map(container => [container.name, describeContainer(container)]));
  const titles = ['container', ...COLUMNS.map(({ title }) => title), 'notes'];
  return [
    titles,
    titles.map(() => '---'),
    ...rows.map(row =>
      [labels.get(row.container)!, ...COLUMNS.map(({ valueOf }) => valueOf(row)), describeNotes(row).join(' ')].map(
        escape,
      ),
    ),
  ];
}

function findingItem({ finding: { rule, severity, message }, paths }: LocatedFinding): string {
  const text = `${escape(rule.id)}: ${escape(sentence(message))} (${paths.map(escape).join(', ')})`;
  return `- **${escape(severity)}** ${text}`;
}

/** Escapes Markdown, HTML, and anything that renderers turn into a link or a mention. */
function escape(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$]/g, character => `&#${character.charCodeAt(0)};`)
    .replace(/:\/\//g, ':&#47;&#47;')
    .replace(/@/g, '&#64;')
    .replace(/\bwww\./gi, match => `${match.slice(0, -1)}&#46;`)
    .replace(/^([ \t]*)([-=])/gm, (_, space, character) => `${space}&#${character.charCodeAt(0)};`);
}
