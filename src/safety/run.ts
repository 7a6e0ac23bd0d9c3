import type { Baseline, BaselineEntry } from './baseline';
import { INTERNAL_ERROR, runRule, toFailure } from './internal-error';
import { InvalidWaiver, ObjectWaiver, Waivers, WaiverOptions } from './object-waivers';
import { isAtLeast, Problem, Rule, SEVERITIES, Severity } from './rule';
import { hideCredentials } from '../checks/credential-forms';
import type { Inventory } from '../inspect/inventory';
import type { ManifestObject, PassedOver } from '../inspect/manifest';

/** A problem, with the rule that reported it. */
export interface Finding extends Problem {
  readonly rule: Rule;
  /** The severity of this violation. */
  readonly severity: Severity;
  /** The reason of the waiver; omitted if the finding is not waived. */
  readonly reason?: string;
  /** Whether the baseline contains the finding. */
  readonly isKnown?: boolean;
}

/** The findings of all rules in all objects. */
export interface Audit {
  readonly objects: readonly ManifestObject[];
  /** The objects that create pods. */
  readonly podObjects: readonly ManifestObject[];
  /** The rules that the objects were checked against. */
  readonly rules: readonly Rule[];
  /** Open, waived and known findings, in the order of the objects, errors first. */
  readonly findings: readonly Finding[];
  /** The waivers that match neither a finding nor an exception, and omit no safe default. */
  readonly unusedWaivers: readonly ObjectWaiver[];
  readonly invalidWaivers: readonly InvalidWaiver[];
  /** The objects that no rule looked at, in numbers. */
  readonly passedOver: readonly PassedOver[];
  /** The entries of the baseline that match no finding any more; omitted without a baseline. */
  readonly fixed?: readonly BaselineEntry[];
}

/** The severity of the findings of a rule, or `off` for none. */
export type Level = Severity | 'off';

export interface AuditOptions extends WaiverOptions {
  /** The rules to check. */
  readonly rules: readonly Rule[];
  /** The lowest severity of the findings to return; `info` if omitted. */
  readonly minimumSeverity?: Severity;
  /** Returns another severity for the findings of a rule in an object; `undefined` keeps their severity. */
  readonly levelOf?: (ruleId: string, object: ManifestObject) => Level | undefined;
  /** The known findings. */
  readonly baseline?: Baseline;
  /** Is called before each rule is checked. */
  readonly onRule?: (index: number) => void;
}

/** Checks all objects of an inventory against the rules. */
export function audit(inventory: Inventory, options: AuditOptions): Audit {
  const { rules, minimumSeverity = 'info', onRule = () => undefined } = options;
  const { objects } = inventory;
  const waivers = new Waivers(objects, options);
  const failures = inventory.failures.map(({ object, error }) => toFailure(object, 'the reader of pods', error));
  const findings = rules.flatMap((rule, index) => {
    onRule(index);
    const checked = runRule(rule, inventory, current => rule.check(current));
    checked.failures.forEach(failure => failures.push(failure));
    return checked.problems.flatMap(problem => findingOf(rule, problem, waivers, options));
  });
  const { marked, fixed } = markKnown(findings, options);
  const internalErrors = failures.map((failure): Finding => ({ ...failure, rule: INTERNAL_ERROR, severity: 'error' }));
  return {
    objects,
    passedOver: inventory.passedOver,
    podObjects: inventory.pods.map(({ object }) => object),
    rules: internalErrors.length > 0 ? [...rules, INTERNAL_ERROR] : rules,
    findings: sorted(
      [...marked.filter(({ severity }) => isAtLeast(severity, minimumSeverity)), ...internalErrors],
      objects,
    ),
    unusedWaivers: rules.flatMap(rule => waivers.unusedOf(rule, inventory)),
    invalidWaivers: waivers.invalid,
    fixed,
  };
}

/** Converts a problem to a finding, unless its rule is off for the object. */
function findingOf(rule: Rule, problem: Problem, waivers: Waivers, { levelOf }: AuditOptions): Finding[] {
  const reason = waivers.use(rule, problem)?.reason;
  const level = levelOf?.(rule.id, problem.object) ?? problem.severity ?? rule.severity;
  return level === 'off'
    ? []
    : [{ ...problem, message: hideCredentials(problem.message), rule, severity: level, reason }];
}

/** Marks the findings that the baseline contains. */
function markKnown(
  findings: readonly Finding[],
  { baseline, rules }: AuditOptions,
): { marked: readonly Finding[]; fixed?: readonly BaselineEntry[] } {
  if (!baseline) {
    return { marked: findings };
  }
  const { known, unmatched } = baseline.match(findings.filter(({ reason }) => reason === undefined));
  const checked = rules.map(({ id }) => id);
  return {
    marked: findings.map(finding => (known.has(finding) ? { ...finding, isKnown: true } : finding)),
    // a rule that is not checked can still have the finding
    fixed: unmatched.filter(({ rule }) => checked.includes(rule)),
  };
}

/** Sorts by the order of the objects, errors first. */
function sorted(findings: readonly Finding[], objects: readonly ManifestObject[]): Finding[] {
  const order = new Map(objects.map((object, index) => [object, index]));
  return [...findings].sort(
    (a, b) =>
      order.get(a.object)! - order.get(b.object)! || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}
