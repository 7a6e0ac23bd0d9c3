import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import {
  INetworkPolicyPeer,
  IPodSelector,
  LabelSelector,
  NetworkPolicyPeerConfig,
  NetworkPolicyPort,
  PodSelectorConfig,
  Service,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fail } from './checks/fail';
import type { PodTemplate } from './checks/pod-spec';
import { checkInteger, checkPort, checkPortName, checkServiceName } from './checks/values';
import type { IPodExtension } from './pod/pod-extension';
import { peerPolicy } from './pod/companions';
import { Controller } from './pod/controller';
import { HealthCheck } from './pod/health-check';
import type { Identity } from './pod/identity';
import type { AppContainer } from './pod/merge';
import { scratchMounts } from './pod/writable-directories';
import { isWaived } from './safety/waiver';
import type { AppWorkloadProps } from './app-workload-props';

/**
 * An app of equal replicas, and what can be added to it.
 *
 * Defines a Deployment, a ServiceAccount, a NetworkPolicy, a Service when it has a port, and a PodDisruptionBudget from
 * two replicas on. It satisfies the Pod Security Standard "restricted". Nothing reaches it but on its port, and it
 * reaches nothing but DNS and what is declared, by `allowTo` or by an extension.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class AppWorkload extends Construct implements IPodSelector, INetworkPolicyPeer {
  private readonly controller: Controller;
  private readonly publicService?: Service;
  private peers = 0;
  private openToAll = true;

  /**
   * @param scope the chart, or a construct in it
   * @param id its name in the scope
   * @param props what it is made of
   */
  constructor(scope: Construct, id: string, props: AppWorkloadProps) {
    super(scope, id);
    const {
      image,
      metadata,
      waivers,
      imagePullSecrets,
      port,
      writableDirectories: scratch = [],
      env,
      podAnnotations,
    } = props;
    const replicas = checkInteger(this, "'replicas'", props.replicas ?? 2, 0, 100000);
    const runAsUser = checkInteger(this, "'runAsUser'", props.runAsUser ?? 10001, 1, 2147483647);
    const runAsGroup = checkInteger(this, "'runAsGroup'", props.runAsGroup ?? 10001, 1, 2147483647);
    const portName = checkPortName(this, props.portName ?? 'http');
    this.controller = new Controller(this, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      image,
      metadata,
      waivers,
      imagePullSecrets,
      spec: template => this.deployment(replicas, template),
    });
    const app = this.appContainer(props, portName);
    this.controller.surround(replicas, () => (this.openToAll && port !== undefined ? [port] : []));
    if (port !== undefined) {
      this.publicService = this.defineService(port, portName, props.servicePort ?? port);
    }
    this.controller.run(
      {
        app,
        runAsUser,
        runAsGroup,
        isReplicated: true,
        revisionLabel: 'pod-template-hash',
        serves: port !== undefined,
      },
      () => [{ owner: 'the app', contribution: { env, mounts: scratchMounts(this, scratch), podAnnotations } }],
    );
  }

  /** The name of the Deployment, the Service and the others alike. */
  public get name(): string {
    return this.identity.name;
  }

  /**
   * The Service in front of the pods, to be used in an `Ingress`.
   *
   * @throws when the workload has no port
   */
  public get service(): Service {
    return this.publicService ?? fail(this, "It has no Service, because it has no 'port'.", 'Give it one.');
  }

  /**
   * Adds a part: configuration, logs, a database's client, or your own. The order of parts does not matter.
   *
   * @param extension the part
   * @returns this workload
   * @throws when it claims a path, name or variable that another part has
   */
  public add(extension: IPodExtension): AppWorkload {
    this.controller.add(extension);
    return this;
  }

  /**
   * Lets only the peers named by this method reach the app's port; without a call everybody may.
   *
   * @param peer another workload, pods, a namespace or a block of addresses
   * @returns this workload
   */
  public allowFrom(peer: INetworkPolicyPeer): AppWorkload {
    this.openToAll = false;
    peerPolicy(this, `policy-${this.peers++}`, this.identity, {
      ingress: { rules: [{ peer, ports: [NetworkPolicyPort.tcp(this.service.ports[0].targetPort!)] }] },
    });
    return this;
  }

  /**
   * Lets the app reach a peer; without a call it reaches DNS and what its extensions declare.
   *
   * @param peer another workload, pods, a namespace or a block of addresses
   * @param ports its TCP ports; all when none is given
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
    return { labelSelector: LabelSelector.of({ labels: this.identity.podLabels }) };
  }

  /** @see INetworkPolicyPeer */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return { podSelector: this.toPodSelectorConfig() };
  }

  /** @see INetworkPolicyPeer */
  public toPodSelector(): IPodSelector | undefined {
    return this;
  }

  private appContainer(props: AppWorkloadProps, portName: string): AppContainer {
    const { image, port, command, args, resources, shutdownTimeout = Duration.seconds(30) } = props;
    const health = props.healthCheck ?? (port === undefined ? undefined : HealthCheck.tcp());
    if (!health && !isWaived(this, 'health-check')) {
      fail(
        this,
        "It has neither a 'port' nor a 'health' check, so that a hung app would go unseen.",
        "Give it 'health: HealthCheck.command([...])', or waive it with 'Waiver.healthCheck(reason)'.",
      );
    }
    if (port !== undefined && checkPort(this, "'port'", port) < 1024 && !isWaived(this, 'unprivileged-port')) {
      fail(
        this,
        `'port' is ${port}, which a process that is not root cannot listen on everywhere.`,
        `Use one from 1024, for example 8080, with 'servicePort: ${port}'.`,
      );
    }
    return {
      name: 'app',
      image,
      command,
      args,
      resources,
      shutdownTimeout,
      ports: port === undefined ? undefined : { [portName]: port },
      healthCheck: isWaived(this, 'health-check') ? props.healthCheck : health,
    };
  }

  private defineService(targetPort: number, portName: string, port: number): Service {
    const { name, namespace, labels } = this.identity;
    const service = new Service(this, 'Service', {
      metadata: { name: checkServiceName(this, name), namespace, labels },
      selector: this,
      ports: [{ name: portName, port: checkPort(this, "'servicePort'", port), targetPort }],
    });
    // cdk8s-plus-28 writes an empty list, which admission policies take for external addresses
    ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
    return service;
  }

  private get identity(): Identity {
    return this.controller.identity;
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
