import { styleText } from 'util';
import { defaultGrouping, FindingGroup, groupFindings, Grouping } from './grouping';
import {
  describePlace,
  openFindings,
  placeOf,
  placeOfWaiver,
  remedyOf,
  Report,
  rulesOf,
  waivedFindings,
  WaiverNote,
  waiverNotes,
} from './report';
import { remarks, summarize } from './summary';
import { visible, withoutCommands } from '../../checks/visible';
import { describeObject, ManifestProblem } from '../../inspect/manifest';
import type { Rule, Severity } from '../rule';
import type { Finding } from '../run';

type Style = Parameters<typeof styleText>[0];

export interface TextOptions {
  readonly colors?: boolean;
  /** The subjects that the findings are grouped by; rules if omitted and there are many findings. */
  readonly group?: Grouping;
}

/**
 * Formats a report as plain text: a line for each finding, which editors and terminals link to its place, with the fix
 * below it. Groups state the fix once.
 */
export function toText(report: Report, { colors = false, group }: TextOptions = {}): string {
  const lines = new TextLines(colors);
  const open = openFindings(report);
  const grouping = group ?? defaultGrouping(open);
  const problems = report.problems.map(problem => lines.problem(problem));
  const notes = [
    ...waivedFindings(report).map(finding => lines.waivedFinding(finding)),
    ...waiverNotes(report).map(note => lines.waiverNote(note)),
  ];
  const findings =
    grouping === 'none'
      ? [[...problems, ...open.flatMap(finding => lines.openFinding(finding)), ...notes]]
      : [problems, ...groupFindings(open, grouping, report).map(members => lines.group(members, grouping)), notes];
  const sections = [
    ...findings,
    ...(grouping === 'rule' ? [] : rulesOf(open).map(rule => lines.legend(rule, open, grouping !== 'none'))),
    [lines.styled('bold', summarize(report)), ...remarks(report).map(visible)],
  ];
  return sections
    .filter(section => section.length > 0)
    .map(section => `${withoutCommands(section.join('\n'))}\n`)
    .join('\n');
}

class TextLines {
  constructor(private readonly colors: boolean) {}

  public problem(problem: ManifestProblem): string {
    return this.line(describePlace(problem), this.styled('magenta', 'unreadable:'), visible(problem.message));
  }

  public openFinding(finding: Finding): string[] {
    return [this.finding(finding, describe(finding)), this.fix(finding)];
  }

  public waivedFinding(finding: Finding): string {
    const text = `${describe(finding)} Reason of the waiver: ${finding.reason}`;
    return this.line(placeText(finding), this.styled('gray', `waived ${finding.rule.id}`), visible(text));
  }

  public waiverNote({ waiver, kind, message }: WaiverNote): string {
    const place = describePlace(placeOfWaiver(waiver), waiver.object);
    return this.line(place, this.styled('yellow', `${kind} waiver:`), visible(message));
  }

  /** Returns the lines of a group: its numbers, the fix if it is of a rule, and a line for each finding. */
  public group({ title, count, findings, severity, isUniversal }: FindingGroup, grouping: Grouping): string[] {
    const [first] = findings;
    if (grouping !== 'rule') {
      const text = grouping === 'file' ? describe : ({ message }: Finding) => message;
      return [
        `${this.styled('bold', title)}: ${visible(count)}`,
        ...findings.map(finding => `  ${this.finding(finding, text(finding))}`),
      ];
    }
    const heading = `${this.styled(STYLES[severity], `${severity} ${title}`)}: ${visible(count)}`;
    const places = (isUniversal ? [first] : findings).map(finding =>
      this.line(placeText(finding), visible(describe(finding))),
    );
    const lead = isUniversal ? '  In every pod, for example ' : '  ';
    return [heading, ...this.explanation(first.rule), this.fix(first), ...places.map(place => `${lead}${place}`)];
  }

  /** Returns the explanation of a rule, with its fix unless each finding has it. */
  public legend(rule: Rule, open: readonly Finding[], hasFix: boolean): string[] {
    const findings = open.filter(finding => finding.rule === rule);
    const [text, ...link] = this.explanation(rule);
    return [
      `${this.styled('bold', rule.id)}: ${text.trimStart()}`,
      ...(hasFix ? [this.fix(findings[0])] : []),
      ...link,
    ];
  }

  public styled(style: Style, text: string): string {
    return this.colors ? styleText(style, visible(text), { validateStream: false }) : visible(text);
  }

  private finding(finding: Finding, text: string): string {
    const { severity, rule } = finding;
    return this.line(placeText(finding), this.styled(STYLES[severity], `${severity} ${rule.id}`), visible(text));
  }

  private fix(finding: Finding): string {
    return `    ${this.styled('green', 'Fix:')} ${visible(remedyOf(finding))}`;
  }

  private explanation({ summary, rationale, documentationUrl }: Rule): string[] {
    return [
      `    ${visible(`${summary} ${rationale}`)}`,
      ...(documentationUrl ? [`    ${this.styled('gray', documentationUrl)}`] : []),
    ];
  }

  private line(place: string, ...parts: readonly string[]): string {
    return [...(place ? [this.styled('bold', place)] : []), ...parts].join(' ');
  }
}

const STYLES: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' };

function placeText(finding: Finding): string {
  return describePlace(placeOf(finding), finding.object);
}

function describe({ object, message }: Finding): string {
  return `${describeObject(object)}: ${message}`;
}
