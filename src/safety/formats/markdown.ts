import { defaultGrouping, groupFindings, Grouping } from './grouping';
import {
  describePlace,
  keepWorst,
  openFindings,
  placeOf,
  placeOfWaiver,
  remedyOf,
  Report,
  rulesOf,
  waivedFindings,
  waiverNotes,
} from './report';
import { remarks, summarize } from './summary';
import { escapeMarkdown } from '../../checks/escape-markdown';
import { describeObject } from '../../inspect/manifest';
import type { Finding } from '../run';

/**
 * The largest job summary that GitHub shows.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
const MAX_BYTES = 1024 * 1024;

/** The part of the largest size that a cut report has at least, and the part that the search aims at. */
const [ENOUGH, TARGET] = [0.98, 0.99];

export interface MarkdownOptions {
  /** The subjects that the findings are grouped by; rules if omitted and there are many findings. */
  readonly group?: Grouping;
}

/**
 * Formats a report as Markdown tables, which comments on pull requests and job summaries can show. A report that is too
 * large for a job summary of GitHub contains the worst findings only, and says so.
 */
export function toMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const group = options.group ?? defaultGrouping(openFindings(report));
  const markdown = render(report, group);
  return Buffer.byteLength(markdown) <= MAX_BYTES ? markdown : renderLargest(report, group, markdown);
}

/** Renders nearly as many entries as fit. The size grows evenly with the entries, so few renderings are needed. */
function renderLargest(report: Report, group: Grouping, whole: string): string {
  let result = render(shortened(report, 0), group);
  let [lower, upper] = [0, Math.max(report.findings.length, report.problems.length, waiverNotes(report).length)];
  let excess = Buffer.byteLength(whole);
  while (upper - lower > 1 && Buffer.byteLength(result) < MAX_BYTES * ENOUGH) {
    const size = Buffer.byteLength(result);
    const share = (MAX_BYTES * TARGET - size) / (excess - size);
    const limit = Math.min(Math.max(lower + Math.floor((upper - lower) * share), lower + 1), upper - 1);
    const candidate = render(shortened(report, limit), group);
    if (Buffer.byteLength(candidate) <= MAX_BYTES) {
      [lower, result] = [limit, candidate];
    } else {
      [upper, excess] = [limit, Buffer.byteLength(candidate)];
    }
  }
  return result;
}

/** Returns a report whose lists have a number of entries at most. */
function shortened(report: Report, limit: number): Report {
  return {
    ...keepWorst(report, limit),
    problems: report.problems.slice(0, limit),
    invalidWaivers: report.invalidWaivers.slice(0, limit),
    unusedWaivers: report.unusedWaivers.slice(0, limit),
  };
}

function render(report: Report, group: Grouping): string {
  const open = openFindings(report);
  return [
    `**${summarize(report)}**\n`,
    ...remarks(report).map(remark => `${escapeMarkdown(remark)}\n`),
    ...table(
      'Unreadable documents',
      ['Place', 'Problem'],
      report.problems.map(problem => [describePlace(problem), problem.message]),
    ),
    ...(group === 'none' ? findingTable(open) : groupTables(open, group, report)),
    ...(group === 'rule' ? [] : ruleTable(open)),
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

function findingTable(findings: readonly Finding[], title = 'Findings'): string[] {
  return table(
    title,
    ['Place', 'Rule', 'Problem', 'Fix'],
    findings.map(finding => [placeText(finding), ruleText(finding), problemText(finding), remedyOf(finding)]),
  );
}

function groupTables(findings: readonly Finding[], group: Exclude<Grouping, 'none'>, report: Report): string[] {
  return groupFindings(findings, group, report).flatMap(
    ({ title, count, severity, findings: members, isUniversal }) => {
      if (group !== 'rule') {
        return findingTable(members, `${escapeMarkdown(title)}: ${count}`);
      }
      const [first] = members;
      const { summary, rationale, documentationUrl } = first.rule;
      return table(
        `${title} (${severity}): ${count}`,
        ['Place', 'Problem'],
        (isUniversal ? [first] : members).map(finding => [placeText(finding), problemText(finding)]),
        [
          [escapeMarkdown(`${summary} ${rationale}`), ...linkOf(documentationUrl)].join(' '),
          `Fix: ${escapeMarkdown(remedyOf(first))}`,
          ...(isUniversal ? ['Every pod has this finding. An example:'] : []),
        ],
      );
    },
  );
}

function ruleTable(findings: readonly Finding[]): string[] {
  return table(
    'Rules',
    ['Rule', 'Requirement', 'Rationale'],
    rulesOf(findings).map(({ id, summary, rationale, documentationUrl }) => [
      id,
      summary,
      new Markdown([escapeMarkdown(rationale), ...linkOf(documentationUrl)].join(' ')),
    ]),
  );
}

/** The link to the page that explains a rule. */
function linkOf(documentationUrl: string | undefined): string[] {
  return documentationUrl === undefined ? [] : [`([documentation](${documentationUrl}))`];
}

function ruleText({ rule, severity }: Finding): string {
  return `${rule.id} (${severity})`;
}

function placeText(finding: Finding): string {
  return describePlace(placeOf(finding), finding.object);
}

function problemText({ object, message }: Finding): string {
  return `${describeObject(object)}: ${message}`;
}

/** A string that is Markdown already. */
class Markdown {
  constructor(public readonly text: string) {}
}

function cellOf(cell: string | Markdown): string {
  return cell instanceof Markdown ? cell.text : escapeMarkdown(cell);
}

/** Returns a heading, paragraphs and a table; nothing for a table without rows. */
function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | Markdown)[])[],
  paragraphs: readonly string[] = [],
): string[] {
  if (rows.length === 0) {
    return [];
  }
  const lines = [head, head.map(() => '---'), ...rows.map(row => row.map(cellOf))].map(
    cells => `| ${cells.join(' | ')} |`,
  );
  return [[`### ${title}`, ...paragraphs, lines.join('\n')].join('\n\n') + '\n'];
}
