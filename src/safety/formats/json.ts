import { countFindings, openFindings, placeOf, placeOfWaiver, Report, rulesOf, waivedFindings } from './report';
import { jsonPointer } from '../../inspect/json';
import type { ManifestObject, Place } from '../../inspect/manifest';
import type { Rule } from '../rule';
import type { Finding, ObjectWaiver } from '../run';

/** Formats a report as JSON that scripts can read. Fields have the names of the public API. */
export function toJson(report: Report): string {
  return `${JSON.stringify(
    {
      summary: countFindings(report),
      findings: openFindings(report).map(finding),
      waived: waivedFindings(report).map(finding),
      unusedWaivers: report.unusedWaivers.map(waiver),
      invalidWaivers: report.invalidWaivers.map(invalid => ({ ...waiver(invalid), problem: invalid.message })),
      unreadable: report.problems.map(problem => ({ ...place(problem), message: problem.message })),
      rules: rulesOf(report.findings).map(rule),
    },
    null,
    2,
  )}\n`;
}

function finding(found: Finding) {
  return {
    ruleId: found.rule.id,
    severity: found.rule.severity,
    message: found.message,
    resource: resource(found.object),
    jsonPointer: jsonPointer(found.at),
    place: place(placeOf(found)),
    waiverReason: found.reason,
  };
}

function waiver(waiverOfObject: ObjectWaiver) {
  const { ruleId, reason, object } = waiverOfObject;
  return { ruleId, reason, resource: object && resource(object), place: place(placeOfWaiver(waiverOfObject)) };
}

function rule({ id, severity, summary, rationale, documentationUrl, fix }: Rule) {
  return { id, severity, summary, rationale, documentationUrl, constructFix: fix.construct, yamlFix: fix.yaml };
}

function resource({ apiVersion, kind, namespace, name, source }: ManifestObject) {
  return { apiVersion, kind, namespace, name, constructPath: source.constructPath };
}

function place(found: Place | undefined) {
  return found && { file: found.file, line: found.line, column: found.column };
}
