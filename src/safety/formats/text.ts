import { styleText } from 'util';
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
  WaiverNote,
  waiverNotes,
} from './report';
import { describeObject, ManifestProblem } from '../../inspect/manifest';
import type { Rule } from '../rule';
import type { Finding } from '../run';

type Style = Parameters<typeof styleText>[0];

/**
 * Formats a report as plain text: a line for each finding, which editors and terminals link to its place, with the fix
 * below it. The rationales of the rules follow at the end.
 */
export function toText(report: Report, { colors = false }: { readonly colors?: boolean } = {}): string {
  const lines = new TextLines(colors);
  const open = openFindings(report);
  const rules = rulesOf(open);
  return [
    ...report.problems.map(problem => lines.problem(problem)),
    ...open.map(finding => lines.openFinding(finding)),
    ...waivedFindings(report).map(finding => lines.waivedFinding(finding)),
    ...waiverNotes(report).map(note => lines.waiverNote(note)),
    ...rules.map(rule => `\n${lines.rule(rule)}`),
    `${rules.length > 0 ? '\n' : ''}${lines.styled('bold', summarize(report))}\n`,
  ].join('\n');
}

class TextLines {
  constructor(private readonly colors: boolean) {}

  public problem(problem: ManifestProblem): string {
    return this.line(describePlace(problem), 'magenta', 'unreadable:', problem.message);
  }

  public openFinding(finding: Finding): string {
    const { severity, id } = finding.rule;
    const place = describePlace(placeOf(finding), finding.object);
    const style = severity === 'error' ? 'red' : 'yellow';
    const fix = `    ${this.styled('green', 'Fix:')} ${printable(remedyOf(finding))}`;
    return `${this.line(place, style, `${severity} ${id}`, describe(finding))}\n${fix}`;
  }

  public waivedFinding(finding: Finding): string {
    const place = describePlace(placeOf(finding), finding.object);
    const text = `${describe(finding)} Reason of the waiver: ${finding.reason}`;
    return this.line(place, 'gray', `waived ${finding.rule.id}`, text);
  }

  public waiverNote({ waiver, kind, message }: WaiverNote): string {
    return this.line(describePlace(placeOfWaiver(waiver), waiver.object), 'yellow', `${kind} waiver:`, message);
  }

  public rule({ id, summary, rationale, documentationUrl }: Rule): string {
    return [
      `${this.styled('bold', id)}: ${printable(`${summary} ${rationale}`)}`,
      ...(documentationUrl ? [`    ${this.styled('gray', documentationUrl)}`] : []),
    ].join('\n');
  }

  public styled(style: Style, text: string): string {
    return this.colors ? styleText(style, printable(text), { validateStream: false }) : printable(text);
  }

  private line(place: string, style: Style, label: string, text: string): string {
    return [...(place ? [this.styled('bold', place)] : []), this.styled(style, label), printable(text)].join(' ');
  }
}

function describe({ object, message }: Finding): string {
  return `${describeObject(object)}: ${message}`;
}

/** Escapes control characters. A name in a manifest could use them to move the cursor or forge a line of a log. */
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
