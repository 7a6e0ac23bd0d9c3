import type { ApiObject } from 'cdk8s';
import type { PodTarget } from './pod-target';
import { fail } from '../checks/fail';
import { Inventory } from '../inspect/inventory';
import type { ManifestObject } from '../inspect/manifest';
import type { PodVolume } from '../pod/volumes/pod-volume';
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
 * @param target the workload without additions
 * @param after the same workload with additions
 * @param added the objects of its extensions
 * @param volumes the added volumes
 * @param likeApp the names of the added containers that are like the app, which share its findings
 */
export function refuseNewFindings(
  object: ApiObject,
  { pod: { object: before }, app }: PodTarget,
  after: ManifestObject,
  added: readonly ManifestObject[],
  volumes: readonly PodVolume[],
  likeApp: readonly string[],
): void {
  // the workload itself can mount the same claim
  const existingClaims = volumes.flatMap(volume => existingClaim(after, volume));
  const existing = findingsOf(object, before, existingClaims);
  const messages = new Set(
    existing.flatMap(({ message }) => [app.name, ...likeApp].map(name => renamed(message, app.name, name))),
  );
  const countOf = (findings: readonly Finding[], { rule }: Finding) =>
    findings.filter(other => other.rule === rule).length;
  const all = findingsOf(object, after, [...added, ...existingClaims]);
  const problem = all.find(
    finding => !messages.has(finding.message) && countOf(all, finding) > countOf(existing, finding),
  );
  if (problem) {
    const { message, rule } = problem;
    const remedies = [
      rule.fix.yaml,
      ...(existingClaims.length > 0 && CLAIM_RULES.some(id => id === rule.id) ? [OTHER_MODE] : []),
      `Or set 'waivers: [${waiverCall(rule.id)}]' in the options of 'PodExtensions.of'.`,
    ];
    fail(object, message, remedies.join(' '));
  }
}

const OTHER_MODE = "If the claim has another access mode, set 'accessMode' in 'PodVolume.fromClaimName'.";

/** Returns the existing claim of a volume with its access mode, which the rules compare with the pods. */
function existingClaim({ namespace, source }: ManifestObject, { _facts, _source }: PodVolume): ManifestObject[] {
  const name = _source.persistentVolumeClaim?.claimName;
  if (_facts.claim?.kind !== 'existing' || name === undefined) {
    return [];
  }
  const identity = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
  const content = { ...identity, metadata: { name, namespace }, spec: { accessModes: [_facts.claim.accessMode] } };
  return [{ ...identity, name, namespace, content, source }];
}

function renamed(message: string, container: string, name: string): string {
  return message.replace(`'${container}'`, `'${name}'`);
}

function findingsOf(object: ApiObject, workload: ManifestObject, others: readonly ManifestObject[]): Finding[] {
  const rules = CHECKED.filter(rule => !isWaived(object, rule.id) && isFor(object, rule));
  const { findings } = audit(new Inventory([workload, ...others]), { rules, known: RULE_IDS });
  return findings.filter(finding => finding.object === workload && finding.reason === undefined);
}
