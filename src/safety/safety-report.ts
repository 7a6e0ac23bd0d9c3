import { toResource } from './custom-rule';
import { toJson } from './formats/json';
import { toMarkdown } from './formats/markdown';
import { openFindings, Report, waivedFindings } from './formats/report';
import { toText } from './formats/text';
import type { Rule } from './rule';
import type { Audit, Finding, ObjectWaiver } from './run';
import type { SafetyFinding, SafetyWaiver } from './safety-finding';
import type { SafetyProfile, SafetyRule, SafetySeverity } from './safety-rule';
import { jsonPointer } from '../inspect/json';

/** The findings of an audit. */
export class SafetyReport {
  /** @internal */
  public static _of(audit: Audit): SafetyReport {
    return new SafetyReport(audit);
  }

  private constructor(
    /** @internal */
    public readonly _audit: Audit,
  ) {}

  /** The findings that are not waived. */
  public get findings(): SafetyFinding[] {
    return openFindings(this._audit).map(toSafetyFinding);
  }

  /** The findings that are waived, with the reasons. */
  public get waived(): SafetyFinding[] {
    return waivedFindings(this._audit).map(toSafetyFinding);
  }

  /** The waivers that match no finding. */
  public get unusedWaivers(): SafetyWaiver[] {
    return this._audit.unusedWaivers.map(waiver => toSafetyWaiver(waiver));
  }

  /** The waivers that have no effect, because their rule is unknown or their reason has fewer than three words. */
  public get invalidWaivers(): SafetyWaiver[] {
    return this._audit.invalidWaivers.map(waiver => toSafetyWaiver(waiver, waiver.message));
  }

  /** Returns the report as plain text: one line for each finding with its fix, and the rationale of each rule. */
  public toText(): string {
    return toText(this.report());
  }

  /** Returns the report as Markdown tables, which a comment on a pull request can show. */
  public toMarkdown(): string {
    return toMarkdown(this.report());
  }

  /** Returns the report as a JSON string that scripts can read. */
  public toJson(): string {
    return toJson(this.report());
  }

  private report(): Report {
    return { ...this._audit, problems: [] };
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
