import type { IConstruct } from 'constructs';
import { RULE_IDS, RuleId } from './rules';
import { waivedTwice, waiverProblem } from './waiver-problem';
import { fail } from '../checks/fail';

/** What the annotation of a waiver begins with, before the rule's id. */
export const WAIVER_ANNOTATION = 'waiver.cdk8s-storage-patterns/';

const WAIVERS = new WeakMap<IConstruct, readonly Waiver[]>();

/**
 * Leaves one safe default out, for a reason that others can read.
 *
 * The reason is kept as an annotation of the workload in the cluster. Leaving a default out sets nothing in its place:
 * what the app needs instead is set by a JSON patch on `ApiObject.of(workload)`.
 */
export class Waiver {
  /**
   * Lets the pod run as root or as the image's user: no uid, gid or `runAsNonRoot`.
   *
   * @param reason why, in at least three words
   */
  public static runAsNonRoot(reason: string): Waiver {
    return new Waiver('run-as-non-root', reason);
  }

  /**
   * Keeps the Linux capabilities that the container runtime grants.
   *
   * @param reason why, in at least three words
   */
  public static dropCapabilities(reason: string): Waiver {
    return new Waiver('drop-capabilities', reason);
  }

  /**
   * Leaves out the seccomp profile.
   *
   * @param reason why, in at least three words
   */
  public static seccompProfile(reason: string): Waiver {
    return new Waiver('seccomp-profile', reason);
  }

  /**
   * Lets processes gain privileges, as with setuid programs.
   *
   * @param reason why, in at least three words
   */
  public static noPrivilegeEscalation(reason: string): Waiver {
    return new Waiver('no-privilege-escalation', reason);
  }

  /**
   * Lets containers write to their own layer, which is unbounded but for ephemeral storage and gone with the container.
   *
   * @param reason why, in at least three words
   */
  public static readOnlyRootFilesystem(reason: string): Waiver {
    return new Waiver('read-only-root-filesystem', reason);
  }

  /**
   * Gives the pod a token for the API server.
   *
   * @param reason why, in at least three words
   */
  public static noServiceAccountToken(reason: string): Waiver {
    return new Waiver('no-service-account-token', reason);
  }

  /**
   * Adds an environment variable for each Service of the namespace, as Kubernetes does by default.
   *
   * @param reason why, in at least three words
   */
  public static noServiceLinks(reason: string): Waiver {
    return new Waiver('no-service-links', reason);
  }

  /**
   * Leaves out requests and limits that were not given.
   *
   * @param reason why, in at least three words
   */
  public static resourceLimits(reason: string): Waiver {
    return new Waiver('resource-limits', reason);
  }

  /**
   * Leaves out the probes.
   *
   * @param reason why, in at least three words
   */
  public static healthCheck(reason: string): Waiver {
    return new Waiver('health-check', reason);
  }

  /**
   * Does not spread the replicas over nodes and zones.
   *
   * @param reason why, in at least three words
   */
  public static topologySpread(reason: string): Waiver {
    return new Waiver('topology-spread', reason);
  }

  /**
   * Rolls with Kubernetes' own strategy, which may take away a quarter of the replicas.
   *
   * @param reason why, in at least three words
   */
  public static updateKeepsCapacity(reason: string): Waiver {
    return new Waiver('update-keeps-capacity', reason);
  }

  /**
   * Stops at once, while connections may still be routed to the pod.
   *
   * @param reason why, in at least three words
   */
  public static drainBeforeStop(reason: string): Waiver {
    return new Waiver('drain-before-stop', reason);
  }

  /**
   * Takes an image by a tag that moves, such as `latest`.
   *
   * @param reason why, in at least three words
   */
  public static pinnedImage(reason: string): Waiver {
    return new Waiver('pinned-image', reason);
  }

  /**
   * Leaves out the network policy.
   *
   * @param reason why, in at least three words
   */
  public static networkPolicy(reason: string): Waiver {
    return new Waiver('network-policy', reason);
  }

  /**
   * Leaves out the disruption budget.
   *
   * @param reason why, in at least three words
   */
  public static disruptionBudget(reason: string): Waiver {
    return new Waiver('disruption-budget', reason);
  }

  /**
   * Listens on a port below 1024.
   *
   * @param reason why, in at least three words
   */
  public static unprivilegedPort(reason: string): Waiver {
    return new Waiver('unprivileged-port', reason);
  }

  /**
   * Mounts over a directory that holds files of the image.
   *
   * @param reason why, in at least three words
   */
  public static mountHidesImageFiles(reason: string): Waiver {
    return new Waiver('mount-hides-image-files', reason);
  }

  /**
   * Keeps in a ConfigMap what looks like a credential.
   *
   * @param reason why, in at least three words
   */
  public static noCredentialInConfigMap(reason: string): Waiver {
    return new Waiver('no-credential-in-config-map', reason);
  }

  /**
   * Lets pods go on with the configuration that they have when it changes.
   *
   * @param reason why, in at least three words
   */
  public static configChangeRollsPods(reason: string): Waiver {
    return new Waiver('config-change-rolls-pods', reason);
  }

  /**
   * Leaves out any rule.
   *
   * @param ruleId its id, from the list of safe defaults
   * @param reason why, in at least three words
   */
  public static of(ruleId: string, reason: string): Waiver {
    return new Waiver(ruleId, reason);
  }

  private constructor(
    /** The id of the rule that is left out. */
    public readonly rule: string,
    /** Why, in at least three words. */
    public readonly reason: string,
  ) {}
}

/** Records the waivers of a workload, for everything below it. */
export function recordWaivers(scope: IConstruct, waivers: readonly Waiver[]): void {
  const given = waivers.map(({ rule, reason }) => ({ ruleId: rule, reason }));
  const found = given.map(waiver => waiverProblem(waiver, RULE_IDS)).find(Boolean) ?? waivedTwice(given);
  if (found) {
    fail(scope, found.problem, found.remedy);
  }
  WAIVERS.set(scope, waivers);
}

/** Whether the workload around `scope` leaves this rule out. */
export function isWaived(scope: IConstruct, rule: RuleId): boolean {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    const waivers = WAIVERS.get(at);
    if (waivers) {
      return waivers.some(waiver => waiver.rule === rule);
    }
  }
  return false;
}

/** How a waiver of a rule is written: by the factory of its name, where it has one. */
export function waiverCall(ruleId: string): string {
  const name = ruleId.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(Waiver, name) ? `Waiver.${name}(reason)` : `Waiver.of('${ruleId}', reason)`;
}

/** The waivers as annotations, so that whoever looks at the cluster finds the reasons. */
export function waiverAnnotations(waivers: readonly Waiver[]): Record<string, string> {
  return Object.fromEntries(waivers.map(({ rule, reason }) => [`${WAIVER_ANNOTATION}${rule}`, reason.trim()]));
}
