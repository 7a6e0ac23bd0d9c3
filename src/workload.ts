import { ApiObject, ApiObjectMetadata, Duration, JsonPatch, Lazy, Size } from 'cdk8s';
import {
  INetworkPolicyPeer, IPodSelector, LabelSelector, NetworkPolicy, NetworkPolicyPeerConfig, NetworkPolicyPort, PodSelectorConfig, Service,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { fail } from './checks/fail';
import {
  checkContainerPath, checkInteger, checkLabel, checkObjectName, checkPort, checkPortName, checkQualifiedName, checkServiceName, isLabelValue,
  parseImage, seconds,
} from './checks/values';
import { checkBudget } from './pod/budget';
import type { ICapability } from './pod/capability';
import { disruptionBudget, identify, Identity, networkPolicy, serviceAccount } from './pod/companions';
import { DRAIN_SECONDS, harden } from './pod/harden';
import { HealthCheck } from './pod/health-check';
import type { PodTemplate } from './pod/json';
import { AppContainer, MergedParts, mergeParts, Part } from './pod/merge';
import { PodContainer, PodVolume } from './pod/pod-parts';
import { renderPod } from './pod/render';
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
    props.imagePullSecrets?.forEach(({ secretName }) => checkObjectName(this, 'the Secret to pull images with', secretName));
    this.app = this.appContainer();

    this.controller = new ApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...props.metadata, annotations: { ...waiverAnnotations(props.waivers ?? []), ...props.metadata?.annotations } },
      spec: Lazy.any({
        produce: () => ({
          replicas,
          selector: { matchLabels: this.identity.podLabels },
          strategy: isWaived(this, 'update-keeps-capacity') ? undefined : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          template: this.podTemplate(),
        }),
      }),
    });
    checkMetadata(this, this.controller.name, props.metadata);
    this.identity = identify(this, this.controller, props.image, props.metadata);
    Object.entries(this.identity.labels).forEach(([key, value]) => this.controller.metadata.addLabel(key, value));

    serviceAccount(this, this.identity);
    disruptionBudget(this, this.identity, replicas);
    networkPolicy(this, this.identity, () => this.openToAll && props.port !== undefined ? [props.port] : []);
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

    this.parts = [{ owner: 'the app', contribution: { env: props.env, mounts: this.scratchMounts(), podAnnotations: props.podAnnotations } }];
    this.merged = this.merge();
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
    this.policy({ ingress: { rules: [{ peer, ports: [NetworkPolicyPort.tcp(this.service.ports[0].targetPort!)] }] } });
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
    this.policy({ egress: { rules: [{ peer, ports: ports.length > 0 ? ports.map(port => NetworkPolicyPort.tcp(port)) : undefined }] } });
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

  private policy(rules: { ingress?: any; egress?: any }): void {
    const id = `policy-${this.peers++}`;
    new NetworkPolicy(this, id, { ...rules, selector: this, metadata: { name: `${this.name}-${id}`, namespace: this.identity.namespace, labels: this.identity.labels } });
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

  private scratchMounts() {
    const scratch = this.props.scratch ?? [];
    const directories = scratch.some(({ path }) => path === '/tmp') ? scratch : [{ path: '/tmp' }, ...scratch];
    return directories.map(({ path, sizeLimit = Size.mebibytes(64), medium }) => {
      const name = checkContainerPath(this, 'the scratch directory', path).toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/-+$/, '');
      return { path, volume: PodVolume.emptyDir(`scratch${name}`, { sizeLimit, medium }) };
    });
  }

  private merge(): MergedParts {
    const merged = mergeParts(this, this.app, this.parts);
    for (const { image } of [this.app, ...merged.sidecars, ...merged.initContainers]) {
      checkPinned(this, image);
    }
    checkBudget(this, this.app, merged);
    return merged;
  }

  private podTemplate(): PodTemplate {
    const { merged, identity } = this;
    const pod = renderPod(this, this.app, merged);
    pod.serviceAccountName = identity.name;
    pod.imagePullSecrets = this.props.imagePullSecrets?.map(({ secretName }) => ({ name: secretName }));
    return {
      metadata: { labels: identity.labels, annotations: merged.podAnnotations.size > 0 ? Object.fromEntries(merged.podAnnotations) : undefined },
      spec: harden(pod, {
        scope: this,
        runAsUser: this.runAsUser,
        runAsGroup: this.runAsGroup,
        podLabels: identity.podLabels,
        revisionLabel: 'pod-template-hash',
        volumes: merged.volumes,
        serves: this.props.port !== undefined,
        stopSeconds: stopSeconds([this.app, ...merged.sidecars]),
      }),
    };
  }
}

/** Sidecars stop one after another, once the app has. */
function stopSeconds(containers: readonly PodContainer[]): number {
  return containers.reduce((sum, { stopTimeout }) => sum + (stopTimeout ? seconds(stopTimeout) : 0), 0);
}

/** The name is a label of the pods too, so it is held to what a label can be. */
function checkMetadata(scope: Construct, name: string, metadata: ApiObjectMetadata = {}): void {
  checkLabel(scope, 'name', name);
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    checkQualifiedName(scope, 'the key of a label', key);
    if (!isLabelValue(value)) {
      fail(scope, `the label '${key}' has the value '${value}'. use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit`);
    }
  }
  Object.keys(metadata.annotations ?? {}).forEach(key => checkQualifiedName(scope, 'the key of an annotation', key));
}

function checkPinned(scope: Construct, image: string): void {
  const { tag, digest } = parseImage(scope, image);
  if (digest || isWaived(scope, 'pinned-image')) {
    return;
  }
  if (tag === undefined) {
    fail(scope, `image '${image}' has no tag or digest. pin it, for example '${image}:1.4.2'`);
  }
  if (tag === 'latest') {
    fail(scope, `image '${image}' has the tag 'latest', which moves. pin it, for example '${image.replace(/latest$/, '1.4.2')}'`);
  }
}
