import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { AssemblyProps, PodAssembly } from './assembly';
import { checkPullSecrets, closePods, disruptionBudget, serviceAccount } from './companions';
import { identify, Identity } from './identity';
import type { OwnedAdditions } from './merge';
import type { IPodExtension } from './pod-extension';
import { RenderedCheck } from './rendered-check';
import type { SecretSource } from './secret-source';
import type { PodTemplate } from '../checks/pod-spec';
import { ReadableApiObject } from '../objects/readable-api-object';
import { recordWaivers, Waiver, waiverAnnotations } from '../safety/waiver';

/** Props of a controller, and the differences between the kinds of controllers. */
export interface ControllerProps {
  readonly apiVersion: string;
  readonly kind: string;
  /** The image of the app, which determines the version label. */
  readonly image: string;
  readonly metadata?: ApiObjectMetadata;
  readonly waivers?: readonly Waiver[];
  readonly imagePullSecrets?: readonly SecretSource[];
  /** Returns the spec around the template; called at synthesis. */
  readonly spec: (template: PodTemplate) => unknown;
}

/** An object that controls pods, with the objects around it. The steps are the same for every kind. */
export class Controller {
  public readonly object: ApiObject;
  public readonly identity: Identity;
  private assembly?: PodAssembly;

  constructor(
    private readonly scope: Construct,
    private readonly props: ControllerProps,
  ) {
    const { apiVersion, kind, image, metadata, waivers = [], imagePullSecrets, spec } = props;
    recordWaivers(scope, waivers);
    checkPullSecrets(scope, imagePullSecrets);
    this.object = new ReadableApiObject(scope, 'Resource', {
      apiVersion,
      kind,
      metadata: { ...metadata, annotations: { ...waiverAnnotations(waivers), ...metadata?.annotations } },
      spec: Lazy.any({ produce: () => spec(this.pods.template()) }),
    });
    this.identity = identify(scope, this.object, image, metadata);
    Object.entries(this.identity.labels).forEach(([key, value]) => this.object.metadata.addLabel(key, value));
  }

  /** The pods; defined after `run`. */
  public get pods(): PodAssembly {
    return this.assembly!;
  }

  /**
   * Defines the ServiceAccount, the PodDisruptionBudget and the NetworkPolicy.
   *
   * @param openPorts returns the ports that are open to all clients; called at synthesis
   */
  public surround(replicas: number, openPorts: () => number[]): void {
    serviceAccount(this.scope, this.identity);
    disruptionBudget(this.scope, this.identity, replicas);
    closePods(this.scope, this.identity, openPorts);
  }

  /**
   * Defines the pods, and adds the check of the rendered objects.
   *
   * @param additions returns what the controller itself adds to the pods
   */
  public run(
    props: Omit<AssemblyProps, 'identity' | 'imagePullSecrets'>,
    additions: (pods: PodAssembly) => readonly OwnedAdditions[],
  ): void {
    const pods = new PodAssembly(this.scope, {
      ...props,
      identity: this.identity,
      imagePullSecrets: this.props.imagePullSecrets,
    });
    this.assembly = pods;
    pods.push(...additions(pods));
    new RenderedCheck(this.scope, () => ({
      controller: this.object,
      merged: pods.merged,
      spec: () => this.props.spec(pods.template()),
    }));
  }

  /** Adds an extension, and annotates the object with the ConfigMaps and Secrets for Stakater Reloader. */
  public add(extension: IPodExtension): void {
    this.pods.add(extension);
    for (const kind of ['configmap', 'secret']) {
      const names = this.pods.merged.reloadOn.filter(target => target.kind === kind).map(target => target.name);
      if (names.length > 0) {
        this.object.metadata.addAnnotation(`${kind}.reloader.stakater.com/reload`, names.join(','));
      }
    }
  }
}
