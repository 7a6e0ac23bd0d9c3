import type { ApiObjectMetadata } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { POD_SETTINGS, PodSettings } from './pod-settings';
import { ScopedDefaults } from './scoped-defaults';
import type { SecretSource } from './secret-source';
import { fail } from '../checks/fail';
import type { PodSpec } from '../checks/pod-spec';
import { checkProps, PropTable, optional } from '../checks/props';
import { checkAnnotations, checkInteger, checkLabels, checkMetadataTypes } from '../checks/values';
import type { Waiver } from '../safety/waiver';

/** Options of all workloads below a scope. */
export interface WorkloadDefaultsOptions extends PodSettings {
  /**
   * The registry that replaces the registry of all images, for example a mirror. The path of an image stays the same:
   * with `registry.example.com/mirror`, `ghcr.io/acme/api:1.4.2` becomes `registry.example.com/mirror/acme/api:1.4.2`.
   *
   * @default - the registries of the images
   */
  readonly imageRegistry?: string;

  /**
   * The Secrets to pull images with.
   *
   * @default - the credentials of the nodes
   */
  readonly imagePullSecrets?: SecretSource[];

  /**
   * Labels of all objects of the workloads.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations of the controllers.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;

  /**
   * The number of pods of apps that set none and have no claim for one node.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * The resource requests and limits of apps that set none.
   *
   * @default - see AppWorkloadProps.resources
   */
  readonly resources?: ContainerResources;

  /**
   * Waivers of all workloads.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/** The largest accepted number of replicas. */
export const MOST_REPLICAS = 100_000;

const OPTIONS: PropTable<WorkloadDefaultsOptions> = {
  ...POD_SETTINGS,
  imageRegistry: optional('string'),
  imagePullSecrets: optional('SecretSource[]'),
  labels: optional('string{}'),
  annotations: optional('string{}'),
  replicas: optional('number'),
  resources: optional('object'),
  waivers: optional('Waiver[]'),
};

const DEFAULTS = new ScopedDefaults<WorkloadDefaultsOptions>('Workload defaults', 'WorkloadDefaults', combine);

/**
 * Options of all workloads below an app, a chart or another construct. A workload overrides them with its own props,
 * and an inner scope overrides an outer one; labels, annotations and waivers are combined.
 */
export class WorkloadDefaults {
  /**
   * Returns the defaults of a scope.
   *
   * @param scope an app, a chart or another construct
   */
  public static of(scope: IConstruct): WorkloadDefaults {
    return new WorkloadDefaults(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Sets defaults. Call it before you define workloads, because existing ones would not have them.
   *
   * @param options the defaults
   * @returns these defaults
   * @throws if the scope already has workloads
   */
  public set(options: WorkloadDefaultsOptions): WorkloadDefaults {
    const { scope } = this;
    checkProps(scope, options, OPTIONS, "the argument of 'set'");
    checkLabels(scope, "'labels'", options.labels);
    checkAnnotations(scope, "'annotations'", options.annotations);
    checkRegistry(scope, options.imageRegistry);
    if (options.replicas !== undefined) {
      checkInteger(scope, "'replicas'", options.replicas, 0, MOST_REPLICAS);
    }
    DEFAULTS.set(scope, options);
    return this;
  }
}

/** Returns the defaults that apply to a construct. */
export function defaultsOf(construct: IConstruct): WorkloadDefaultsOptions {
  return DEFAULTS.of(construct);
}

/** The props of workloads that have defaults. */
interface DefaultedProps extends PodSettings {
  readonly metadata?: ApiObjectMetadata;
  readonly imagePullSecrets?: SecretSource[];
  readonly waivers?: Waiver[];
  readonly resources?: ContainerResources;
}

/** Completes the props of a workload with the defaults of its scopes. */
export function withDefaults<T extends DefaultedProps>(workload: IConstruct, props: T): T {
  const { imageRegistry: _, replicas: __, ...defaults } = defaultsOf(workload);
  const { metadata } = props;
  checkMetadataTypes(workload, metadata);
  const own = { ...props, labels: metadata?.labels, annotations: metadata?.annotations };
  const { labels, annotations, ...completed } = combine(defaults, own);
  return { ...(completed as T), metadata: { ...metadata, labels, annotations } };
}

/** Replaces the registry of all images of a pod. */
export function useRegistry(pod: PodSpec, registry: string | undefined): void {
  if (registry === undefined) {
    return;
  }
  for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
    container.image = inRegistry(container.image!, registry);
  }
  // the source belongs to the `PodVolume`, which other pods mount too
  for (const volume of (pod.volumes ?? []) as { image?: { reference: string } }[]) {
    if (volume.image) {
      volume.image = { ...volume.image, reference: inRegistry(volume.image.reference, registry) };
    }
  }
}

function inRegistry(image: string, registry: string): string {
  const [first, ...rest] = image.split('/');
  if (rest.length === 0) {
    return `${registry}/library/${image}`;
  }
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  return `${registry}/${hasRegistry ? rest.join('/') : image}`;
}

/** Combines defaults; the inner ones take precedence. */
function combine(outer: WorkloadDefaultsOptions, inner: WorkloadDefaultsOptions): WorkloadDefaultsOptions {
  const set = Object.fromEntries(Object.entries(inner).filter(([, value]) => value !== undefined && value !== null));
  const innerRules = (inner.waivers ?? []).map(({ rule }) => rule);
  return {
    ...outer,
    ...set,
    labels: { ...outer.labels, ...inner.labels },
    annotations: { ...outer.annotations, ...inner.annotations },
    podLabels: { ...outer.podLabels, ...inner.podLabels },
    waivers: [...(outer.waivers ?? []).filter(({ rule }) => !innerRules.includes(rule)), ...(inner.waivers ?? [])],
  };
}

function checkRegistry(scope: IConstruct, registry: string | undefined): void {
  if (registry !== undefined && !/^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/.test(registry)) {
    fail(
      scope,
      `'imageRegistry' is '${registry}', which is not a registry with an optional path.`,
      "Use the form 'registry.example.com/mirror', without a scheme and without '/' at the end.",
    );
  }
}
