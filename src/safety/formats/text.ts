import { styleText } from 'util';
import { describePlace, openFindings, placeOf, placeOfWaiver, Report, summarize, waivedFindings } from './report';
import { describeObject } from '../../inspect/manifest';
import type { IdleWaiver } from '../audit';
import type { Rule } from '../rule';

type Style = Parameters<typeof styleText>[0];

/** For people: a line a finding, which editors and terminals link, its remedy below it, and why each rule is there. */
export function toText(report: Report, { colors = false }: { readonly colors?: boolean } = {}): string {
  const paint = (style: Style, text: string) => colors ? styleText(style, text, { validateStream: false }) : text;
  const line = (place: string, word: string, style: Style, text: string) => `${place ? `${paint('bold', place)} ` : ''}${paint(style, word)} ${text}`;
  const open = openFindings(report);
  const rules = [...new Set(open.map(({ rule }) => rule))];
  return [
    ...report.problems.map(problem => line(describePlace(problem), 'unreadable', 'magenta', problem.message)),
    ...open.flatMap(finding => {
      const { rule, object, message } = finding;
      const place = placeOf(finding);
      return [
        line(describePlace(place, object), `${rule.severity} ${rule.id}`, rule.severity === 'error' ? 'red' : 'yellow', `${describeObject(object)}: ${message}`),
        `    ${paint('green', 'fix')} ${place ? rule.fix.yaml : rule.fix.construct}`,
      ];
    }),
    ...waivedFindings(report).map(finding => line(
      describePlace(placeOf(finding), finding.object), `waived ${finding.rule.id}`, 'gray', `${describeObject(finding.object)}: ${finding.message}. reason: ${finding.reason}`)),
    ...report.refusedWaivers.map(waiver => line(placeOfIdle(waiver), 'waiver refused', 'yellow', waiver.message)),
    ...report.staleWaivers.map(waiver => line(placeOfIdle(waiver), 'waiver stale', 'yellow', `'${waiver.ruleId}' finds nothing that it waives. remove it`)),
    ...rules.map(rule => `\n${explain(rule, paint)}`),
    `${rules.length > 0 ? '\n' : ''}${paint('bold', summarize(report))}`,
    '',
  ].join('\n');
}

function placeOfIdle(waiver: IdleWaiver): string {
  return describePlace(placeOfWaiver(waiver), waiver.object);
}

function explain({ id, summary, why, see }: Rule, paint: (style: Style, text: string) => string): string {
  return `${paint('bold', id)}: ${summary}, for ${why}\n    ${paint('gray', see)}`;
}
