import type { ManifestObject, ManifestProblem, Place } from '../../inspect/manifest';
import { coverageOf, Skipped } from '../coverage';
import type { InvalidWaiver, ObjectWaiver } from '../object-waivers';
import { Rule, SEVERITIES, Severity } from '../rule';
import type { Audit, Finding } from '../run';
import type { SafetyCoverage } from '../safety-summary';
import { WAIVER_ANNOTATION } from '../waiver';

/** The numbers of findings and documents. */
export interface Counts {
  readonly objects: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly waived: number;
  /** The findings that the baseline contains. */
  readonly known: number;
  readonly unreadable: number;
}

/** The contents of a report: the findings of an audit, and the input that was not audited. */
export interface Report extends Audit {
  /** The documents that could not be read. */
  readonly problems: readonly ManifestProblem[];
  readonly coverage: SafetyCoverage;
  /** The numbers of the whole audit, also if the report contains only a part of its findings. */
  readonly counts: Counts;
}

/** The input of an audit that is not among its objects. */
export interface Remainder extends Skipped {
  readonly problems?: readonly ManifestProblem[];
}

/** Creates a report of an audit. */
export function reportOf(audit: Audit, { problems = [], ...skipped }: Remainder = {}): Report {
  return {
    ...audit,
    problems,
    coverage: coverageOf(audit, skipped),
    counts: {
      objects: audit.objects.length,
      ...countsOf(openFindings(audit)),
      waived: waivedFindings(audit).length,
      known: knownFindings(audit).length,
      unreadable: problems.length,
    },
  };
}

/** Counts findings by severity. */
export function countsOf(findings: readonly Finding[]): Pick<Counts, 'errors' | 'warnings' | 'infos'> {
  const numberOf = (severity: Severity) => findings.filter(finding => finding.severity === severity).length;
  return { errors: numberOf('error'), warnings: numberOf('warning'), infos: numberOf('info') };
}

/** Returns a report with a number of findings at most. It keeps the worst; open ones before waived and known ones. */
export function keepWorst(report: Report, limit: number): Report {
  if (report.findings.length <= limit) {
    return report;
  }
  const kept = new Set(
    [openFindings(report), waivedFindings(report), knownFindings(report)].flatMap(worstFirst).slice(0, limit),
  );
  return { ...report, findings: report.findings.filter(finding => kept.has(finding)) };
}

/** Sorts findings by severity, the worst first; those of one severity keep their order. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** Finding a place parses its document again, so formats that render a report several times keep the places. */
const PLACES = new WeakMap<Finding, Place>();

/** The place of a finding in its file; `undefined` for objects of constructs. */
export function placeOf(finding: Finding): Place | undefined {
  const place = PLACES.get(finding) ?? finding.object.source.locate(finding.at);
  if (place) {
    PLACES.set(finding, place);
  }
  return place;
}

/** The place of a waiver in its file; `undefined` for the waivers of a command or of constructs. */
export function placeOfWaiver({ object, ruleId, place }: ObjectWaiver): Place | undefined {
  return place ?? object?.source.locate(['metadata', 'annotations', `${WAIVER_ANNOTATION}${ruleId}`]);
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

/** The findings that are neither waived nor known. */
export function openFindings({ findings }: Pick<Audit, 'findings'>): Finding[] {
  return findings.filter(({ reason, isKnown }) => reason === undefined && !isKnown);
}

/** The findings that are waived. */
export function waivedFindings({ findings }: Pick<Audit, 'findings'>): Finding[] {
  return findings.filter(({ reason }) => reason !== undefined);
}

/** The findings that the baseline contains. */
export function knownFindings({ findings }: Pick<Audit, 'findings'>): Finding[] {
  return findings.filter(({ isKnown }) => isKnown);
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
    ...invalidWaivers.map((waiver: InvalidWaiver): WaiverNote => ({
      waiver,
      kind: 'invalid',
      message: waiver.message,
    })),
    ...unusedWaivers.map((waiver): WaiverNote => ({
      waiver,
      kind: 'unused',
      message: `The waiver of '${waiver.ruleId}' matches no finding. Remove it.`,
    })),
  ];
}
