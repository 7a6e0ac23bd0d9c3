import { toJson } from './formats/json';
import { toMarkdown } from './formats/markdown';
import { openFindings, Report, waivedFindings } from './formats/report';
import { toText } from './formats/text';
import type { Rule } from './rule';
import type { Audit, Finding, IdleWaiver } from './run';
import type { SafetyFinding, SafetyRule, SafetySeverity, SafetySubject, SafetyWaiver } from './safety-finding';
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
  public get staleWaivers(): SafetyWaiver[] {
    return this._audit.staleWaivers.map(waiver => safetyWaiver(waiver));
  }

  /** Waivers that do not count, for want of a reason of three words or because nobody knows their rule. */
  public get refusedWaivers(): SafetyWaiver[] {
    return this._audit.refusedWaivers.map(waiver => safetyWaiver(waiver, waiver.message));
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
export function safetyRule({ id, summary, why, severity, see, fix }: Rule): SafetyRule {
  return {
    id,
    summary,
    why,
    severity: severity as SafetySeverity,
    see,
    fixWithConstruct: fix.construct,
    fixInYaml: fix.yaml,
  };
}

function safetyFinding({ rule, object, at, message, reason }: Finding): SafetyFinding {
  return { rule: safetyRule(rule), subject: subject(object), pointer: jsonPointer(at), message, waiverReason: reason };
}

function safetyWaiver({ ruleId, reason, object }: IdleWaiver, refusal?: string): SafetyWaiver {
  return { ruleId, reason, subject: object && subject(object), refusal };
}

function subject({ apiVersion, kind, name, namespace, source }: Finding['object']): SafetySubject {
  return { apiVersion, kind, name, namespace, constructPath: source.constructPath };
}
