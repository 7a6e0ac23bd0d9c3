import type { ManifestObject, ManifestProblem, Place } from '../../inspect/manifest';
import type { Rule } from '../rule';
import type { Audit, Finding, ObjectWaiver } from '../run';
import { WAIVER_ANNOTATION } from '../waiver';

/** The contents of a report: the findings of an audit, and the documents that could not be read. */
export interface Report extends Audit {
  readonly problems: readonly ManifestProblem[];
}

/** The place of a finding in its file; `undefined` for objects of constructs. */
export function placeOf({ object, at }: Finding): Place | undefined {
  return object.source.locate(at);
}

/** The place of a waiver in its file; `undefined` if it is not an annotation in a file. */
export function placeOfWaiver({ object, ruleId }: ObjectWaiver): Place | undefined {
  return object?.source.locate(['metadata', 'annotations', `${WAIVER_ANNOTATION}${ruleId}`]);
}

/** A place in the form that editors and terminals link, `shop.yaml:14:9`, or the path of a construct. */
export function describePlace(place: Place | undefined, object?: ManifestObject): string {
  if (place) {
    return `${place.file}:${place.line}:${place.column}`;
  }
  return object?.source.constructPath ? `[${object.source.constructPath}]` : '';
}

/** The fix in the language of the source: constructs or YAML. */
export function remedyOf({ object, rule }: Finding): string {
  return object.source.constructPath === undefined ? rule.fix.yaml : rule.fix.construct;
}

/** The findings that are not waived. */
export function openFindings({ findings }: Audit): Finding[] {
  return findings.filter(({ reason }) => reason === undefined);
}

/** The findings that are waived. */
export function waivedFindings({ findings }: Audit): Finding[] {
  return findings.filter(({ reason }) => reason !== undefined);
}

/** The rules of findings, each once. */
export function rulesOf(findings: readonly Finding[]): Rule[] {
  return [...new Set(findings.map(({ rule }) => rule))];
}

/** A waiver without effect, and what to do about it. */
export interface WaiverNote {
  readonly waiver: ObjectWaiver;
  readonly kind: 'invalid' | 'unused';
  readonly message: string;
}

/** The waivers without effect, invalid ones first. */
export function waiverNotes({ invalidWaivers, unusedWaivers }: Audit): WaiverNote[] {
  return [
    ...invalidWaivers.map((waiver): WaiverNote => ({ waiver, kind: 'invalid', message: waiver.message })),
    ...unusedWaivers.map((waiver): WaiverNote => ({
      waiver,
      kind: 'unused',
      message: `The waiver of '${waiver.ruleId}' matches no finding. Remove it.`,
    })),
  ];
}

export function countFindings(report: Report) {
  const open = openFindings(report);
  const errors = open.filter(({ rule }) => rule.severity === 'error').length;
  return {
    objects: report.objects.length,
    errors,
    warnings: open.length - errors,
    waived: report.findings.length - open.length,
    unreadable: report.problems.length,
  };
}

/** `2 errors and 1 warning in 3 objects, 1 finding waived, 1 document unreadable`. */
export function summarize(report: Report): string {
  const { objects, errors, warnings, waived, unreadable } = countFindings(report);
  const found = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  return [
    `${found.length > 0 ? found.join(' and ') : 'No findings'} in ${plural(objects, 'object')}`,
    ...(waived > 0 ? [`${plural(waived, 'finding')} waived`] : []),
    ...(unreadable > 0 ? [`${plural(unreadable, 'document')} unreadable`] : []),
  ].join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
