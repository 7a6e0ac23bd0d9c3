import type { IConstruct } from 'constructs';
import { rulesAround } from './rule-registry';
import { RULE_IDS, RuleId } from './rules';
import { WAIVER_ANNOTATION } from './waiver-annotation';
import { waivedTwice, waiverProblem } from './waiver-problem';
import { fail } from '../checks/fail';

export { WAIVER_ANNOTATION };

const WAIVERS = new WeakMap<IConstruct, readonly Waiver[]>();

/**
 * Omits one safe default of a workload, and records the reason.
 *
 * The reason becomes an annotation of the workload. Omitting a default sets nothing in its place: set another value
 * with a JSON patch on `ApiObject.of(workload)`.
 */
export class Waiver {
  /**
   * Runs the pod as the user of the image, which can be root: sets no uid, gid or `runAsNonRoot`.
   *
   * @param reason the reason, in at least three words
   */
  public static runAsNonRoot(reason: string): Waiver {
    return new Waiver('run-as-non-root', reason);
  }

  /**
   * Keeps the Linux capabilities that the container runtime grants.
   *
   * @param reason the reason, in at least three words
   */
  public static dropCapabilities(reason: string): Waiver {
    return new Waiver('drop-capabilities', reason);
  }

  /**
   * Omits the seccomp profile.
   *
   * @param reason the reason, in at least three words
   */
  public static seccompProfile(reason: string): Waiver {
    return new Waiver('seccomp-profile', reason);
  }

  /**
   * Allows processes to gain privileges, for example with setuid programs.
   *
   * @param reason the reason, in at least three words
   */
  public static noPrivilegeEscalation(reason: string): Waiver {
    return new Waiver('no-privilege-escalation', reason);
  }

  /**
   * Allows containers to write to the root filesystem, which only the ephemeral storage limit bounds and which is lost
   * when the container restarts.
   *
   * @param reason the reason, in at least three words
   */
  public static readOnlyRootFilesystem(reason: string): Waiver {
    return new Waiver('read-only-root-filesystem', reason);
  }

  /**
   * Mounts a token for the Kubernetes API server.
   *
   * @param reason the reason, in at least three words
   */
  public static noServiceAccountToken(reason: string): Waiver {
    return new Waiver('no-service-account-token', reason);
  }

  /**
   * Adds environment variables for each Service of the namespace, which is the default of Kubernetes.
   *
   * @param reason the reason, in at least three words
   */
  public static noServiceLinks(reason: string): Waiver {
    return new Waiver('no-service-links', reason);
  }

  /**
   * Omits the default resource requests and limits.
   *
   * @param reason the reason, in at least three words
   */
  public static resourceLimits(reason: string): Waiver {
    return new Waiver('resource-limits', reason);
  }

  /**
   * Omits the default probes.
   *
   * @param reason the reason, in at least three words
   */
  public static healthCheck(reason: string): Waiver {
    return new Waiver('health-check', reason);
  }

  /**
   * Does not spread the replicas over nodes and zones.
   *
   * @param reason the reason, in at least three words
   */
  public static topologySpread(reason: string): Waiver {
    return new Waiver('topology-spread', reason);
  }

  /**
   * Uses the default rollout strategy of Kubernetes, which can stop a quarter of the replicas before it starts new
   * ones.
   *
   * @param reason the reason, in at least three words
   */
  public static updateKeepsCapacity(reason: string): Waiver {
    return new Waiver('update-keeps-capacity', reason);
  }

  /**
   * Stops the app immediately, while connections can still be routed to the pod.
   *
   * @param reason the reason, in at least three words
   */
  public static drainBeforeStop(reason: string): Waiver {
    return new Waiver('drain-before-stop', reason);
  }

  /**
   * Accepts an image whose tag moves, such as `latest`.
   *
   * @param reason the reason, in at least three words
   */
  public static pinnedImage(reason: string): Waiver {
    return new Waiver('pinned-image', reason);
  }

  /**
   * Omits the network policy.
   *
   * @param reason the reason, in at least three words
   */
  public static networkPolicy(reason: string): Waiver {
    return new Waiver('network-policy', reason);
  }

  /**
   * Omits the disruption budget.
   *
   * @param reason the reason, in at least three words
   */
  public static disruptionBudget(reason: string): Waiver {
    return new Waiver('disruption-budget', reason);
  }

  /**
   * Accepts a port below 1024.
   *
   * @param reason the reason, in at least three words
   */
  public static unprivilegedPort(reason: string): Waiver {
    return new Waiver('unprivileged-port', reason);
  }

  /**
   * Mounts over a directory that contains files of the image.
   *
   * @param reason the reason, in at least three words
   */
  public static mountHidesImageFiles(reason: string): Waiver {
    return new Waiver('mount-hides-image-files', reason);
  }

  /**
   * Accepts a value in a ConfigMap that looks like a credential.
   *
   * @param reason the reason, in at least three words
   */
  public static noCredentialInConfigMap(reason: string): Waiver {
    return new Waiver('no-credential-in-config-map', reason);
  }

  /**
   * Does not roll out new pods when the configuration changes.
   *
   * @param reason the reason, in at least three words
   */
  public static configChangeRollsPods(reason: string): Waiver {
    return new Waiver('config-change-rolls-pods', reason);
  }

  /**
   * Waives any rule.
   *
   * @param ruleId the id of a built-in rule, or of a rule that was added with `SafetyRules` before the workload
   * @param reason the reason, in at least three words
   */
  public static of(ruleId: string, reason: string): Waiver {
    return new Waiver(ruleId, reason);
  }

  private constructor(
    /** The id of the waived rule. */
    public readonly rule: string,
    /** The reason, in at least three words. */
    public readonly reason: string,
  ) {}
}

/** Records the waivers of a workload, which apply to everything below it. */
export function recordWaivers(scope: IConstruct, waivers: readonly Waiver[]): void {
  const known = [...RULE_IDS, ...rulesAround(scope).map(({ definition }) => definition.id)];
  const given = waivers.map(({ rule, reason }) => ({ ruleId: rule, reason }));
  const complaint = given.map(waiver => waiverProblem(waiver, known)).find(Boolean) ?? waivedTwice(given);
  if (complaint) {
    const isUnknown = given.some(({ ruleId }) => !known.includes(ruleId));
    fail(scope, complaint.problem, isUnknown ? `${complaint.remedy} ${ADD_RULE_FIRST}` : complaint.remedy);
  }
  WAIVERS.set(scope, waivers);
}

const ADD_RULE_FIRST = "Add a rule of your own with 'SafetyRules.of(scope).add(rule)' before the workload.";

/** Whether a construct is a workload. */
export function isWorkload(construct: IConstruct): boolean {
  return WAIVERS.has(construct);
}

/** The workload that contains a construct; `undefined` for constructs of other libraries. */
export function workloadOf(construct: IConstruct): IConstruct | undefined {
  return [...construct.node.scopes].reverse().find(scope => WAIVERS.has(scope));
}

/** Whether the workload that contains a construct waives a rule. */
export function isWaived(construct: IConstruct, rule: RuleId): boolean {
  return waiverOf(construct, rule) !== undefined;
}

/** Returns the waiver of a rule by the workload that contains a construct. */
export function waiverOf(construct: IConstruct, rule: RuleId): Waiver | undefined {
  const workload = workloadOf(construct);
  return workload && WAIVERS.get(workload)!.find(waiver => waiver.rule === rule);
}

/** The ids of the rules that the workload that contains a construct waives. */
export function waivedRules(construct: IConstruct): ReadonlySet<string> {
  const workload = workloadOf(construct);
  return new Set(workload && WAIVERS.get(workload)!.map(({ rule }) => rule));
}

/** The code that waives a rule: the factory that is named after it, or `Waiver.of`. */
export function waiverCall(ruleId: string): string {
  const name = ruleId.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(Waiver, name) ? `Waiver.${name}(reason)` : `Waiver.of('${ruleId}', reason)`;
}

/** The rules that find other objects of a workload, whose annotations are the waivers. */
const RULES_OF_OTHER_OBJECTS: readonly string[] = ['no-credential-in-config-map'];

/** The waivers that are annotations of the workload, and not of another object of it. */
export function waiversOfObject(waivers: readonly Waiver[]): Waiver[] {
  return waivers.filter(({ rule }) => !RULES_OF_OTHER_OBJECTS.includes(rule));
}

/** The annotations that show the waivers and their reasons in the cluster. */
export function waiverAnnotations(waivers: readonly Waiver[]): Record<string, string> {
  return Object.fromEntries(waivers.map(({ rule, reason }) => [`${WAIVER_ANNOTATION}${rule}`, reason.trim()]));
}
