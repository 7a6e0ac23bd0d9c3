import {
  describePlace,
  openFindings,
  placeOf,
  placeOfWaiver,
  remedyOf,
  Report,
  rulesOf,
  summarize,
  waivedFindings,
  waiverNotes,
} from './report';
import { describeObject } from '../../inspect/manifest';
import type { Finding } from '../run';

/** Formats a report as Markdown tables, which comments on pull requests and job summaries can show. */
export function toMarkdown(report: Report): string {
  const open = openFindings(report);
  return [
    `**${summarize(report)}**\n`,
    ...table(
      'Unreadable documents',
      ['Place', 'Problem'],
      report.problems.map(problem => [describePlace(problem), problem.message]),
    ),
    ...table(
      'Findings',
      ['Place', 'Rule', 'Problem', 'Fix'],
      open.map(finding => [
        placeText(finding),
        `${finding.rule.id} (${finding.rule.severity})`,
        problemText(finding),
        remedyOf(finding),
      ]),
    ),
    ...table(
      'Rules',
      ['Rule', 'Requirement', 'Rationale', 'Documentation'],
      rulesOf(open).map(({ id, summary, rationale, documentationUrl = '' }) => [
        id,
        summary,
        rationale,
        documentationUrl,
      ]),
    ),
    ...table(
      'Waived findings',
      ['Place', 'Rule', 'Problem', 'Reason of the waiver'],
      waivedFindings(report).map(finding => [
        placeText(finding),
        finding.rule.id,
        problemText(finding),
        finding.reason!,
      ]),
    ),
    ...table(
      'Waivers without effect',
      ['Place', 'Rule', 'Problem'],
      waiverNotes(report).map(({ waiver, message }) => [
        describePlace(placeOfWaiver(waiver), waiver.object),
        waiver.ruleId,
        message,
      ]),
    ),
  ].join('\n');
}

function placeText(finding: Finding): string {
  return describePlace(placeOf(finding), finding.object);
}

function problemText({ object, message }: Finding): string {
  return `${describeObject(object)}: ${message}`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) {
    return [];
  }
  const lines = [head, head.map(() => '---'), ...rows.map(row => row.map(escape))].map(
    cells => `| ${cells.join(' | ')} |`,
  );
  return [`### ${title}\n\n${lines.join('\n')}\n`];
}

/** Escapes Markdown, which names and values of manifests can contain. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|~]/g, '\\$&').replace(/[\s\p{Cc}]+/gu, ' ');
}
