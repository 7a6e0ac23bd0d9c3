import { ApiObject, Duration, JsonPatch, Lazy } from 'cdk8s';
import { INetworkPolicyPeer, IPodSelector, LabelSelector, NetworkPolicyPeerConfig, NetworkPolicyPort, PodSelectorConfig, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fail } from './checks/fail';
import type { PodTemplate } from './checks/pod-spec';
import { checkInteger, checkPort, checkPortName, checkServiceName, seconds } from './checks/values';
import { ReadableApiObject } from './objects/readable-api-object';
import { checkBudget } from './pod/budget';
import type { ICapability } from './pod/capability';
import { checkPullSecrets, closePods, disruptionBudget, peerPolicy, serviceAccount } from './pod/companions';
import { DRAIN_SECONDS } from './pod/harden';
import { HealthCheck } from './pod/health-check';
import { identify, Identity } from './pod/identity';
import { AppContainer, MergedParts, mergeParts, Part } from './pod/merge';
import { renderPod } from './pod/render';
import { RenderedCheck } from './pod/rendered-check';
import { scratchMounts } from './pod/scratch';
import { podTemplate } from './pod/template';
import { isWaived, recordWaivers, waiverAnnotations } from './safety/waiver';
import type { WorkloadProps } from './workload-props';

/**
 * An app of equal replicas, and what can be added to it.
 *
 * Defines a Deployment, a ServiceAccount, a NetworkPolicy, a Service when it has a port, and a PodDisruptionBudget from
 * two replicas on. It satisfies the Pod Security Standard "restricted". Nothing reaches it but on its port, and it
 * reaches nothing but DNS and what is declared, by `allowTo` or by a capability.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class Workload extends Construct implements IPodSelector, INetworkPolicyPeer {
  private readonly identity: Identity;
  private readonly app: AppContainer;
  private readonly props: WorkloadProps;
  private readonly runAsUser: number;
  private readonly runAsGroup: number;
  private readonly parts: Part[];
  private readonly controller: ApiObject;
  private readonly publicService?: Service;
  private merged: MergedParts;
  private template?: { readonly of: MergedParts; readonly value: PodTemplate };
  private peers = 0;
  private openToAll = true;

  /**
   * @param scope the chart, or a construct in it
   * @param id its name in the scope
   * @param props what it is made of
   */
  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    this.props = props;
    recordWaivers(this, props.waivers ?? []);
    const replicas = checkInteger(this, '\'replicas\'', props.replicas ?? 2, 0, 100000);
    this.runAsUser = checkInteger(this, '\'runAsUser\'', props.runAsUser ?? 10001, 1, 2147483647);
    this.runAsGroup = checkInteger(this, '\'runAsGroup\'', props.runAsGroup ?? 10001, 1, 2147483647);
    checkPullSecrets(this, props.imagePullSecrets);
    this.app = this.appContainer();

    this.controller = new ReadableApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...props.metadata, annotations: { ...waiverAnnotations(props.waivers ?? []), ...props.metadata?.annotations } },
      spec: Lazy.any({ produce: () => this.deployment() }),
    });
    this.identity = identify(this, this.controller, props.image, props.metadata);
    Object.entries(this.identity.labels).forEach(([key, value]) => this.controller.metadata.addLabel(key, value));

    serviceAccount(this, this.identity);
    disruptionBudget(this, this.identity, replicas);
    closePods(this, this.identity, () => this.openToAll && props.port !== undefined ? [props.port] : []);
    if (props.port !== undefined) {
      const { name, namespace, labels } = this.identity;
      this.publicService = new Service(this, 'Service', {
        metadata: { name: checkServiceName(this, name), namespace, labels },
        selector: this,
        ports: [{ name: props.portName ?? 'http', port: checkPort(this, '\'servicePort\'', props.servicePort ?? props.port), targetPort: props.port }],
      });
      // cdk8s-plus-28 writes an empty list, which admission policies take for external addresses
      ApiObject.of(this.publicService).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
    }

    this.parts = [{ owner: 'the app', contribution: { env: props.env, mounts: scratchMounts(this, props.scratch ?? []), podAnnotations: props.podAnnotations } }];
    this.merged = this.merge();
    new RenderedCheck(this, () => ({ controller: this.controller, merged: this.merged, spec: () => this.deployment() }));
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
    return this.publicService ?? fail(this, 'it has no Service, because it has no \'port\'. give it one');
  }

  /**
   * Adds a part: configuration, logs, a database's client, or your own. The order of parts does not matter.
   *
   * @param capability the part
   * @returns this workload
   * @throws when it claims a path, name or variable that another part has
   */
  public add(capability: ICapability): Workload {
    const id = capability.capabilityId;
    if (!/^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/.test(id)) {
      fail(this, `a capability has the id '${id}'. use at most 50 lower-case letters, digits and '-', beginning and ending with a letter or digit`);
    }
    if (this.node.tryFindChild(id)) {
      fail(this, `a capability '${id}' is there already. give one of the two another id`);
    }
    const contribution = capability.bind(new Construct(this, id), {
      workloadName: this.identity.name,
      namespace: this.identity.namespace,
      podLabels: this.identity.podLabels,
      labels: this.identity.labels,
      runAsUser: this.runAsUser,
      runAsGroup: this.runAsGroup,
      stopTimeout: Duration.seconds(seconds(this.app.stopTimeout!) + (this.props.port === undefined ? 0 : DRAIN_SECONDS)),
    });
    this.parts.push({ owner: `capability '${id}'`, contribution });
    this.merged = this.merge();
    for (const kind of ['configmap', 'secret']) {
      const names = this.merged.reloadOn.filter(target => target.kind === kind).map(target => target.name);
      if (names.length > 0) {
        this.controller.metadata.addAnnotation(`${kind}.reloader.stakater.com/reload`, names.join(','));
      }
    }
    return this;
  }

  /**
   * Lets only the peers named by this method reach the app's port; without a call everybody may.
   *
   * @param peer another workload, pods, a namespace or a block of addresses
   * @returns this workload
   */
  public allowFrom(peer: INetworkPolicyPeer): Workload {
    this.openToAll = false;
    peerPolicy(this, `policy-${this.peers++}`, this.identity, { ingress: { rules: [{ peer, ports: [NetworkPolicyPort.tcp(this.service.ports[0].targetPort!)] }] } });
    return this;
  }

  /**
   * Lets the app reach a peer; without a call it reaches DNS and what its capabilities declare.
   *
   * @param peer another workload, pods, a namespace or a block of addresses
   * @param ports its TCP ports; all when none is given
   * @returns this workload
   */
  public allowTo(peer: INetworkPolicyPeer, ...ports: number[]): Workload {
    ports.forEach(port => checkPort(this, 'the port of \'allowTo\'', port));
    peerPolicy(this, `policy-${this.peers++}`, this.identity, { egress: { rules: [{ peer, ports: ports.length > 0 ? ports.map(port => NetworkPolicyPort.tcp(port)) : undefined }] } });
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

  private appContainer(): AppContainer {
    const { image, port, portName = 'http', command, args, resources, stopTimeout = Duration.seconds(30) } = this.props;
    const health = this.props.health ?? (port === undefined ? undefined : HealthCheck.tcp());
    if (!health && !isWaived(this, 'health-check')) {
      fail(this, 'it has neither a \'port\' nor a \'health\' check, so that a hung app would go unseen. give it \'health: HealthCheck.command([...])\', or waive it with \'Waiver.noHealthCheck(reason)\'');
    }
    if (port !== undefined && checkPort(this, '\'port\'', port) < 1024 && !isWaived(this, 'unprivileged-port')) {
      fail(this, `'port' is ${port}, which a process that is not root cannot listen on everywhere. use one from 1024, for example 8080, with 'servicePort: ${port}'`);
    }
    return {
      name: 'app',
      image,
      command,
      args,
      resources,
      stopTimeout,
      ports: port === undefined ? undefined : { [checkPortName(this, portName)]: port },
      health: isWaived(this, 'health-check') ? this.props.health : health,
    };
  }

  private deployment(): any {
    const { replicas = 2 } = this.props;
    return {
      replicas,
      selector: { matchLabels: this.identity.podLabels },
      strategy: isWaived(this, 'update-keeps-capacity') ? undefined : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: this.podTemplate(),
    };
  }

  private merge(): MergedParts {
    const merged = mergeParts(this, this.app, this.parts);
    checkBudget(this, this.app, merged);
    return merged;
  }

  /** Asked for by the check of what is rendered and by the rendering, for the same parts. */
  private podTemplate(): PodTemplate {
    if (this.template?.of !== this.merged) {
      this.template = { of: this.merged, value: this.renderTemplate() };
    }
    return this.template.value;
  }

  private renderTemplate(): PodTemplate {
    const { merged, identity, app } = this;
    return podTemplate(renderPod(this, app, merged), {
      scope: this,
      identity,
      app,
      merged,
      imagePullSecrets: this.props.imagePullSecrets,
      runAsUser: this.runAsUser,
      runAsGroup: this.runAsGroup,
      revisionLabel: 'pod-template-hash',
      serves: this.props.port !== undefined,
    });
  }
}
