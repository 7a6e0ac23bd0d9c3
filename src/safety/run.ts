import { isAtLeast, Problem, Rule, SEVERITIES, Severity } from './rule';
import { omitsDefault } from './waived-default';
import { WAIVER_ANNOTATION } from './waiver';
import { waiverProblem } from './waiver-problem';
import { message } from '../checks/message';
import type { Inventory } from '../inspect/inventory';
import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/** A problem, with the rule that reported it. */
export interface Finding extends Problem {
  readonly rule: Rule;
  /** The severity of this violation. */
  readonly severity: Severity;
  /** The reason of the waiver; omitted if the finding is not waived. */
  readonly reason?: string;
}

/** A waiver of one object or of all objects. */
export interface ObjectWaiver {
  readonly ruleId: string;
  readonly reason: string;
  /** The object whose annotation is the waiver; omitted if the waiver applies to all objects. */
  readonly object?: ManifestObject;
}

/** A waiver without effect, because its rule is unknown or its reason is too short. */
export interface InvalidWaiver extends ObjectWaiver {
  /** The problem and the remedy, as full sentences. */
  readonly message: string;
}

/** The findings of all rules in all objects. */
export interface Audit {
  readonly objects: readonly ManifestObject[];
  /** The rules that the objects were checked against. */
  readonly rules: readonly Rule[];
  /** Open and waived findings, in the order of the objects, errors first. */
  readonly findings: readonly Finding[];
  /** The waivers that match neither a finding nor an exception, and omit no safe default. */
  readonly unusedWaivers: readonly ObjectWaiver[];
  readonly invalidWaivers: readonly InvalidWaiver[];
}

export interface AuditOptions {
  /** The rules to check. */
  readonly rules: readonly Rule[];
  /** The ids of all rules, including those that are not checked, which waivers can still name. */
  readonly known?: readonly string[];
  /** The reasons of waivers for all objects, by rule id. Waivers of one object are its annotations. */
  readonly waivers?: ReadonlyMap<string, string>;
  /** The lowest severity of the findings to return; `info` if omitted. */
  readonly minimumSeverity?: Severity;
}

/** Checks all objects of an inventory against the rules. */
export function audit(
  inventory: Inventory,
  { rules, known = rules.map(({ id }) => id), waivers = new Map(), minimumSeverity = 'info' }: AuditOptions,
): Audit {
  const { objects } = inventory;
  const allWaivers = [
    ...[...waivers].map(([ruleId, reason]): ObjectWaiver => ({ ruleId, reason })),
    ...objects.flatMap(waiversOf),
  ];
  const invalidWaivers = allWaivers.flatMap(waiver => invalidWaiver(waiver, known));
  const validWaivers = new Map(allWaivers.map(waiver => [keyOf(waiver.ruleId, waiver.object), waiver]));
  invalidWaivers.forEach(({ ruleId, object }) => validWaivers.delete(keyOf(ruleId, object)));
  const waiverOf = (rule: Rule, { object, about }: Problem) =>
    [object, about, undefined].flatMap(waived => validWaivers.get(keyOf(rule.id, waived)) ?? [])[0];
  const usedWaivers = new Set<ObjectWaiver | undefined>();
  const findings = rules.flatMap(rule =>
    rule.check(inventory).map((problem): Finding => {
      const waiver = waiverOf(rule, problem);
      usedWaivers.add(waiver);
      return { severity: rule.severity, ...problem, rule, reason: waiver?.reason };
    }),
  );
  const unusedWaivers = rules.flatMap(rule => {
    const candidates = [...validWaivers.values()].filter(
      waiver => waiver.ruleId === rule.id && !usedWaivers.has(waiver),
    );
    const excepted = new Set(
      candidates.length === 0 ? [] : rule.exceptions?.(inventory).map(problem => waiverOf(rule, problem)),
    );
    return candidates.filter(waiver => !excepted.has(waiver) && !omitsDefault(waiver, rule, inventory));
  });
  const selected = findings.filter(({ severity }) => isAtLeast(severity, minimumSeverity));
  return { objects, rules, findings: sorted(selected, objects), unusedWaivers, invalidWaivers };
}

/** Sorts by the order of the objects, errors first. */
function sorted(findings: readonly Finding[], objects: readonly ManifestObject[]): Finding[] {
  const order = new Map(objects.map((object, index) => [object, index]));
  return [...findings].sort(
    (a, b) =>
      order.get(a.object)! - order.get(b.object)! || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
}

function invalidWaiver(waiver: ObjectWaiver, known: readonly string[]): InvalidWaiver[] {
  const complaint = waiverProblem(waiver, known);
  return complaint ? [{ ...waiver, message: message(complaint.problem, complaint.remedy) }] : [];
}

function waiversOf(object: ManifestObject): ObjectWaiver[] {
  const annotations = textMap(at(object.content, 'metadata', 'annotations'));
  return Object.entries(annotations)
    .filter(([key]) => key.startsWith(WAIVER_ANNOTATION))
    .map(([key, reason]) => ({ ruleId: key.slice(WAIVER_ANNOTATION.length), reason, object }));
}

/** Objects with the same name can be revisions of one object, or its copies in other clusters. They share waivers. */
function keyOf(ruleId: string, object?: ManifestObject): string {
  return object ? `${object.kind}/${object.namespace ?? ''}/${object.name}/${ruleId}` : ruleId;
}
