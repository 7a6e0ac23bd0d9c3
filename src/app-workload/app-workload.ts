import {
  Container,
  INetworkPolicyPeer,
  IPodSelector,
  IScalable,
  IServiceAccount,
  NetworkPolicyPeerConfig,
  PodSelectorConfig,
  ScalingTarget,
  Service,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { appContainer, checkImageSet, checkReplicas, controllerOf } from './app-container';
import { defineServices } from './app-service';
import { appServiceAccount } from './app-service-account';
import { APP_WORKLOAD_PROPS } from './app-workload-prop-table';
import type { AppWorkloadProps, IAppWorkload } from './app-workload-props';
import { AutoscalingOptions, defineAutoscaler } from './autoscaler';
import { Blueprint, blueprintOf } from './blueprint';
import { noteDefaultMemory } from './default-memory';
import { HttpRouteOptions, IngressExposureOptions, defineHttpRoute, defineIngress } from './exposure';
import { AppPort, appPorts, policyPort } from './ports';
import { runApp } from './run-app';
import { fail } from '../checks/fail';
import { checkProps, checkRequiredProps } from '../checks/props';
import type { ControllerDefinition } from '../controllers/controller-definition';
import { ControlledPods } from '../pod/controlled-pods';
import { podSelector } from '../pod/identity';
import type { IPodExtension } from '../pod/pod-extension';
import type { InitContainer, MountOptions, SidecarContainer } from '../pod/pod-parts';
import type { PodVolume } from '../pod/volumes/pod-volume';
import { defaultsOf, withDefaults } from '../pod/workload-defaults';
import { WorkloadNetwork } from '../pod/workload-network';

/**
 * An app, which extensions can add configuration, logs and databases to.
 *
 * Defines a Deployment or another controller, a ServiceAccount, a NetworkPolicy, a Service if the app has a port, a
 * headless Service for a StatefulSet, and a PodDisruptionBudget for two or more replicas. The pods satisfy the Pod
 * Security Standard "restricted". Clients can only reach the port, and the app can only reach DNS, the peers of
 * `allowTo` and the peers that extensions declare.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/
 */
export class AppWorkload extends Construct implements IAppWorkload, IPodSelector, INetworkPolicyPeer, IScalable {
  /** Whether an autoscaler sets the number of replicas. */
  public hasAutoscaler = false;
  /** @internal */
  public readonly _blueprint: Blueprint;
  /** @internal */
  public readonly _network: WorkloadNetwork;
  private readonly definition: ControllerDefinition;
  private readonly pods: ControlledPods;
  private readonly ports: readonly AppPort[];
  private readonly publicService?: Service;

  /**
   * @param scope the chart, or a construct in it
   * @param id the construct ID
   * @param props the props
   */
  constructor(scope: Construct, id: string, props: AppWorkloadProps) {
    super(scope, id);
    // subclasses can have more props
    const check = new.target === AppWorkload ? checkProps<AppWorkloadProps> : checkRequiredProps<AppWorkloadProps>;
    check(this, props, APP_WORKLOAD_PROPS);
    const blueprint = props.like && blueprintOf(this, props.like);
    const completed = withDefaults(this, blueprint?.complete(props) ?? props);
    const { metadata, waivers, imagePullSecrets } = completed;
    const image = checkImageSet(this, completed);
    this._blueprint = new Blueprint(completed);
    this.definition = controllerOf(this, props);
    this.pods = new ControlledPods(this, {
      controller: this.definition,
      image,
      metadata,
      waivers,
      imagePullSecrets,
      settings: completed,
      replicas: checkReplicas(this, completed, this.definition),
      defaultReplicas: defaultsOf(this).replicas ?? 2,
    });
    this.ports = appPorts(this, completed, this.definition);
    noteDefaultMemory(this, completed.resources);
    this._network = new WorkloadNetwork(this, this.pods.identity, this.ports.map(policyPort));
    this.pods.surround(this._network);
    this.publicService = defineServices(this, this.pods, this.definition, this.ports, completed.service);
    runApp(this, this.pods, appContainer(this, completed, image, this.ports, this.definition), completed);
    blueprint?.addFollower(this);
  }

  /**
   * The name of the controller, the Service and the other objects. The name of a Job ends in a hash of its spec in
   * addition.
   */
  public get name(): string {
    return this.pods.identity.name;
  }

  /**
   * The Service that exposes the port. Use it in an `Ingress`.
   *
   * @throws if the workload has no port
   */
  public get service(): Service {
    return this.publicService ?? fail(this, "The workload has no Service, because it has no 'port'.", "Set 'port'.");
  }

  /**
   * The ServiceAccount of the pods, as the subject of a role binding: `role.bind(app.serviceAccount)`. The pods get its
   * token only with `Waiver.noServiceAccountToken`.
   *
   * @throws if neither the chart nor the workload sets a namespace
   */
  public get serviceAccount(): IServiceAccount {
    return appServiceAccount(this, this.pods);
  }

  /**
   * Adds an extension: configuration, log collection, a database client, or your own. The order does not matter.
   *
   * @param extension the extension
   * @returns this workload
   * @throws if its mount path, container name or variable conflicts with another extension
   */
  public add(extension: IPodExtension): AppWorkload {
    this.pods.add(extension);
    this._blueprint.record(follower => follower.add(extension));
    return this;
  }

  /**
   * Mounts a volume in the app container. Mount the same volume at several paths to use several directories of it.
   *
   * @param path the absolute path in the container
   * @param volume the volume
   * @param options read-only, or a directory of the volume
   * @returns this workload
   * @throws if the pods cannot all mount the volume
   */
  public mount(path: string, volume: PodVolume, options: MountOptions = {}): AppWorkload {
    const mounts = [{ ...options, path, volume }];
    this.pods.push({ owner: `mount '${path}'`, additions: { mounts } });
    this._blueprint.record(follower => follower.mount(path, volume, options));
    return this;
  }

  /**
   * Adds an init container, which runs to completion before the app starts: after the init containers of all
   * extensions, such as the wait for a database, and in the order of the calls.
   *
   * @param container the container
   * @returns this workload
   */
  public addInitContainer(container: InitContainer): AppWorkload {
    const owner = `init container '${container?.name}'`;
    this.pods.push({ owner, additions: { initContainers: [container] }, isInOrder: true });
    return this;
  }

  /**
   * Adds a container that runs next to the app.
   *
   * @param container the container
   * @returns this workload
   */
  public addSidecar(container: SidecarContainer): AppWorkload {
    this.pods.push({ owner: `sidecar '${container?.name}'`, additions: { sidecars: [container] } });
    return this;
  }

  /**
   * Allows a peer to connect to ports of the app. Without a call, all clients can connect to all ports; after the first
   * call for a port, only the peers that you allow. A workload needs no `allowTo` in addition.
   *
   * @param peer another workload, this workload for its own replicas, or a `NetworkPeer`
   * @param ports the ports; all ports of the app if omitted
   * @returns this workload
   */
  public allowFrom(peer: INetworkPolicyPeer, ...ports: number[]): AppWorkload {
    this._network.allowFrom(peer, ports);
    return this;
  }

  /**
   * Allows the app to connect to a peer. Without a call, it can only reach DNS and the peers that extensions declare.
   * A workload also admits the app, and its ports stay open to the other clients.
   *
   * @param peer another workload, this workload for its own replicas, or a `NetworkPeer`
   * @param ports the ports of the peer; if omitted, the ports that a workload declares, or all ports of another peer
   * @returns this workload
   */
  public allowTo(peer: INetworkPolicyPeer, ...ports: number[]): AppWorkload {
    this._network.allowTo(peer, ports);
    this._blueprint.record(follower => follower.allowTo(peer, ...ports));
    return this;
  }

  /**
   * The host name of the headless Service of a StatefulSet, which resolves to the IP addresses of all replicas, even if
   * they are not ready. The host name of a replica is the name of its pod, a dot, and this name.
   *
   * @throws if the controller is not a StatefulSet
   */
  public get headlessAddress(): string {
    return this.pods.replicaNames.serviceHost('headlessAddress');
  }

  /**
   * Returns the host name of one replica of a StatefulSet, which stays the same when the pod is replaced.
   *
   * @param index the number of the replica, from 0
   * @throws if the controller is not a StatefulSet
   */
  public replicaAddress(index: number): string {
    return this.pods.replicaNames.host('replicaAddress', index);
  }

  /**
   * Returns the host names of all replicas of a StatefulSet: `['mq-0.mq-headless.shop.svc', ...]`.
   *
   * @throws if the controller is not a StatefulSet, or `replicas` is not set
   */
  public replicaAddresses(): string[] {
    return this.pods.replicaNames.hosts('replicaAddresses');
  }

  /**
   * Returns the names of the pods of a StatefulSet, which each pod has as its `HOSTNAME`: `['mq-0', ...]`.
   *
   * @throws if the controller is not a StatefulSet, or `replicas` is not set
   */
  public replicaNames(): string[] {
    return this.pods.replicaNames.names('replicaNames');
  }

  /**
   * Exposes the app to clients outside the cluster by an Ingress. Requires an Ingress controller.
   *
   * @param options hosts, TLS and class
   * @returns this workload
   */
  public exposeViaIngress(options: IngressExposureOptions): AppWorkload {
    defineIngress(this, this.pods.identity, this.ports, options);
    return this;
  }

  /**
   * Exposes the app to clients outside the cluster by an HTTPRoute of the Gateway API. Requires a Gateway.
   *
   * @param options hosts and Gateway
   * @returns this workload
   */
  public exposeViaHttpRoute(options: HttpRouteOptions): AppWorkload {
    defineHttpRoute(this, this.pods.identity, this.ports, options);
    return this;
  }

  /**
   * Scales the replicas with the load. Omit `replicas`.
   *
   * @param options the bounds and the metrics
   * @returns this workload
   * @throws if the pods cannot all mount a volume
   */
  public autoscale(options: AutoscalingOptions): AppWorkload {
    defineAutoscaler(this, this.pods, options);
    this.hasAutoscaler = true;
    return this;
  }

  /** @see IScalable */
  public markHasAutoscaler(): void {
    this.pods.leaveReplicasTo({});
    this.hasAutoscaler = true;
  }

  /** @see IScalable */
  public toScalingTarget(): ScalingTarget {
    const { kind, apiVersion } = this.pods.object;
    // cdk8s-plus-28 only asks whether the containers have resources, which ours always have
    return { kind, apiVersion, name: this.name, containers: [new Container({ image: 'app' })] };
  }

  /** @see IPodSelector */
  public toPodSelectorConfig(): PodSelectorConfig {
    return podSelector(this.pods.identity);
  }

  /** @see INetworkPolicyPeer */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** @see INetworkPolicyPeer */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }
}
