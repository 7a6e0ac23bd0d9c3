import { CustomRuleError } from './custom-rule';
import type { Problem, Rule } from './rule';
import { describeError, REPORT_ERROR } from '../checks/internal-error';
import { Inventory } from '../inspect/inventory';
import { describeObject, ManifestObject } from '../inspect/manifest';

/** The rule of the findings that report an error of the audit itself. Waivers and baselines do not apply to them. */
export const INTERNAL_ERROR: Rule<'internal-error'> = {
  id: 'internal-error',
  summary: 'Every rule checks every object.',
  rationale: 'After an error in the audit, the findings of the rule in the object are missing.',
  severity: 'error',
  profile: 'storage',
  fix: { construct: REPORT_ERROR, yaml: REPORT_ERROR },
  check: () => [],
};

/** The largest number of objects that are excluded from a rule, each of which takes several runs to find. */
const MAX_EXCLUDED = 10;

/** The result of a rule. */
export interface Checked {
  readonly problems: readonly Problem[];
  /** The errors of the rule, each at the object that causes it. */
  readonly failures: readonly Problem[];
}

/**
 * Runs the check of a rule. If it throws, the object that causes the error is excluded, and the others are checked.
 *
 * @throws CustomRuleError if a rule of the user throws
 */
export function runRule(
  { id }: Pick<Rule, 'id'>,
  inventory: Inventory,
  check: (inventory: Inventory) => Problem[],
): Checked {
  const failures: Problem[] = [];
  let checked = inventory;
  while (failures.length < MAX_EXCLUDED) {
    try {
      return { problems: check(checked), failures };
    } catch (error) {
      if (error instanceof CustomRuleError || checked.objects.length === 0) {
        throw error;
      }
      const culprit = findCulprit(checked.objects, objects => check(new Inventory(objects)));
      failures.push(toFailure(culprit, `rule '${id}'`, error));
      checked = new Inventory(checked.objects.filter(object => object !== culprit));
    }
  }
  return { problems: [], failures };
}

/** Describes an error at an object as a problem of it. */
export function toFailure(object: ManifestObject, place: string, error: unknown): Problem {
  return {
    object,
    at: [],
    message: `Internal error in ${place} at ${describeObject(object)}: ${describeError(error)}`,
  };
}

/** Returns the last object of the shortest list that a check throws for. */
function findCulprit(
  objects: readonly ManifestObject[],
  check: (objects: readonly ManifestObject[]) => unknown,
): ManifestObject {
  let [passing, failing] = [0, objects.length];
  while (failing - passing > 1) {
    const middle = Math.floor((passing + failing) / 2);
    try {
      check(objects.slice(0, middle));
      passing = middle;
    } catch {
      failing = middle;
    }
  }
  return objects[failing - 1];
}
