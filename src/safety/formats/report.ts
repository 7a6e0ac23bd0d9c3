import type { ManifestObject, ManifestProblem, Place } from '../../inspect/manifest';
import type { Audit, Finding, IdleWaiver } from '../run';
import { WAIVER_ANNOTATION } from '../waiver';

/** What a format writes: what an audit found, and what it could not read. */
export interface Report extends Audit {
  readonly problems: readonly ManifestProblem[];
}

/** Where a finding stands in its file; objects of constructs stand in none. */
export function placeOf({ object, at }: Finding): Place | undefined {
  return object.source.locate(at);
}

/** Where a waiver stands, when an object carries it. */
export function placeOfWaiver({ object, ruleId }: IdleWaiver): Place | undefined {
  return object?.source.locate(['metadata', 'annotations', `${WAIVER_ANNOTATION}${ruleId}`]);
}

/** A place as editors and terminals link it, `shop.yaml:14:9`, or the path of the construct. */
export function describePlace(place: Place | undefined, object?: ManifestObject): string {
  if (place) {
    return `${place.file}:${place.line}:${place.column}`;
  }
  return object?.source.constructPath ? `[${object.source.constructPath}]` : '';
}

/** How to mend it where it was written. */
export function remedyOf({ object, rule }: Finding): string {
  return object.source.constructPath === undefined ? rule.fix.yaml : rule.fix.construct;
}

/** What counts: findings that nobody waived. */
export function openFindings({ findings }: Audit): Finding[] {
  return findings.filter(({ reason }) => reason === undefined);
}

export function waivedFindings({ findings }: Audit): Finding[] {
  return findings.filter(({ reason }) => reason !== undefined);
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

/** `2 errors and 1 warning in 3 objects, 1 waived`. */
export function summarize(report: Report): string {
  const { objects, errors, warnings, waived, unreadable } = countFindings(report);
  const found = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  return [
    `${found.length > 0 ? found.join(' and ') : 'nothing found'} in ${plural(objects, 'object')}`,
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(unreadable > 0 ? [`${plural(unreadable, 'document')} could not be read`] : []),
  ].join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
