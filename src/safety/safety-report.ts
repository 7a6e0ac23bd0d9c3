import { Baseline } from './baseline';
import { toResource } from './custom-rule';
import { toJson } from './formats/json';
import { toMarkdown } from './formats/markdown';
import { knownFindings, openFindings, Report, reportOf, waivedFindings } from './formats/report';
import { toText } from './formats/text';
import type { ObjectWaiver } from './object-waivers';
import type { Rule } from './rule';
import type { Audit, Finding } from './run';
import type { SafetyFinding, SafetyWaiver } from './safety-finding';
import type { SafetyProfile, SafetyRule, SafetySeverity } from './safety-rule';
import type { SafetySummary } from './safety-summary';
import { writeWhole } from './write-file';
import { jsonPointer } from '../inspect/json';

/** The findings of an audit. */
export class SafetyReport {
  /** @internal */
  public static _of(audit: Audit): SafetyReport {
    return new SafetyReport(reportOf(audit));
  }

  private constructor(
    /** @internal */
    public readonly _report: Report,
  ) {}

  /** The findings that are neither waived nor in the baseline. */
  public get findings(): SafetyFinding[] {
    return openFindings(this._report).map(toSafetyFinding);
  }

  /** The findings that are waived, with the reasons. */
  public get waived(): SafetyFinding[] {
    return waivedFindings(this._report).map(toSafetyFinding);
  }

  /** The findings that the baseline contains. */
  public get known(): SafetyFinding[] {
    return knownFindings(this._report).map(toSafetyFinding);
  }

  /** The waivers that match no finding. */
  public get unusedWaivers(): SafetyWaiver[] {
    return this._report.unusedWaivers.map(waiver => toSafetyWaiver(waiver));
  }

  /** The waivers that have no effect, because their rule is unknown or their reason has fewer than three words. */
  public get invalidWaivers(): SafetyWaiver[] {
    return this._report.invalidWaivers.map(waiver => toSafetyWaiver(waiver, waiver.message));
  }

  /** The numbers of findings, of objects that were looked at, and of input that was not. */
  public get summary(): SafetySummary {
    const { errors, warnings, infos, waived, known } = this._report.counts;
    const fixed = this._report.fixed?.length ?? 0;
    return { errors, warnings, infos, waived, known, fixed, ...this._report.coverage };
  }

  /**
   * Returns the report as plain text. Up to 30 findings have a line each with the fix below it. More findings are
   * grouped by rule.
   */
  public toText(): string {
    return toText(this._report);
  }

  /**
   * Returns the report as Markdown tables, which a comment on a pull request can show. A report of more than 1 MiB is
   * cut: it contains the worst findings, and says so.
   */
  public toMarkdown(): string {
    return toMarkdown(this._report);
  }

  /** Returns the report as a JSON string that scripts can read. */
  public toJson(): string {
    return toJson(this._report);
  }

  /**
   * Writes the findings that are not waived to a baseline file, for the `baseline` of later audits.
   *
   * @param file the path of the file, which is replaced
   * @throws Error if the file cannot be written
   */
  public writeBaseline(file: string): void {
    writeWhole(file, Baseline.of(this._report.findings.filter(({ reason }) => reason === undefined)).toString());
  }
}

/** A rule as the public API shows it. */
export function toSafetyRule({ id, summary, rationale, severity, profile, documentationUrl, fix }: Rule): SafetyRule {
  return {
    id,
    summary,
    rationale,
    severity: severity as SafetySeverity,
    profile: profile as SafetyProfile,
    documentationUrl,
    constructFix: fix.construct,
    yamlFix: fix.yaml,
  };
}

function toSafetyFinding({ rule, severity, object, at, message, reason }: Finding): SafetyFinding {
  return {
    rule: toSafetyRule(rule),
    severity: severity as SafetySeverity,
    resource: toResource(object),
    jsonPointer: jsonPointer(at),
    message,
    waiverReason: reason,
  };
}

function toSafetyWaiver({ ruleId, reason, object }: ObjectWaiver, problem?: string): SafetyWaiver {
  return { ruleId, reason, resource: object && toResource(object), problem };
}
