import { escapeMarkdown } from '../../checks/escape-markdown';
import { sentence } from '../../checks/message';
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
        `> **Unreadable document:** ${escapeMarkdown(`${file}:${line}:${column}: ${message}`)}\n`,
    ),
    ...workloads.map(section),
  ].join('\n');
}

function section(workload: MappedWorkload): string {
  const findings = findingsOf(workload).map(findingItem);
  return [
    `## ${escapeMarkdown(titleOf(workload))}`,
    '',
    escapeMarkdown([describeReplicas(workload), originOf(workload)].filter(Boolean).join(', ')),
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
        escapeMarkdown,
      ),
    ),
  ];
}

function findingItem({ finding: { rule, severity, message }, paths }: LocatedFinding): string {
  const text = escapeMarkdown(`${rule.id}: ${sentence(message)} (${paths.join(', ')})`);
  return `- **${escapeMarkdown(severity)}** ${text}`;
}
