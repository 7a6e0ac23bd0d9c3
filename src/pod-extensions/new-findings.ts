import type { ApiObject } from 'cdk8s';
import { fail } from '../checks/fail';
import { Inventory } from '../inspect/inventory';
import type { ManifestObject } from '../inspect/manifest';
import { isFor } from '../safety/rule';
import { RULE_IDS, RuleId, RULES } from '../safety/rules';
import { audit, Finding } from '../safety/run';
import { isWaived, waiverCall } from '../safety/waiver';

const CLAIM_RULES: readonly RuleId[] = ['claim-has-one-writer', 'rollout-releases-claim'];

/**
 * The rules that depend only on pods and their claims. Added containers have limits, except for ephemeral storage in
 * pods that do not limit it.
 */
const CHECKED = RULES.filter(({ id, ofPod }) => (ofPod && id !== 'resource-limits') || CLAIM_RULES.includes(id));

/**
 * Refuses additions after which a workload violates a rule that it does not violate without them, such as volumes that
 * exceed the ephemeral storage of its containers.
 *
 * @param before the workload without additions, as a kind that rules know
 * @param after the same workload with additions, and the objects of its extensions
 */
export function refuseNewFindings(
  object: ApiObject,
  before: readonly ManifestObject[],
  after: readonly ManifestObject[],
): void {
  const existing = findingsOf(object, before);
  const messages = new Set(existing.map(({ message }) => message));
  const countOf = (findings: readonly Finding[], { rule }: Finding) =>
    findings.filter(other => other.rule === rule).length;
  const all = findingsOf(object, after);
  const added = all.find(
    finding => !messages.has(finding.message) && countOf(all, finding) > countOf(existing, finding),
  );
  if (added) {
    const { message, rule } = added;
    fail(
      object,
      message,
      `${rule.fix.yaml} Or set 'waivers: [${waiverCall(rule.id)}]' in the options of 'PodExtensions.of'.`,
    );
  }
}

function findingsOf(object: ApiObject, manifests: readonly ManifestObject[]): Finding[] {
  const rules = CHECKED.filter(rule => !isWaived(object, rule.id) && isFor(object, rule));
  const { findings } = audit(new Inventory(manifests), { rules, known: RULE_IDS });
  return findings.filter(({ reason }) => reason === undefined);
}
