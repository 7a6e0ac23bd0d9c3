import { countFindings, openFindings, placeOf, placeOfWaiver, Report, waivedFindings } from './report';
import { jsonPointer } from '../../inspect/json';
import type { ManifestObject, Place } from '../../inspect/manifest';
import type { Finding, IdleWaiver } from '../run';

/** For programs. Fields are added, never renamed. */
export function toJson(report: Report): string {
  const found = new Set(report.findings.map(({ rule }) => rule));
  return `${JSON.stringify(
    {
      summary: countFindings(report),
      findings: openFindings(report).map(finding),
      waived: waivedFindings(report).map(finding),
      unusedWaivers: report.unusedWaivers.map(waiver),
      invalidWaivers: report.invalidWaivers.map(refused => ({ ...waiver(refused), message: refused.message })),
      unreadable: report.problems.map(problem => ({ ...place(problem), message: problem.message })),
      rules: [...found].map(({ id, severity, summary, rationale: why, documentationUrl: see, fix }) => ({
        id,
        severity,
        summary,
        why,
        see,
        fix,
      })),
    },
    null,
    2,
  )}\n`;
}

function finding(found: Finding) {
  return {
    rule: found.rule.id,
    severity: found.rule.severity,
    message: found.message,
    object: subject(found.object),
    pointer: jsonPointer(found.at),
    place: place(placeOf(found)),
    reason: found.reason,
  };
}

function waiver(idle: IdleWaiver) {
  return {
    rule: idle.ruleId,
    reason: idle.reason,
    object: idle.object && subject(idle.object),
    place: place(placeOfWaiver(idle)),
  };
}

function subject({ apiVersion, kind, namespace, name, source }: ManifestObject) {
  return { apiVersion, kind, namespace, name, constructPath: source.constructPath };
}

function place(at: Place | undefined) {
  return at && { file: at.file, line: at.line, column: at.column };
}
