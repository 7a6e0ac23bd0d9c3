import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { LIVE_REASON, Rollout, RolloutRule } from './config-rollout';
import { Namespaces } from '../inspect/namespaces';
import { apiObjectsBelow } from '../objects/api-objects';
import { isWaived, WAIVER_ANNOTATION, workloadOf } from '../safety/waiver';

/** An existing ConfigMap or Secret, and the effect of its changes. */
interface ExistingUse {
  readonly kind: 'configMap' | 'secret';
  readonly name: string;
  readonly rollout: Rollout;
}

/** The reasons by rule that extensions have recorded for a workload. */
const RECORDED = new WeakMap<ApiObject, Map<RolloutRule, Set<() => string | undefined>>>();

/**
 * Annotates the workload with the reasons why changes of existing objects do not roll out new pods.
 *
 * The annotation waives the rule for the workload, so it is only rendered if the rule has a finding: for files that are
 * mounted with `subPath`, and for a ConfigMap in the same app.
 *
 * @param scope the scope of the extension
 */
export function waiveExistingRollouts(scope: Construct, uses: readonly ExistingUse[], rule: RolloutRule): void {
  const workload = workloadOf(scope);
  if (workload === undefined || isWaived(scope, rule)) {
    return;
  }
  const object = ApiObject.of(workload);
  for (const use of uses) {
    const reason = reasonOf(use.rollout);
    if (reason !== undefined) {
      const isReported = () => rule === 'no-sub-path-config' || isDefined(object, use);
      reasonsOf(object, rule).add(() => (isReported() ? reason : undefined));
    }
  }
}

function reasonOf({ _strategy: strategy, reason }: Rollout): string | undefined {
  return strategy === 'live' ? LIVE_REASON : strategy === 'none' ? reason?.trim() : undefined;
}

/** Returns the reasons of a rule; the first call adds the annotation. */
function reasonsOf(object: ApiObject, rule: RolloutRule): Set<() => string | undefined> {
  const byRule = RECORDED.get(object) ?? new Map<RolloutRule, Set<() => string | undefined>>();
  RECORDED.set(object, byRule);
  const recorded = byRule.get(rule) ?? new Set();
  if (!byRule.has(rule)) {
    byRule.set(rule, recorded);
    const produce = () => {
      const reasons = new Set([...recorded].flatMap(reason => reason() ?? []));
      return reasons.size === 0 ? undefined : [...reasons].sort().join('; ');
    };
    object.metadata.addAnnotation(`${WAIVER_ANNOTATION}${rule}`, Lazy.any({ produce }));
  }
  return recorded;
}

/** Whether the app defines the ConfigMap, as the rule finds it. The rule does not check Secrets. */
function isDefined(workload: ApiObject, { kind, name }: ExistingUse): boolean {
  const objects = apiObjectsBelow(workload.node.root);
  const configMaps = objects.filter(object => object.kind === 'ConfigMap' && object.name === name);
  const namespaces = new Namespaces(objects.map(namespaceOf));
  return kind === 'configMap' && namespaces.matching(configMaps.map(namespaceOf), namespaceOf(workload)).length > 0;
}

function namespaceOf({ metadata: { namespace } }: ApiObject): { readonly namespace?: string } {
  return { namespace };
}
