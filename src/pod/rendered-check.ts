import { ApiObject } from 'cdk8s';
import type { Construct, IValidation } from 'constructs';
import type { MergedParts } from './merge';
import { warn } from '../checks/fail';
import { Inventory } from '../inspect/inventory';
import { at, jsonPointer } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import { readConstructs } from '../inspect/read-constructs';
import { isFor } from '../safety/rule';
import { KnownRule, RULE_IDS, RULES } from '../safety/rules';
import { audit, Finding } from '../safety/run';
import { isWaived, waiverCall } from '../safety/waiver';

/** What a workload is rendered from, as it is now. */
export interface RenderedSource {
  readonly controller: ApiObject;
  readonly merged: MergedParts;
  /** The controller's spec. */
  spec(): unknown;
}

/**
 * Asks the rules about the objects of one workload when the app is synthesized, and about no others. As long as nobody
 * patches them there is nothing to be undone but by the parts of the pod, so that the pod alone is looked at.
 */
export class RenderedCheck implements IValidation {
  private readonly ownPatches: number;
  private last?: { readonly merged: MergedParts; readonly patches: number; readonly problems: string[] };

  constructor(
    private readonly scope: Construct,
    private readonly source: () => RenderedSource,
  ) {
    this.ownPatches = patchesBelow(scope);
    scope.node.addValidation(this);
  }

  /** What is wrong, as sentences; the app is validated once for each of its charts, so the answer is kept. */
  public validate(): string[] {
    const source = this.source();
    const patches = patchesBelow(this.scope);
    if (this.last?.merged !== source.merged || this.last.patches !== patches) {
      const isPatched = !Number.isFinite(patches) || patches !== this.ownPatches;
      const asked = RULES.filter(({ ofPod, safeDefault }) => (isPatched ? safeDefault : ofPod));
      const objects = isPatched ? readConstructs(this.scope) : [manifestOf(source)];
      this.last = { merged: source.merged, patches, problems: this.problemsOf(objects, asked) };
      this.warnOfStaleWaivers();
    }
    return this.last.problems;
  }

  private problemsOf(objects: readonly ManifestObject[], asked: readonly KnownRule[]): string[] {
    const rules = asked.filter(rule => !isWaived(this.scope, rule.id) && isFor(this.scope, rule));
    return audit(new Inventory(objects), { rules, known: RULE_IDS })
      .findings.filter(({ reason }) => reason === undefined)
      .map(sentence);
  }

  /** Rules with a default of the pod are waived to leave it out, whether or not something is wrong without it. */
  private warnOfStaleWaivers(): void {
    const waived = RULES.filter(({ id, safeDefault }) => safeDefault && !safeDefault.apply && isWaived(this.scope, id));
    const found =
      waived.length === 0
        ? []
        : audit(new Inventory(readConstructs(this.scope)), { rules: waived }).findings.map(({ rule }) => rule.id);
    for (const { id, summary } of waived.filter(rule => !found.includes(rule.id))) {
      warn(this.scope, `The waiver of '${id}' matches nothing: ${summary}.`, 'Leave it out.');
    }
  }
}

function manifestOf({ controller: { apiVersion, kind, name, metadata, node }, spec }: RenderedSource): ManifestObject {
  const content = { apiVersion, kind, metadata: metadata.toJson(), spec: spec() };
  return { apiVersion, kind, name, content, source: { constructPath: node.path, locate: () => undefined } };
}

/**
 * How many JSON patches the objects below a construct have; more than any where that cannot be told, so that all is
 * looked at.
 */
export function patchesBelow(scope: Construct): number {
  const objects = scope.node.findAll().filter(construct => ApiObject.isApiObject(construct)) as unknown as {
    patches?: unknown[];
  }[];
  return objects.reduce((sum, { patches }) => sum + (patches?.length ?? Infinity), 0);
}

function sentence({ rule, object, at: path, message }: Finding): string {
  const value = at(object.content, ...path);
  const got =
    value === undefined ? 'missing' : typeof value === 'object' ? 'not as it should be' : JSON.stringify(value);
  return (
    `${message}: '${jsonPointer(path)}' of ${object.kind} '${object.name}' is ${got}. ${rule.fix.yaml}, or waive ` +
    `it with '${waiverCall(rule.id)}'`
  );
}
