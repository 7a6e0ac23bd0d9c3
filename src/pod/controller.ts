import { ApiObject, ApiObjectMetadata, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { AssemblyProps, PodAssembly } from './assembly';
import type { IPodExtension } from './pod-extension';
import { checkPullSecrets, closePods, disruptionBudget, serviceAccount } from './companions';
import { identify, Identity } from './identity';
import type { Part } from './merge';
import { RenderedCheck } from './rendered-check';
import type { SecretSource } from './secret-source';
import type { PodTemplate } from '../checks/pod-spec';
import { ReadableApiObject } from '../objects/readable-api-object';
import { recordWaivers, Waiver, waiverAnnotations } from '../safety/waiver';

/** What is asked of every controller, and what tells one kind from another. */
export interface ControllerProps {
  readonly apiVersion: string;
  readonly kind: string;
  /** The app's, which the version label is read from. */
  readonly image: string;
  readonly metadata?: ApiObjectMetadata;
  readonly waivers?: readonly Waiver[];
  readonly imagePullSecrets?: readonly SecretSource[];
  /** The spec around the template, asked for at synthesis. */
  readonly spec: (template: PodTemplate) => unknown;
}

/** An object that makes pods, and the objects around it: the steps that every kind takes, in their order. */
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

  /** The pods, from `run` on. */
  public get pods(): PodAssembly {
    return this.assembly!;
  }

  /**
   * Defines the account, the disruption budget and the network policy.
   *
   * @param openPorts the ports that are open to everybody, asked at synthesis
   */
  public surround(replicas: number, openPorts: () => number[]): void {
    serviceAccount(this.scope, this.identity);
    disruptionBudget(this.scope, this.identity, replicas);
    closePods(this.scope, this.identity, openPorts);
  }

  /** Says what the pods are made of; what is patched afterwards is checked as it is rendered. */
  public run(
    props: Omit<AssemblyProps, 'identity' | 'imagePullSecrets'>,
    parts: (pods: PodAssembly) => readonly Part[],
  ): void {
    const pods = new PodAssembly(this.scope, {
      ...props,
      identity: this.identity,
      imagePullSecrets: this.props.imagePullSecrets,
    });
    this.assembly = pods;
    pods.take(...parts(pods));
    new RenderedCheck(this.scope, () => ({
      controller: this.object,
      merged: pods.merged,
      spec: () => this.props.spec(pods.template()),
    }));
  }

  /** Adds a part; what it has reloaded is noted on the object, where Reloader looks for it. */
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
