import type { ApiObject } from 'cdk8s';
import type { Construct, IValidation } from 'constructs';
import { fillWaivedDefaults } from './harden';
import type { MergedAdditions } from './merge';
import { warn } from '../checks/fail';
import { message as joined, sentence } from '../checks/message';
import type { PodSpec } from '../checks/pod-spec';
import { FIELDS_VERSION } from '../facts/kubernetes-fields';
import { fieldProblems, unknownFields } from '../inspect/field-problems';
import { Inventory } from '../inspect/inventory';
import { at, jsonPointer } from '../inspect/json';
import { describeObject, ManifestObject } from '../inspect/manifest';
import { checkPatchesBelow, countPatches, withoutPatches } from '../inspect/patches';
import { podOf } from '../inspect/pods';
import { readConstructs } from '../inspect/read-constructs';
import { apiObjectsBelow } from '../objects/api-objects';
import { isReadable } from '../objects/readable-api-object';
import { referenceProblems } from '../predicates/variable-references';
import { runRule } from '../safety/internal-error';
import { isFor, Rule } from '../safety/rule';
import { KnownRule, RULE_IDS, RuleId, RULES } from '../safety/rules';
import { audit, Finding } from '../safety/run';
import { waivedRules, waiverCall } from '../safety/waiver';

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

/** The kinds of objects for which the library uses classes of cdk8s-plus-28. */
const OF_CDK8S_PLUS = ['NetworkPolicy'];

/** The rules whose findings depend on objects of other workloads, or that `referenceProblems` reports. */
const NOT_OF_WORKLOAD: readonly RuleId[] = ['references-resolve', 'variable-references-resolve'];

/** The rules that the objects of a workload satisfy with any props and extensions. */
const ALWAYS = RULES.filter(({ safeDefault, ofPod }) => safeDefault || ofPod);

/** The rules that props and extensions can violate. */
const OF_WORKLOAD = RULES.filter(({ id, ofPod }) => ofPod || OF_CONTROLLER.includes(id));

/** The rules that props can violate on purpose. Only JSON patches must not. */
const UNLESS_PATCHED = RULES.filter(rule => !ALWAYS.includes(rule) && !NOT_OF_WORKLOAD.includes(rule.id));

/**
 * Checks the objects of one workload against the rules when the app is synthesized.
 *
 * Without JSON patches and objects of extensions, only props and extensions can violate a rule, so that the rules of
 * pods suffice.
 */
export class RenderedCheck implements IValidation {
  private readonly ownPatches: number;
  private last?: { readonly merged: MergedAdditions; readonly patches: number; readonly errors: string[] };

  constructor(
    private readonly scope: Construct,
    private readonly source: () => RenderedSource,
  ) {
    this.ownPatches = countPatches(apiObjectsBelow(scope));
    scope.node.addValidation(this);
  }

  /** Returns the errors. They are kept, because cdk8s validates the app once for each chart. */
  public validate(): string[] {
    const source = this.source();
    const objects = apiObjectsBelow(this.scope);
    const patches = countPatches(objects);
    if (this.last?.merged !== source.merged || this.last.patches !== patches) {
      const isPatched = !Number.isFinite(patches) || patches !== this.ownPatches;
      const errors = isPatched
        ? this.checkPatched(source)
        : objects.some(isCompared)
          ? this.checkRendered(new Inventory(readConstructs(this.scope)), PROP)
          : this.checkPod(source);
      this.last = { merged: source.merged, patches, errors };
      this.warnOfUnusedWaivers();
    }
    return this.last.errors;
  }

  private checkPatched({ controller }: RenderedSource): string[] {
    checkPatchesBelow(this.scope, (object, json) =>
      object === controller ? withWaivedDefaults(controller, json) : json,
    );
    const objects = readConstructs(this.scope);
    this.warnOfUnknownFields(objects);
    const inventory = new Inventory(objects);
    const errors = this.checkRendered(inventory, PATCH);
    const findings = errors.length > 0 ? [] : this.findings(inventory, UNLESS_PATCHED);
    if (findings.length === 0) {
      return errors;
    }
    const unpatched = new Inventory(withoutPatches(this.scope, () => readConstructs(this.scope)));
    const existing = new Set(this.findings(unpatched, UNLESS_PATCHED).map(finding => errorOf(finding, PATCH)));
    return findings.map(finding => errorOf(finding, PATCH)).filter(error => !existing.has(error));
  }

  private checkPod(source: RenderedSource): string[] {
    return this.checkRules(new Inventory([manifestOf(source)]), OF_WORKLOAD, PROP);
  }

  /** Returns the errors of rendered objects: invalid fields; otherwise those of rules. */
  private checkRendered(inventory: Inventory, cause: Cause): string[] {
    const invalid = inventory.objects.flatMap(fieldProblems).map(({ problem, remedy }) => joined(problem, remedy));
    return invalid.length > 0 ? invalid : this.checkRules(inventory, ALWAYS, cause);
  }

  /** Returns the errors of objects: findings of rules, and references to variables that do not exist. */
  private checkRules(inventory: Inventory, rules: readonly KnownRule[], cause: Cause): string[] {
    const references = inventory.pods.flatMap(pod => referenceProblems(pod));
    return [
      ...references.map(({ problem, remedy }) => joined(problem, remedy)),
      ...this.findings(inventory, rules).map(finding => errorOf(finding, cause)),
    ];
  }

  private findings(inventory: Inventory, candidates: readonly KnownRule[]): Finding[] {
    const waived = waivedRules(this.scope);
    const rules = candidates.filter(rule => !waived.has(rule.id) && isFor(this.scope, rule));
    if (isClean(inventory, rules)) {
      return [];
    }
    const { findings } = audit(inventory, { rules, known: RULE_IDS });
    return findings.filter(({ reason }) => reason === undefined);
  }

  /** A field can be of a newer version of Kubernetes, so it is not an error. */
  private warnOfUnknownFields(objects: readonly ManifestObject[]): void {
    for (const object of objects) {
      for (const path of unknownFields(object)) {
        warn(
          this.scope,
          `'${jsonPointer(path)}' of ${describeObject(object)} is not a field of Kubernetes ` +
            `${FIELDS_VERSION} or older.`,
          'Check its name. An API server that does not know the field rejects or drops it.',
        );
      }
    }
  }

  /** Skips the defaults that `harden` applies: a waiver omits them, whether or not the rule has a finding then. */
  private warnOfUnusedWaivers(): void {
    const ids = waivedRules(this.scope);
    const waived = RULES.filter(({ id, safeDefault }) => ids.has(id) && safeDefault && !safeDefault.apply);
    if (waived.length === 0) {
      return;
    }
    const { unusedWaivers } = audit(new Inventory(readConstructs(this.scope)), { rules: waived });
    for (const id of new Set(unusedWaivers.map(({ ruleId }) => ruleId))) {
      warn(this.scope, `The waiver of '${id}' matches nothing.`, "Remove it from 'waivers'.");
    }
  }
}

/** Whether no rule has a problem, which spares the audit: it judges waivers too, and sorts. */
function isClean(inventory: Inventory, rules: readonly KnownRule[]): boolean {
  return (
    inventory.failures.length === 0 &&
    rules.every(rule => {
      const { problems, failures } = runRule(rule, inventory, current => rule.check(current));
      return problems.length === 0 && failures.length === 0;
    })
  );
}

/** Returns a rendered controller with the defaults that its workload waives. */
function withWaivedDefaults({ apiVersion, kind, name, node }: ApiObject, json: unknown): unknown {
  const content = JSON.parse(JSON.stringify(json));
  const source = { constructPath: node.path, locate: () => undefined };
  const { at: path } = podOf({ apiVersion, kind, name, content, source })!;
  fillWaivedDefaults(at(content, ...path) as PodSpec, node.scope!);
  return content;
}

/** Whether rules compare an object of an extension with the pods: a claim, or an object of another library. */
function isCompared(object: ApiObject): boolean {
  return object.kind === 'PersistentVolumeClaim' || !(isReadable(object) || OF_CDK8S_PLUS.includes(object.kind));
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
