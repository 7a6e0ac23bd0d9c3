import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ExtendedPods } from './extended-pods';
import { findObject } from './find-object';
import type { PodExtensionsOptions } from './pod-extensions-options';
import { fail } from '../checks/fail';
import { checkArgument, checkProps, OPTIONAL, PropTable } from '../checks/props';
import type { IPodExtension } from '../pod/pod-extension';

const OPTIONS: PropTable<PodExtensionsOptions> = {
  kind: OPTIONAL,
  name: OPTIONAL,
  container: OPTIONAL,
  isolated: OPTIONAL,
  waivers: OPTIONAL,
};

/** The options that later calls for the same workload must not change. */
const LASTING = ['container', 'isolated', 'waivers'] as const;

const EXTENSIONS = new WeakMap<ApiObject, PodExtensions>();

/**
 * The extensions of a workload that this library did not create: a Deployment, StatefulSet, DaemonSet, Job or CronJob
 * of cdk8s-plus-28, any `ApiObject` with a pod template, or one in an included Helm chart or YAML file.
 *
 * Extensions are added when the workload is rendered, so other changes of the workload can come before or after them.
 * They do not change its own containers except for the added mounts and variables. The added containers satisfy the Pod
 * Security Standard "restricted".
 */
export class PodExtensions {
  /**
   * Returns the extensions of a workload.
   *
   * @param scope the workload, or a construct that contains it, such as `Helm` or `Include` of cdk8s
   * @param options selects a workload, its container, and further settings
   * @throws if the construct contains no such workload, or several
   */
  public static of(scope: IConstruct, options: PodExtensionsOptions = {}): PodExtensions {
    checkArgument('PodExtensions.of', 'scope', scope, 'deployment');
    checkProps(scope, options, OPTIONS);
    const object = findObject(scope, options);
    const existing = EXTENSIONS.get(object);
    if (existing) {
      existing.refuseOtherOptions(scope, options);
      return existing;
    }
    const created = new PodExtensions(object, options);
    EXTENSIONS.set(object, created);
    return created;
  }

  private readonly pods: ExtendedPods;

  private constructor(
    object: ApiObject,
    private readonly options: PodExtensionsOptions,
  ) {
    this.pods = new ExtendedPods(object, options);
  }

  /**
   * Adds an extension: configuration, log collection, a database client, or your own. The order does not matter.
   *
   * @param extension the extension
   * @returns these extensions
   * @throws if it conflicts with the workload or with another extension
   */
  public add(extension: IPodExtension): PodExtensions {
    this.pods.add(extension);
    return this;
  }

  private refuseOtherOptions(scope: IConstruct, options: PodExtensionsOptions): void {
    const other = LASTING.find(
      name => options[name] !== undefined && JSON.stringify(options[name]) !== JSON.stringify(this.options[name]),
    );
    if (other !== undefined) {
      fail(
        scope,
        `'${other}' differs from the first call of 'PodExtensions.of' for the same workload.`,
        `Set '${other}' in the first call.`,
      );
    }
  }
}
