import type { ManifestObject, ManifestProblem, Place } from '../../inspect/manifest';
import type { Audit, Finding, IdleWaiver } from '../audit';
import type { Severity } from '../rule';
import { WAIVER_ANNOTATION } from '../waiver';

/** What a format writes: what an audit found, and what it could not read. */
export interface Report extends Audit {
  readonly problems: readonly ManifestProblem[];
}

/** Where a finding stands in its file; objects of constructs stand in none. */
export function placeOf({ object, at }: Pick<Finding, 'object' | 'at'>): Place | undefined {
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

/** What counts: findings that nobody waived. */
export function openFindings({ findings }: Audit): Finding[] {
  return findings.filter(({ reason }) => reason === undefined);
}

export function waivedFindings({ findings }: Audit): Finding[] {
  return findings.filter(({ reason }) => reason !== undefined);
}

/** `2 errors and 1 warning in 3 objects, 1 waived`. */
export function summarize(report: Report): string {
  const open = openFindings(report);
  const number = (severity: Severity) => open.filter(({ rule }) => rule.severity === severity).length;
  const counts = [[number('error'), 'error'] as const, [number('warning'), 'warning'] as const].filter(([count]) => count > 0).map(([count, noun]) => plural(count, noun));
  const waived = waivedFindings(report).length;
  return [
    `${counts.length > 0 ? counts.join(' and ') : 'nothing found'} in ${plural(report.objects.length, 'object')}`,
    ...waived > 0 ? [`${waived} waived`] : [],
    ...report.problems.length > 0 ? [`${plural(report.problems.length, 'document')} could not be read`] : [],
  ].join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
