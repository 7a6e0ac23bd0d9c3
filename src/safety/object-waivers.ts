import { runRule } from './internal-error';
import type { Problem, Rule } from './rule';
import { omitsDefault } from './waived-default';
import { WAIVER_ANNOTATION } from './waiver';
import { waiverProblem } from './waiver-problem';
import { message } from '../checks/message';
import type { Inventory } from '../inspect/inventory';
import { at, textMap } from '../inspect/json';
import { apiGroupOf, ManifestObject, Place } from '../inspect/manifest';

/** A waiver of one object, of some objects or of all objects. */
export interface ObjectWaiver {
  readonly ruleId: string;
  readonly reason: string;
  /** The object whose annotation is the waiver; omitted for other waivers. */
  readonly object?: ManifestObject;
  /** The place of the waiver in a configuration file; omitted for other waivers. */
  readonly place?: Place;
  /** Whether the waiver applies to an object, if it is neither an annotation nor a waiver of all objects. */
  readonly matches?: (object: ManifestObject) => boolean;
  /** The last day of the waiver, as `YYYY-MM-DD`; omitted if it does not expire. */
  readonly expires?: string;
}

/** A waiver without effect, because its rule is unknown, its reason is too short, or it has expired. */
export interface InvalidWaiver extends ObjectWaiver {
  /** The problem and the remedy, as full sentences. */
  readonly message: string;
}

export interface WaiverOptions {
  /** The rules to check. */
  readonly rules: readonly Rule[];
  /** The ids of all rules, including those that are not checked, which waivers can still name. */
  readonly known?: readonly string[];
  /** The waivers that are not annotations. */
  readonly waivers?: readonly ObjectWaiver[];
  /** The current day, as `YYYY-MM-DD`; in UTC if omitted. */
  readonly today?: string;
}

/** The kind and name of an object; the object itself if it has no name; `undefined` for all objects. */
type Subject = string | ManifestObject | undefined;

/** The waivers of an audit: annotations, and those of its options. */
export class Waivers {
  /** The waivers without effect. */
  public readonly invalid: readonly InvalidWaiver[];
  /** The waivers of objects and of all objects, by their subject and rule. */
  private readonly valid = new Map<Subject, Map<string, ObjectWaiver>>();
  private readonly selective: readonly ObjectWaiver[];
  private readonly used = new Set<ObjectWaiver>();

  constructor(
    objects: readonly ManifestObject[],
    { rules, known = rules.map(({ id }) => id), waivers = [], today = currentDay() }: WaiverOptions,
  ) {
    const all = [...waivers, ...objects.flatMap(annotatedWaivers)];
    const problems = new Map(
      all.flatMap(waiver => {
        const problem = invalidity(waiver, known, today);
        return problem === undefined ? [] : [[waiver, problem] as const];
      }),
    );
    const valid = all.filter(waiver => !problems.has(waiver));
    this.invalid = [...problems].map(([waiver, problem]) => ({ ...waiver, message: problem }));
    this.selective = valid.filter(({ matches }) => matches);
    for (const waiver of valid.filter(({ matches }) => !matches)) {
      const subject = subjectOf(waiver.object);
      this.valid.set(subject, (this.valid.get(subject) ?? new Map()).set(waiver.ruleId, waiver));
    }
  }

  /** Returns the waiver of a problem, and records that it is used. */
  public use(rule: Rule, problem: Problem): ObjectWaiver | undefined {
    const waiver = this.find(rule, problem);
    if (waiver) {
      this.used.add(waiver);
    }
    return waiver;
  }

  /** Returns the waivers of a checked rule that match neither a finding nor an exception, and omit no safe default. */
  public unusedOf(rule: Rule, inventory: Inventory): ObjectWaiver[] {
    const annotated = [...this.valid.values()].flatMap(waivers => waivers.get(rule.id) ?? []);
    const candidates = [...annotated, ...this.selective].filter(
      waiver => waiver.ruleId === rule.id && !this.used.has(waiver),
    );
    const excepted = new Set(
      candidates.length === 0
        ? []
        : runRule(rule, inventory, current => rule.exceptions?.(current) ?? []).problems.map(problem =>
            this.find(rule, problem),
          ),
    );
    return candidates.filter(waiver => !excepted.has(waiver) && !omitsDefault(waiver, rule, inventory));
  }

  private find(rule: Rule, { object, about }: Problem): ObjectWaiver | undefined {
    const concerned = about ? [object, about] : [object];
    return (
      [...concerned, undefined].flatMap(waived => this.valid.get(subjectOf(waived))?.get(rule.id) ?? [])[0] ??
      this.selective.find(waiver => waiver.ruleId === rule.id && concerned.some(waiver.matches!))
    );
  }
}

/** Returns why a waiver has no effect, with the remedy; `undefined` if it has one. */
function invalidity(waiver: ObjectWaiver, known: readonly string[], today: string): string | undefined {
  const complaint = waiverProblem(waiver, known);
  if (complaint) {
    return message(complaint.problem, complaint.remedy);
  }
  return waiver.expires !== undefined && waiver.expires < today
    ? message(
        `The waiver of '${waiver.ruleId}' expired on ${waiver.expires}.`,
        "Fix the finding, or set 'expires' to a later day.",
      )
    : undefined;
}

function currentDay(): string {
  return new Date().toISOString().slice(0, 10);
}

function annotatedWaivers(object: ManifestObject): ObjectWaiver[] {
  const annotations = textMap(at(object.content, 'metadata', 'annotations'));
  return Object.entries(annotations)
    .filter(([key]) => key.startsWith(WAIVER_ANNOTATION))
    .map(([key, reason]) => ({ ruleId: key.slice(WAIVER_ANNOTATION.length), reason, object }));
}

/**
 * Objects with the same name can be revisions of one object, or its copies in other clusters. They share waivers.
 * Objects without a name, which the server generates, are different objects.
 */
function subjectOf(object?: ManifestObject): Subject {
  return object && object.name !== ''
    ? JSON.stringify([apiGroupOf(object), object.kind, object.namespace, object.name])
    : object;
}
