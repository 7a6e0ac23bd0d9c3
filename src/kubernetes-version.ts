import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from './checks/fail';

const CONTEXT = 'cdk8s-storage-patterns:oldest-cluster';

/**
 * A minor version of Kubernetes. An app can set one as its minimum cluster version.
 *
 * The manifests depend on the minimum cluster version: native sidecars need 1.29, the `sleep` action before SIGTERM
 * needs 1.30.
 *
 * @see https://kubernetes.io/releases/version-skew-policy/
 */
export class KubernetesVersion {
  /** Kubernetes 1.28, where sidecars are plain containers. */
  public static readonly V1_28 = new KubernetesVersion(28);
  /** Kubernetes 1.29, the first version with native sidecars. */
  public static readonly V1_29 = new KubernetesVersion(29);
  /** Kubernetes 1.30, the first version with the `sleep` action, and the default. */
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
   * Sets the minimum cluster version of an app. Without a call it is 1.30.
   *
   * Call it before you add charts to the app, because existing constructs would be for another version.
   *
   * @param app the app
   * @param version the minimum cluster version
   * @throws if the app already has charts
   */
  public static setMinimum(app: App, version: KubernetesVersion): void {
    if (app.node.children.length > 0) {
      fail(
        app.node.children[0],
        `The minimum cluster version is set to ${version.toString()} after this construct is defined.`,
        "Call 'KubernetesVersion.setMinimum' before you add charts to the app.",
      );
    }
    app.node.setContext(CONTEXT, version.minor);
  }

  /**
   * Returns the minimum cluster version of the app around a construct.
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
   * Returns whether this version is equal to another version or newer.
   *
   * @param other the version to compare with
   */
  public isAtLeast(other: KubernetesVersion): boolean {
    return this.minor >= other.minor;
  }

  /** Returns the version as a string: `1.30`. */
  public toString(): string {
    return `1.${this.minor}`;
  }
}
