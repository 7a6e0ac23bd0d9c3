import { toJson } from './formats/json';
import { toMarkdown } from './formats/markdown';
import { openFindings, Report, waivedFindings } from './formats/report';
import { toText } from './formats/text';
import type { Rule } from './rule';
import type { Audit, Finding, IdleWaiver } from './run';
import type { SafetyFinding, SafetyRule, SafetySeverity, SafetyResource, SafetyWaiver } from './safety-finding';
import { jsonPointer } from '../inspect/json';

/** What an audit found. */
export class SafetyReport {
  /** @internal */
  public static _of(audit: Audit): SafetyReport {
    return new SafetyReport(audit);
  }

  private constructor(
    /** @internal */
    public readonly _audit: Audit,
  ) {}

  /** What is wrong and not waived. */
  public get findings(): SafetyFinding[] {
    return openFindings(this._audit).map(safetyFinding);
  }

  /** What is wrong and waived, with the reasons. */
  public get waived(): SafetyFinding[] {
    return waivedFindings(this._audit).map(safetyFinding);
  }

  /** Waivers that match nothing any more. */
  public get unusedWaivers(): SafetyWaiver[] {
    return this._audit.unusedWaivers.map(waiver => safetyWaiver(waiver));
  }

  /** Waivers that do not count, for want of a reason of three words or because nobody knows their rule. */
  public get invalidWaivers(): SafetyWaiver[] {
    return this._audit.invalidWaivers.map(waiver => safetyWaiver(waiver, waiver.message));
  }

  /** The report for people: a line a finding with its remedy, and why each rule is there. */
  public toText(): string {
    return toText(report(this._audit));
  }

  /** The report as tables of Markdown, for a comment of a pull request. */
  public toMarkdown(): string {
    return toMarkdown(report(this._audit));
  }

  /** The report as a text of JSON, for programs. */
  public toJson(): string {
    return toJson(report(this._audit));
  }
}

function report(audit: Audit): Report {
  return { ...audit, problems: [] };
}

/** A rule as the public API has it. */
export function safetyRule({ id, summary, rationale: why, severity, documentationUrl: see, fix }: Rule): SafetyRule {
  return {
    id,
    summary,
    rationale: why,
    severity: severity as SafetySeverity,
    documentationUrl: see,
    constructFix: fix.construct,
    yamlFix: fix.yaml,
  };
}

function safetyFinding({ rule, object, at, message, reason }: Finding): SafetyFinding {
  return {
    rule: safetyRule(rule),
    resource: subject(object),
    jsonPointer: jsonPointer(at),
    message,
    waiverReason: reason,
  };
}

function safetyWaiver({ ruleId, reason, object }: IdleWaiver, refusal?: string): SafetyWaiver {
  return { ruleId, reason, resource: object && subject(object), problem: refusal };
}

function subject({ apiVersion, kind, name, namespace, source }: Finding['object']): SafetyResource {
  return { apiVersion, kind, name, namespace, constructPath: source.constructPath };
}
