import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import {
  INetworkPolicyPeer,
  IPodSelector,
  NetworkPolicyPeerConfig,
  NetworkPolicyPort,
  PodSelectorConfig,
  Service,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { APP_WORKLOAD_PROPS } from './app-workload-prop-table';
import type { AppWorkloadProps } from './app-workload-props';
import { fail } from './checks/fail';
import type { PodTemplate } from './checks/pod-spec';
import { checkProps, checkRequiredProps } from './checks/props';
import { checkInteger, checkPort, checkPortName, checkServiceName } from './checks/values';
import { peerPolicy } from './pod/companions';
import { Controller } from './pod/controller';
import { HealthCheck } from './pod/health-check';
import { Identity, podSelector } from './pod/identity';
import type { AppContainer } from './pod/merge';
import type { IPodExtension } from './pod/pod-extension';
import { scratchMounts } from './pod/writable-directories';
import { isWaived } from './safety/waiver';

/**
 * An app with interchangeable replicas, which extensions can add configuration, logs and databases to.
 *
 * Defines a Deployment, a ServiceAccount, a NetworkPolicy, a Service if the app has a port, and a PodDisruptionBudget
 * for two or more replicas. The pods satisfy the Pod Security Standard "restricted". Clients can only reach the port,
 * and the app can only reach DNS, the peers of `allowTo` and the peers that extensions declare.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class AppWorkload extends Construct implements IPodSelector, INetworkPolicyPeer {
  private readonly controller: Controller;
  private readonly publicService?: Service;
  private peers = 0;
  private isOpenToAll = true;

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
    const { image, metadata, waivers, imagePullSecrets, port } = props;
    const replicas = checkInteger(this, "'replicas'", props.replicas ?? 2, 0, 100000);
    const portName = checkPortName(this, "'portName'", props.portName ?? 'http');
    this.controller = new Controller(this, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      image,
      metadata,
      waivers,
      imagePullSecrets,
      spec: template => this.deployment(replicas, template),
    });
    // checks 'port' before the Service uses it
    const app = this.appContainer(props, portName);
    this.controller.surround(replicas, () => (this.isOpenToAll && port !== undefined ? [port] : []));
    if (port !== undefined) {
      this.publicService = this.defineService(port, portName, props.servicePort ?? port);
    }
    this.runPods(app, props);
  }

  /** The name of the Deployment, the Service and the other objects. */
  public get name(): string {
    return this.identity.name;
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
   * Adds an extension: configuration, log collection, a database client, or your own. The order does not matter.
   *
   * @param extension the extension
   * @returns this workload
   * @throws if its mount path, container name or variable conflicts with another extension
   */
  public add(extension: IPodExtension): AppWorkload {
    this.controller.add(extension);
    return this;
  }

  /**
   * Allows a peer to connect to the port. Without a call, all clients can connect; after the first call, only the peers
   * that you allow.
   *
   * @param peer another workload, pods, a namespace or a CIDR block
   * @returns this workload
   */
  public allowFrom(peer: INetworkPolicyPeer): AppWorkload {
    this.isOpenToAll = false;
    peerPolicy(this, `policy-${this.peers++}`, this.identity, {
      ingress: { rules: [{ peer, ports: [NetworkPolicyPort.tcp(this.service.ports[0].targetPort!)] }] },
    });
    return this;
  }

  /**
   * Allows the app to connect to a peer. Without a call, it can only reach DNS and the peers that extensions declare.
   *
   * @param peer another workload, pods, a namespace or a CIDR block
   * @param ports the TCP ports of the peer; all ports if omitted
   * @returns this workload
   */
  public allowTo(peer: INetworkPolicyPeer, ...ports: number[]): AppWorkload {
    ports.forEach(port => checkPort(this, "the port of 'allowTo'", port));
    peerPolicy(this, `policy-${this.peers++}`, this.identity, {
      egress: {
        rules: [{ peer, ports: ports.length > 0 ? ports.map(port => NetworkPolicyPort.tcp(port)) : undefined }],
      },
    });
    return this;
  }

  /** @see IPodSelector */
  public toPodSelectorConfig(): PodSelectorConfig {
    return podSelector(this.identity);
  }

  /** @see INetworkPolicyPeer */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** @see INetworkPolicyPeer */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }

  private get identity(): Identity {
    return this.controller.identity;
  }

  private runPods(app: AppContainer, props: AppWorkloadProps): void {
    const { env, podAnnotations, writableDirectories = [] } = props;
    this.controller.run(
      {
        app,
        runAsUser: checkInteger(this, "'runAsUser'", props.runAsUser ?? 10001, 1, 2147483647),
        runAsGroup: checkInteger(this, "'runAsGroup'", props.runAsGroup ?? 10001, 1, 2147483647),
        isReplicated: true,
        revisionLabel: 'pod-template-hash',
        serves: props.port !== undefined,
      },
      () => [
        {
          owner: 'the app',
          additions: { env, mounts: scratchMounts(this, writableDirectories), podAnnotations },
        },
      ],
    );
  }

  private appContainer(props: AppWorkloadProps, portName: string): AppContainer {
    const { image, port, command, args, resources, shutdownTimeout = Duration.seconds(30) } = props;
    if (port !== undefined) {
      this.checkAppPort(port);
    }
    return {
      name: 'app',
      image,
      command,
      args,
      resources,
      shutdownTimeout,
      ports: port === undefined ? undefined : { [portName]: port },
      healthCheck: this.healthCheck(props),
    };
  }

  private healthCheck({ healthCheck, port }: AppWorkloadProps): HealthCheck | undefined {
    if (healthCheck || isWaived(this, 'health-check')) {
      return healthCheck;
    }
    return port !== undefined
      ? HealthCheck.tcp()
      : fail(
          this,
          "The workload has neither 'port' nor 'healthCheck', so Kubernetes cannot detect an app that hangs.",
          "Set 'healthCheck: HealthCheck.command([...])', or waive the rule with 'Waiver.healthCheck(reason)'.",
        );
  }

  private checkAppPort(port: number): void {
    if (checkPort(this, "'port'", port) < 1024 && !isWaived(this, 'unprivileged-port')) {
      fail(
        this,
        `'port' is ${port}, which a non-root process cannot bind.`,
        `Use a port of 1024 or higher, for example 8080, and set 'servicePort: ${port}'.`,
      );
    }
  }

  private defineService(targetPort: number, portName: string, port: number): Service {
    const { name, namespace, labels } = this.identity;
    const service = new Service(this, 'Service', {
      metadata: { name: checkServiceName(this, name), namespace, labels },
      selector: this,
      ports: [{ name: portName, port: checkPort(this, "'servicePort'", port), targetPort }],
    });
    // cdk8s-plus-28 renders an empty list, which some admission policies refuse
    ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
    return service;
  }

  private deployment(replicas: number, template: PodTemplate): unknown {
    return {
      replicas,
      selector: { matchLabels: this.identity.podLabels },
      strategy: isWaived(this, 'update-keeps-capacity')
        ? undefined
        : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template,
    };
  }
}
