import { knownFindings, openFindings, placeOf, placeOfWaiver, Report, rulesOf, waivedFindings } from './report';
import { visibleJson } from '../../checks/visible';
import { jsonPointer } from '../../inspect/json';
import type { ManifestObject, Place } from '../../inspect/manifest';
import { fingerprintOf } from '../fingerprint';
import type { ObjectWaiver } from '../object-waivers';
import type { Rule } from '../rule';
import type { Finding } from '../run';

/** Formats a report as JSON that scripts can read. Fields have the names of the public API. */
export function toJson(report: Report): string {
  return `${visibleJson({
    summary: { ...report.counts, ...report.coverage, fixed: report.fixed?.length ?? 0 },
    findings: openFindings(report).map(finding),
    waived: waivedFindings(report).map(finding),
    known: knownFindings(report).map(finding),
    unusedWaivers: report.unusedWaivers.map(waiver),
    invalidWaivers: report.invalidWaivers.map(invalid => ({ ...waiver(invalid), problem: invalid.message })),
    unreadable: report.problems.map(problem => ({ ...place(problem), message: problem.message })),
    rules: rulesOf(report.findings).map(rule),
  })}\n`;
}

function finding(found: Finding) {
  return {
    ruleId: found.rule.id,
    severity: found.severity,
    message: found.message,
    resource: resource(found.object),
    jsonPointer: jsonPointer(found.at),
    place: place(placeOf(found)),
    fingerprint: fingerprintOf(found.rule.id, found),
    waiverReason: found.reason,
  };
}

function waiver(waiverOfObject: ObjectWaiver) {
  const { ruleId, reason, object, expires } = waiverOfObject;
  return { ruleId, reason, resource: object && resource(object), place: place(placeOfWaiver(waiverOfObject)), expires };
}

function rule({ id, severity, profile, summary, rationale, documentationUrl, fix }: Rule) {
  const { construct: constructFix, yaml: yamlFix } = fix;
  return { id, severity, profile, summary, rationale, documentationUrl, constructFix, yamlFix };
}

function resource({ apiVersion, kind, namespace, name, source }: ManifestObject) {
  return { apiVersion, kind, namespace, name, constructPath: source.constructPath };
}

function place(found: Place | undefined) {
  return found && { file: found.file, line: found.line, column: found.column };
}
