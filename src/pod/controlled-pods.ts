import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { AssemblyProps, PodAssembly } from './assembly';
import { accountName, checkPullSecrets, closePods, defineDisruptionBudget, serviceAccount } from './companions';
import { checkControllerVolumes, waiveVolumes } from './controller-volumes';
import { checkPodLabels, identify, Identity } from './identity';
import type { OwnedAdditions } from './merge';
import type { IPodExtension } from './pod-extension';
import type { PodSettings } from './pod-settings';
import { nativeSidecars } from './render';
import { RenderedCheck } from './rendered-check';
import { ReplicaNames } from './replica-names';
import type { SecretSource } from './secret-source';
import { checkUnique } from './unique-objects';
import { claimTemplate, isExclusive } from './volumes/claim';
import type { WorkloadNetwork } from './workload-network';
import { fail } from '../checks/fail';
import type { PodTemplate } from '../checks/pod-spec';
import { checkInstance } from '../checks/value-types';
import type { ControllerDefinition } from '../controllers/controller-definition';
import { JobObject } from '../objects/job-object';
import { ReadableApiObject } from '../objects/readable-api-object';
import { refuseAfterSynthesis } from '../objects/synthesis';
import { isWaived, recordWaivers, Waiver, waiverAnnotations, waiversOfObject } from '../safety/waiver';

/** The type of a waiver, as messages name it. */
const WAIVER = { type: 'a Waiver', member: 'rule', example: "Waiver.networkPolicy('the mesh has its own')" };

/** Props of controlled pods. */
export interface ControlledPodsProps {
  readonly controller: ControllerDefinition;
  /** The image of the app, which determines the version label. */
  readonly image: string;
  readonly metadata?: ApiObjectMetadata;
  readonly waivers?: readonly Waiver[];
  readonly imagePullSecrets?: readonly SecretSource[];
  readonly settings?: PodSettings;
  /** The number of replicas that the user sets. */
  readonly replicas?: number;
  /** The number of replicas otherwise, unless a claim allows only one. */
  readonly defaultReplicas: number;
}

/** The bounds of an autoscaler, if they are known. */
interface ReplicaBounds {
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
}

/** A controller and its pods, with the objects around them. The steps are the same for every kind of controller. */
export class ControlledPods {
  public readonly object: ApiObject;
  public readonly identity: Identity;
  public readonly replicaNames: ReplicaNames;
  private assembly?: PodAssembly;
  private scaling?: ReplicaBounds;

  constructor(
    private readonly scope: Construct,
    private readonly props: ControlledPodsProps,
  ) {
    const { controller, image, metadata, waivers = [], imagePullSecrets } = props;
    waivers.forEach((waiver, i) => checkInstance(scope, `'waivers[${i}]'`, waiver, WAIVER));
    recordWaivers(scope, waivers);
    checkPullSecrets(scope, imagePullSecrets);
    controller.check(scope);
    this.object = new (controller.kind === 'Job' ? JobObject : ReadableApiObject)(scope, 'Resource', {
      apiVersion: controller.apiVersion,
      kind: controller.kind,
      metadata: {
        ...metadata,
        annotations: { ...waiverAnnotations(waiversOfObject(waivers)), ...metadata?.annotations },
      },
      spec: Lazy.any({ produce: () => this.spec(this.pods.template()) }),
    });
    this.checkName();
    this.identity = identify(scope, this.object, image, metadata);
    this.replicaNames = new ReplicaNames(scope, this.identity, controller, props.replicas);
    checkUnique(scope, this.identity);
    Object.entries(this.identity.labels).forEach(([key, value]) => this.object.metadata.addLabel(key, value));
    checkPodLabels(scope, this.identity, props.settings?.podLabels);
  }

  /** The pods; defined after `run`. */
  public get pods(): PodAssembly {
    return this.assembly!;
  }

  /** The name of the ServiceAccount. */
  public get accountName(): string {
    return accountName(this.identity, this.props.settings?.serviceAccount);
  }

  /** The number of replicas: by default one if only one node can mount a claim of the pods. */
  public get replicas(): number {
    const { replicas, defaultReplicas } = this.props;
    if (this.scaling) {
      return this.scaling.minReplicas ?? defaultReplicas;
    }
    return replicas ?? (this.hasExclusiveClaim ? Math.min(defaultReplicas, 1) : defaultReplicas);
  }

  /**
   * Defines the ServiceAccount, the PodDisruptionBudget and the NetworkPolicy.
   *
   * @param network the connections of the pods
   */
  public surround(network: WorkloadNetwork): void {
    serviceAccount(this.scope, this.identity, this.props.settings?.serviceAccount);
    this.limitDisruptions();
    closePods(this.scope, this.identity, this.props.settings?.dns, () => network.rules());
  }

  /**
   * Defines the pods, and adds the check of the rendered objects.
   *
   * @param additions returns what the controller itself adds to the pods
   */
  public run(
    props: Omit<AssemblyProps, 'identity' | 'imagePullSecrets' | 'settings' | 'controller'>,
    additions: (pods: PodAssembly) => readonly OwnedAdditions[],
  ): void {
    const pods = new PodAssembly(this.scope, {
      ...props,
      controller: this.props.controller,
      identity: this.identity,
      imagePullSecrets: this.props.imagePullSecrets,
      settings: this.props.settings,
    });
    this.assembly = pods;
    this.push(...additions(pods));
    new RenderedCheck(this.scope, () => ({
      controller: this.object,
      merged: pods.merged,
      spec: () => this.spec(pods.template()),
    }));
  }

  /** Adds additions, and what follows from them for the controller. */
  public push(...additions: readonly OwnedAdditions[]): void {
    this.pods.push(...additions);
    this.followAdditions();
  }

  /** Adds an extension, and what follows from it for the controller. */
  public add(extension: IPodExtension): void {
    this.pods.add(extension);
    this.followAdditions();
  }

  /** Whether an autoscaler sets the number of replicas. */
  public get isAutoscaled(): boolean {
    return this.scaling !== undefined;
  }

  /** Leaves the number of replicas to an autoscaler. */
  public leaveReplicasTo(bounds: ReplicaBounds): void {
    refuseAfterSynthesis(this.scope);
    const { replicas, controller } = this.props;
    if (!controller.hasReplicas) {
      fail(this.scope, `An autoscaler is set, but a ${controller.kind} has no replicas.`, 'Remove it.');
    }
    if (replicas !== undefined) {
      fail(
        this.scope,
        `'replicas' is ${replicas}, but an autoscaler sets the number of replicas.`,
        "Omit 'replicas', and set the bounds of the autoscaler.",
      );
    }
    this.scaling = bounds;
    this.followAdditions();
  }

  private get hasExclusiveClaim(): boolean {
    return this.assembly?.merged.volumes.some(volume => isExclusive(volume._facts)) ?? false;
  }

  private followAdditions(): void {
    const { scope, props, object } = this;
    const { volumes, reloadOn, sidecars } = this.pods.merged;
    waiveVolumes(scope, object, volumes, props.waivers);
    const replicas = this.scaling ? (this.scaling.maxReplicas ?? Infinity) : props.replicas;
    checkControllerVolumes(scope, props.controller, volumes, replicas);
    props.controller.checkStartup?.(scope, this.pods.startupSeconds);
    if (props.controller.runsToCompletion && sidecars.length > 0 && !nativeSidecars(scope)) {
      fail(
        scope,
        `Sidecar '${sidecars[0].name}' never ends, so the ${props.controller.kind} never completes on clusters ` +
          'before 1.29.',
        "Raise the minimum cluster version with 'KubernetesVersion.setMinimum'.",
      );
    }
    // each run of a CronJob reads the current configuration, and a Job does not run again
    for (const kind of props.controller.runsToCompletion ? [] : ['configmap', 'secret']) {
      const names = reloadOn.filter(target => target.kind === kind).map(target => target.name);
      if (names.length > 0) {
        object.metadata.addAnnotation(`${kind}.reloader.stakater.com/reload`, names.join(','));
      }
    }
    this.limitDisruptions();
  }

  private limitDisruptions(): void {
    defineDisruptionBudget(this.scope, this.identity, this.props.controller.hasReplicas ? this.replicas : 1);
  }

  private spec(template: PodTemplate): unknown {
    const { podLabels } = this.identity;
    return this.props.controller.spec({
      replicas: this.isAutoscaled ? undefined : this.replicas,
      podLabels,
      template,
      headlessName: this.replicaNames.serviceName,
      claimTemplates: this.pods.merged.volumes.flatMap(({ name, _facts: { claim } }) =>
        claim?.kind === 'replica' ? [claimTemplate(name, claim, podLabels)] : [],
      ),
      stopsFirst: this.hasExclusiveClaim,
      waivesCapacity: isWaived(this.scope, 'update-keeps-capacity'),
      startupSeconds: this.pods.startupSeconds,
    });
  }

  private checkName(): void {
    const { name } = this.object;
    const { kind, maxNameLength = Infinity } = this.props.controller;
    if (name.length > maxNameLength) {
      fail(
        this.scope,
        `The name '${name}' has ${name.length} characters. A suffix is added to the name of a ${kind}, which leaves ` +
          `${maxNameLength}.`,
        "Set a shorter name in 'metadata.name'.",
      );
    }
  }
}
