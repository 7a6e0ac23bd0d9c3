import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from './checks/fail';

const CONTEXT = 'cdk8s-storage-patterns:oldest-cluster';

/**
 * A minor version of Kubernetes, and the one setting that follows from it: the oldest cluster that an app has to serve.
 *
 * What differs by version follows that setting and is never a prop of its own: native sidecars need 1.29, the `sleep`
 * action before a stop needs 1.30.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/
 */
export class KubernetesVersion {
  /** Kubernetes 1.28: sidecars are plain containers. */
  public static readonly V1_28 = new KubernetesVersion(28);
  /** Kubernetes 1.29: the first with native sidecars. */
  public static readonly V1_29 = new KubernetesVersion(29);
  /** Kubernetes 1.30: the first with the `sleep` action; the default. */
  public static readonly V1_30 = new KubernetesVersion(30);
  /** Kubernetes 1.31. */
  public static readonly V1_31 = new KubernetesVersion(31);
  /** Kubernetes 1.32. */
  public static readonly V1_32 = new KubernetesVersion(32);
  /** Kubernetes 1.33. */
  public static readonly V1_33 = new KubernetesVersion(33);
  /** Kubernetes 1.34. */
  public static readonly V1_34 = new KubernetesVersion(34);
  /** Kubernetes 1.35. */
  public static readonly V1_35 = new KubernetesVersion(35);
  /** Kubernetes 1.36. */
  public static readonly V1_36 = new KubernetesVersion(36);
  /** Kubernetes 1.37. */
  public static readonly V1_37 = new KubernetesVersion(37);

  /**
   * Makes `version` the oldest cluster that everything in `app` has to serve.
   *
   * Call it before anything else is added to the app: what stands there already would have been built for another
   * version.
   *
   * @param app the whole app
   * @param version the oldest version; 1.30 when this is never called
   * @throws when the app has charts already
   */
  public static setMinimum(app: App, version: KubernetesVersion): void {
    if (app.node.children.length > 0) {
      fail(
        app.node.children[0],
        `The oldest cluster to serve is set to ${version.toString()} after this was defined.`,
        "Call 'KubernetesVersion.setMinimum' before anything is added to the app.",
      );
    }
    app.node.setContext(CONTEXT, version.minor);
  }

  /**
   * The oldest cluster that the app around `scope` has to serve.
   *
   * @param scope any construct of the app
   */
  public static minimumOf(scope: IConstruct): KubernetesVersion {
    return new KubernetesVersion(scope.node.tryGetContext(CONTEXT) ?? 30);
  }

  private constructor(
    /** The minor version: 30 for Kubernetes 1.30. */
    public readonly minor: number,
  ) {}

  /**
   * Whether this version is `other` or newer.
   *
   * @param other the version to compare with
   */
  public isAtLeast(other: KubernetesVersion): boolean {
    return this.minor >= other.minor;
  }

  /** The version as people write it: `1.30`. */
  public toString(): string {
    return `1.${this.minor}`;
  }
}
