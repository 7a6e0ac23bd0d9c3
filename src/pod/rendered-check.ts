import type { ApiObject } from 'cdk8s';
import type { Construct, IValidation } from 'constructs';
import type { MergedAdditions } from './merge';
import { warn } from '../checks/fail';
import { message as joined, sentence } from '../checks/message';
import { Inventory } from '../inspect/inventory';
import { at, jsonPointer } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import { countPatches } from '../inspect/patches';
import { readConstructs } from '../inspect/read-constructs';
import { misspelledFields } from '../inspect/unknown-fields';
import { apiObjectsBelow } from '../objects/api-objects';
import { referenceProblems } from '../predicates/variable-references';
import { isFor, Rule } from '../safety/rule';
import { KnownRule, RULE_IDS, RuleId, RULES } from '../safety/rules';
import { audit, Finding } from '../safety/run';
import { isWaived, waiverCall } from '../safety/waiver';

/** The current sources of the rendered objects of a workload. */
export interface RenderedSource {
  readonly controller: ApiObject;
  readonly merged: MergedAdditions;
  /** Returns the spec of the controller. */
  spec(): unknown;
}

/** The possible causes of a finding, with the remedy that applies to them. */
interface Cause {
  readonly subject: string;
  readonly remedy: (rule: Rule) => string;
}

const PATCH: Cause = { subject: 'A JSON patch or an extension', remedy: ({ fix }) => fix.yaml };
const PROP: Cause = { subject: 'A prop or an extension', remedy: ({ fix }) => fix.construct };

/** The rules that the options of a controller can violate. */
const OF_CONTROLLER: readonly RuleId[] = ['update-keeps-capacity'];

/**
 * Checks the objects of one workload against the rules when the app is synthesized.
 *
 * Without JSON patches and claims, only props and extensions can violate a rule, so that the rules of pods suffice.
 */
export class RenderedCheck implements IValidation {
  private readonly ownPatches: number;
  private last?: { readonly merged: MergedAdditions; readonly patches: number; readonly errors: string[] };

  constructor(
    private readonly scope: Construct,
    private readonly source: () => RenderedSource,
  ) {
    this.ownPatches = countPatches(scope);
    scope.node.addValidation(this);
  }

  /** Returns the errors. They are kept, because cdk8s validates the app once for each chart. */
  public validate(): string[] {
    const source = this.source();
    const patches = countPatches(this.scope);
    if (this.last?.merged !== source.merged || this.last.patches !== patches) {
      const isPatched = !Number.isFinite(patches) || patches !== this.ownPatches;
      const cause = isPatched ? PATCH : PROP;
      const errors = isPatched || definesClaims(this.scope) ? this.checkAll(cause) : this.checkPod(source);
      this.last = { merged: source.merged, patches, errors };
      this.warnOfUnusedWaivers();
    }
    return this.last.errors;
  }

  private checkAll(cause: Cause): string[] {
    const rules = RULES.filter(({ safeDefault }) => safeDefault);
    const objects = readConstructs(this.scope);
    return [...objects.flatMap(misspelledFields), ...this.errors(objects, rules, cause)];
  }

  private checkPod(source: RenderedSource): string[] {
    const rules = RULES.filter(({ id, ofPod }) => ofPod || OF_CONTROLLER.includes(id));
    return this.errors([manifestOf(source)], rules, PROP);
  }

  /** Returns the errors of objects: findings of rules, and references to variables that do not exist. */
  private errors(objects: readonly ManifestObject[], candidates: readonly KnownRule[], cause: Cause): string[] {
    const rules = candidates.filter(rule => !isWaived(this.scope, rule.id) && isFor(this.scope, rule));
    const inventory = new Inventory(objects);
    const { findings } = audit(inventory, { rules, known: RULE_IDS });
    return [
      ...inventory.pods.flatMap(pod => referenceProblems(pod)).map(({ problem, remedy }) => joined(problem, remedy)),
      ...findings.filter(({ reason }) => reason === undefined).map(finding => errorOf(finding, cause)),
    ];
  }

  /** Skips the defaults that `harden` applies: a waiver omits them, whether or not the rule has a finding then. */
  private warnOfUnusedWaivers(): void {
    const waived = RULES.filter(({ id, safeDefault }) => safeDefault && !safeDefault.apply && isWaived(this.scope, id));
    if (waived.length === 0) {
      return;
    }
    const { unusedWaivers } = audit(new Inventory(readConstructs(this.scope)), { rules: waived });
    for (const id of new Set(unusedWaivers.map(({ ruleId }) => ruleId))) {
      warn(this.scope, `The waiver of '${id}' matches nothing.`, "Remove it from 'waivers'.");
    }
  }
}

/** Whether an extension can define claims, which rules compare with the replicas. */
function definesClaims(scope: Construct): boolean {
  return apiObjectsBelow(scope).some(({ kind }) => kind === 'PersistentVolumeClaim');
}

function manifestOf({ controller: { apiVersion, kind, name, metadata, node }, spec }: RenderedSource): ManifestObject {
  const content = { apiVersion, kind, metadata: metadata.toJson(), spec: spec() };
  return { apiVersion, kind, name, content, source: { constructPath: node.path, locate: () => undefined } };
}

/** Formats a finding as an error: the problem, its place and cause, and the remedies. */
function errorOf({ rule, object, at: path, message }: Finding, { subject, remedy }: Cause): string {
  const place = `'${jsonPointer(path)}' of ${object.kind} '${object.name}'`;
  return [
    sentence(message),
    `${subject} ${effectOn(place, at(object.content, ...path))}.`,
    sentence(remedy(rule)),
    `Or waive the rule with '${waiverCall(rule.id)}'.`,
  ].join(' ');
}

/** Prints numbers and booleans only, because a string can be a credential. */
function effectOn(place: string, value: unknown): string {
  if (value === undefined) {
    return `leaves ${place} unset`;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? `sets ${place} to ${value}` : `sets ${place}`;
}
