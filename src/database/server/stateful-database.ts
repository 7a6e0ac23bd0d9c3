import { Chart, Duration, Lazy } from 'cdk8s';
import { INetworkPolicyPeer, IPodSelector, LabelSelector, NetworkPolicyPeerConfig, NetworkPolicyPort, PodSelectorConfig } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { credentialsJob, GENERATOR_IMAGE } from './credentials-job';
import { exporter } from './database-metrics';
import { databaseServices } from './database-services';
import { probes } from './probes';
import { ServerFacts, serverFacts } from './server-facts';
import { DATA_VOLUME, serverCommand, serverParts } from './server-pod';
import type { StatefulDatabaseProps } from './stateful-database-props';
import { fail } from '../../checks/fail';
import type { PodTemplate } from '../../checks/pod-spec';
import { isReason } from '../../checks/reason';
import { checkInteger, quantity, slug } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import { checkBudget } from '../../pod/budget';
import type { CapabilityBindOptions } from '../../pod/capability';
import { checkPullSecrets, closePods, disruptionBudget, peerPolicy, serviceAccount } from '../../pod/companions';
import { identify, Identity } from '../../pod/identity';
import { AppContainer, MergedParts, mergeParts, Part } from '../../pod/merge';
import { PodVolume } from '../../pod/pod-parts';
import { renderPod } from '../../pod/render';
import { RenderedCheck } from '../../pod/rendered-check';
import { podTemplate } from '../../pod/template';
import { isWaived, recordWaivers, Waiver, waiverAnnotations } from '../../safety/waiver';
import { DatabaseClient, IDatabase } from '../client/database-client';
import type { DatabaseClientOptions } from '../client/database-client-options';
import type { DatabaseEndpoint } from '../client/endpoint';

/** With a longer name the label of a StatefulSet's revision, its name and a hash, would be none, and no pod be made. */
const LONGEST_NAME = 52;

/**
 * A database that keeps its data: one server of a known engine on a volume that outlives it.
 *
 * Defines a StatefulSet, a Service for clients and a headless one, a ServiceAccount, a NetworkPolicy that admits declared
 * clients alone, ConfigMaps with the engine's configuration and init scripts, and a Job where credentials are generated.
 * It satisfies the Pod Security Standard "restricted".
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class StatefulDatabase extends Construct implements IDatabase, IPodSelector, INetworkPolicyPeer {
  private readonly identity: Identity;
  private readonly facts: ServerFacts;
  private readonly replicas: number;
  private readonly app: AppContainer;
  private readonly merged: MergedParts;
  private peers = 0;

  /**
   * @param scope the chart, or a construct in it
   * @param id its name in the scope
   * @param props what it is made of
   */
  constructor(scope: Construct, id: string, private readonly props: StatefulDatabaseProps) {
    super(scope, id);
    checkPullSecrets(this, props.imagePullSecrets);
    recordWaivers(this, props.waivers ?? []);
    const spec = props.engine._spec(this);
    this.replicas = this.checkReplicas();

    const controller = new ReadableApiObject(this, 'Resource', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { ...props.metadata, annotations: { ...waiverAnnotations(props.waivers ?? []), ...props.metadata?.annotations } },
      spec: Lazy.any({ produce: () => this.statefulSet() }),
    });
    this.identity = identify(this, controller, spec.image, props.metadata);
    Object.entries(this.identity.labels).forEach(([key, value]) => controller.metadata.addLabel(key, value));
    if (this.identity.name.length > LONGEST_NAME) {
      fail(this, `its name '${this.identity.name}' has ${this.identity.name.length} characters, more than the ${LONGEST_NAME} that leave room for the labels of its pods. give it a shorter one: 'metadata: { name: ... }'`);
    }
    this.facts = serverFacts(this, spec, props, props.credentials._keys(this, this.identity.name));

    serviceAccount(this, this.identity);
    disruptionBudget(this, this.identity, this.replicas);
    closePods(this, this.identity, () => props.metrics ? [spec.exporter!.port] : []);
    databaseServices(this, this.identity, this.headlessName, spec, this.replicas, props.metrics);
    if (props.credentials._generated) {
      credentialsJob(this, this.identity, this.facts.keys, props.credentials._generated.image ?? GENERATOR_IMAGE);
    }
    this.app = {
      name: 'database',
      image: spec.image,
      command: serverCommand(this.facts),
      ports: { database: spec.port },
      stopTimeout: props.stopTimeout ?? spec.stopTimeout,
      resources: { cpu: props.cpu, memory: { request: props.memory, limit: props.memory } },
    };
    this.merged = mergeParts(this, this.app, this.parts());
    checkBudget(this, this.app, this.merged);
    // it was said so, and not every engine minds
    if (props.storage._existing.directory === '.' && this.facts.dataPath === spec.mountPath && ['postgresql', 'mysql'].includes(spec.type)) {
      const [[key, reason]] = Object.entries(waiverAnnotations([Waiver.of('no-lost-and-found', 'the claim has its data at its root')]));
      controller.metadata.addAnnotation(key, reason);
    }
    new RenderedCheck(this, () => ({ controller, merged: this.merged, spec: () => this.statefulSet() }));
  }

  /** The name of the StatefulSet, the clients' Service and the others alike. */
  public get name(): string {
    return this.identity.name;
  }

  /**
   * What a client has to know of it.
   *
   * @throws when it has several replicas with data of their own
   */
  public get endpoint(): DatabaseEndpoint {
    if (this.replicas > 1) {
      fail(this, `its ${this.replicas} replicas have data of their own, so that a client has to say which it means. use 'replica(0)' or another`);
    }
    return this.endpointAt(this.identity.name, this.label);
  }

  /**
   * A client of it, to be added to a workload.
   *
   * @param options what the app gets, and how
   */
  public client(options: DatabaseClientOptions = {}): DatabaseClient {
    return new DatabaseClient(this, options);
  }

  /**
   * One replica by its number, by its stable name.
   *
   * @param index from 0
   */
  public replica(index: number): IDatabase {
    checkInteger(this, 'the number of the replica', index, 0, Math.max(this.replicas, 1) - 1);
    const endpoint = this.endpointAt(`${this.identity.name}-${index}.${this.headlessName}`, `${this.label}-${index}`);
    const database: IDatabase = { endpoint, client: options => new DatabaseClient(database, options) };
    return database;
  }

  /**
   * Lets a peer in that is not a workload with a client of it: a person's pod, a namespace, a block of addresses.
   *
   * @param peer who
   * @returns this database
   */
  public allowFrom(peer: INetworkPolicyPeer): StatefulDatabase {
    const { facts: { spec }, identity } = this;
    peerPolicy(this, `policy-${this.peers++}`, identity, { ingress: { rules: [{ peer, ports: [NetworkPolicyPort.tcp(spec.port)] }] } });
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

  private get headlessName(): string {
    return `${this.identity.name}-headless`;
  }

  private get label(): string {
    return slug(this.node.id);
  }

  private get namespace(): string | undefined {
    return this.identity.namespace ?? Chart.of(this).namespace;
  }

  private endpointAt(service: string, name: string): DatabaseEndpoint {
    const { facts: { spec, keys, user, database }, namespace } = this;
    return {
      name,
      type: spec.type,
      provider: spec.provider,
      uriScheme: spec.uriScheme,
      uriQuery: spec.uriQuery,
      host: namespace === undefined ? service : `${service}.${namespace}.svc`,
      port: spec.port,
      user,
      database,
      ...keys,
      namespace,
      podLabels: this.identity.podLabels,
      closed: !isWaived(this, 'network-policy'),
      waitImage: spec.image,
      waitCommand: spec.waitCommand,
    };
  }

  private checkReplicas(): number {
    const { replicas = 1, replication, storage } = this.props;
    checkInteger(this, '\'replicas\'', replicas, 0, 1000);
    if (replicas > 1 && storage._claimName !== undefined) {
      fail(this, `'replicas' is ${replicas}, but all would write to the one claim '${storage._claimName}' and destroy its data. leave it at 1`);
    }
    if (replicas > 1 && !replication) {
      fail(this, `'replicas' is ${replicas}, but replicas of a database are not copies of it: each has a volume of its own, and a client would find now one and now another. leave it at 1, or say 'replication: Replication.none(reason)' where distinct data is meant`);
    }
    if (replication && !isReason(replication.reason)) {
      fail(this, `'Replication.none' gives the reason '${replication.reason}'. say why in at least three words`);
    }
    return replicas;
  }

  private parts(): Part[] {
    const { identity, facts, props: { storage, initScripts, metrics, podAnnotations } } = this;
    const claim = PodVolume.persistentVolumeClaim(DATA_VOLUME, storage._claimName ?? DATA_VOLUME);
    const options: CapabilityBindOptions = {
      workloadName: identity.name,
      namespace: identity.namespace,
      podLabels: identity.podLabels,
      labels: identity.labels,
      runAsUser: facts.spec.runAsUser,
      runAsGroup: facts.spec.runAsGroup,
      stopTimeout: this.props.stopTimeout ?? facts.spec.stopTimeout,
    };
    const parts = serverParts(this, options, facts, claim, initScripts);
    const credentials = parts[0].contribution.mounts!.find(({ volume }) => volume.name === 'credentials')!;
    return [
      ...parts,
      ...metrics ? [exporter(this, facts, metrics, credentials)] : [],
      { owner: 'the props', contribution: { podAnnotations } },
    ];
  }

  private statefulSet(): any {
    const { identity, props: { storage } } = this;
    return {
      replicas: this.replicas,
      serviceName: this.headlessName,
      selector: { matchLabels: identity.podLabels },
      // one after another, a pod that never gets ready would keep its own repair from being rolled out
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      template: this.podTemplate(),
      volumeClaimTemplates: storage._claimName === undefined ? [storage._claimTemplate(DATA_VOLUME, identity.podLabels)] : undefined,
    };
  }

  private podTemplate(): PodTemplate {
    const { merged, identity, facts: { spec }, props } = this;
    const pod = renderPod(this, this.app, merged);
    const [server] = pod.containers;
    Object.assign(server, probes(this, this.facts, props.startupTimeout ?? Duration.hours(1)));
    server.resources!.requests!.cpu ??= '250m';
    if (props.hugePages) {
      server.resources!.limits!['hugepages-2Mi'] = quantity(props.hugePages);
    }
    // the claim of each replica comes from the template
    pod.volumes = pod.volumes?.filter(({ name }) => name !== DATA_VOLUME || props.storage._claimName !== undefined);
    return podTemplate(pod, {
      scope: this,
      identity,
      app: this.app,
      merged,
      imagePullSecrets: props.imagePullSecrets,
      runAsUser: spec.runAsUser,
      runAsGroup: spec.runAsGroup,
      revisionLabel: 'controller-revision-hash',
      serves: false,
    });
  }
}
