import {
  describePlace,
  openFindings,
  placeOf,
  placeOfWaiver,
  remedyOf,
  Report,
  summarize,
  waivedFindings,
} from './report';
import { describeObject } from '../../inspect/manifest';

/** For comments of pull requests and summaries of jobs. */
export function toMarkdown(report: Report): string {
  const open = openFindings(report);
  const waived = waivedFindings(report);
  const idle = [
    ...report.invalidWaivers.map(waiver => [
      describePlace(placeOfWaiver(waiver), waiver.object),
      waiver.ruleId,
      waiver.message,
    ]),
    ...report.unusedWaivers.map(waiver => [
      describePlace(placeOfWaiver(waiver), waiver.object),
      waiver.ruleId,
      'it finds nothing that it waives. remove it',
    ]),
  ];
  return [
    `**${summarize(report)}**\n`,
    ...table(
      'Could not be read',
      ['where', 'why'],
      report.problems.map(problem => [describePlace(problem), problem.message]),
    ),
    ...table(
      'Findings',
      ['where', 'rule', 'what', 'fix'],
      open.map(finding => [
        describePlace(placeOf(finding), finding.object),
        `${finding.rule.id} (${finding.rule.severity})`,
        `${describeObject(finding.object)}: ${finding.message}`,
        remedyOf(finding),
      ]),
    ),
    ...table(
      'Why',
      ['rule', 'what should hold', 'otherwise', 'see'],
      [...new Set(open.map(({ rule }) => rule))].map(({ id, summary, rationale: why, documentationUrl: see }) => [
        id,
        summary,
        why,
        see,
      ]),
    ),
    ...table(
      'Waived',
      ['where', 'rule', 'what', 'reason'],
      waived.map(finding => [
        describePlace(placeOf(finding), finding.object),
        finding.rule.id,
        `${describeObject(finding.object)}: ${finding.message}`,
        finding.reason!,
      ]),
    ),
    ...table('Waivers that waive nothing', ['where', 'rule', 'why'], idle),
  ].join('\n');
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0
    ? []
    : [
        '### ' +
          `${title}\n\n${[head, head.map(() => '---'), ...rows.map(row => row.map(escape))].map(cells => `| ${cells.join(' | ')} |`).join('\n')}\n`,
      ];
}

// names and values of manifests may hold anything
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|~]/g, '\\$&').replace(/[\s\p{Cc}]+/gu, ' ');
}
