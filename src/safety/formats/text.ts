import { styleText } from 'util';
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
import type { Rule } from '../rule';
import type { Finding, IdleWaiver } from '../run';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

/**
 * For people: a line a finding, which editors and terminals link, its remedy below it, and at the end why each rule is
 * there.
 */
export function toText(report: Report, { colors = false }: { readonly colors?: boolean } = {}): string {
  const paint: Paint = (style, text) =>
    colors ? styleText(style, printable(text), { validateStream: false }) : printable(text);
  const line = (place: string, style: Style, word: string, text: string) =>
    [...(place ? [paint('bold', place)] : []), paint(style, word), printable(text)].join(' ');
  const idle = (waiver: IdleWaiver, word: string, text: string) =>
    line(describePlace(placeOfWaiver(waiver), waiver.object), 'yellow', word, text);
  const open = openFindings(report);
  const rules = [...new Set(open.map(({ rule }) => rule))];
  return [
    ...report.problems.map(problem => line(describePlace(problem), 'magenta', 'unreadable', problem.message)),
    ...open.flatMap(finding => [
      line(
        describePlace(placeOf(finding), finding.object),
        finding.rule.severity === 'error' ? 'red' : 'yellow',
        `${finding.rule.severity} ${finding.rule.id}`,
        describe(finding),
      ),
      `    ${paint('green', 'fix')} ${remedyOf(finding)}`,
    ]),
    ...waivedFindings(report).map(finding =>
      line(
        describePlace(placeOf(finding), finding.object),
        'gray',
        `waived ${finding.rule.id}`,
        `${describe(finding)}. reason: ${finding.reason}`,
      ),
    ),
    ...report.invalidWaivers.map(waiver => idle(waiver, 'waiver refused', waiver.message)),
    ...report.unusedWaivers.map(waiver =>
      idle(waiver, 'waiver stale', `'${waiver.ruleId}' finds nothing that it waives. remove it`),
    ),
    ...rules.map(rule => `\n${explain(rule, paint)}`),
    `${rules.length > 0 ? '\n' : ''}${paint('bold', summarize(report))}\n`,
  ].join('\n');
}

function describe({ object, message }: Finding): string {
  return `${describeObject(object)}: ${message}`;
}

function explain({ id, summary, rationale: why, documentationUrl: see }: Rule, paint: Paint): string {
  return `${paint('bold', id)}: ${summary}, for ${why}\n    ${paint('gray', see)}`;
}

/** Names of manifests may hold what moves a terminal's cursor, or begins a line of a log. */
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
