import { visible } from '../markup/visible';
import type { MappedWorkload, Model } from '../model';
import { COLUMNS, describeContainer, describeNotes, describeReplicas, findingsOf, originOf, titleOf } from '../words';

/** A section for each workload with a table of all its paths. */
export function toMarkdown({ workloads, problems }: Model): string {
  return [
    ...problems.map(
      ({ file, line, column, message }) => `> **Not read:** ${escape(`${file}:${line}:${column}: ${message}`)}\n`,
    ),
    ...workloads.map(section),
  ].join('\n');
}

function section(workload: MappedWorkload): string {
  const containers = new Map(workload.containers.map(container => [container.name, describeContainer(container)]));
  const table = [
    ['container', ...COLUMNS.map(({ title }) => title), 'notes'],
    ['---', ...COLUMNS.map(() => '---'), '---'],
    ...workload.rows.map(row =>
      [containers.get(row.container)!, ...COLUMNS.map(({ of }) => of(row)), describeNotes(row).join('; ')].map(escape),
    ),
  ];
  const findings = findingsOf(workload).map(
    ({ finding, paths }) =>
      `- **${escape(finding.rule.severity)}** ${escape(finding.rule.id)}: ${escape(finding.message)} ` +
      `(${paths.map(escape).join(', ')})`,
  );
  return [
    `## ${escape(titleOf(workload))}`,
    '',
    escape([describeReplicas(workload), originOf(workload)].filter(Boolean).join(', ')),
    '',
    ...table.map(cells => `| ${cells.join(' | ')} |`),
    ...(findings.length > 0 ? ['', ...findings] : []),
    '',
  ].join('\n');
}

/** Nothing of a manifest is markup: neither Markdown's nor HTML's, nor a link that a renderer would make by itself. */
function escape(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~$]/g, character => `&#${character.charCodeAt(0)};`)
    .replace(/:\/\//g, ':&#47;&#47;')
    .replace(/@/g, '&#64;')
    .replace(/\bwww\./gi, match => `${match.slice(0, -1)}&#46;`)
    .replace(/^(\s*)([-=])/gm, (_, space, character) => `${space}&#${character.charCodeAt(0)};`);
}
