import { Chart, Duration } from 'cdk8s';
import {
  INetworkPolicyPeer,
  IPodSelector,
  LabelSelector,
  NetworkPolicyPeerConfig,
  NetworkPolicyPort,
  PodSelectorConfig,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { credentialsJob, GENERATOR_IMAGE } from './credentials-job';
import { exporter } from './database-metrics';
import { databaseServices } from './database-services';
import { probes } from './probes';
import { ServerFacts, serverFacts } from './server-facts';
import { credentialsMount, DATA_VOLUME, serverCommand, serverParts } from './server-pod';
import type { StatefulDatabaseProps } from './stateful-database-props';
import { fail } from '../../checks/fail';
import type { PodSpec, PodTemplate } from '../../checks/pod-spec';
import { checkReason } from '../../checks/reason';
import { checkInteger, quantity, slug } from '../../checks/values';
import type { PodExtensionContext, IPodExtension } from '../../pod/pod-extension';
import { peerPolicy } from '../../pod/companions';
import { Controller } from '../../pod/controller';
import type { Identity } from '../../pod/identity';
import type { AppContainer, OwnedAdditions } from '../../pod/merge';
import { PodVolume } from '../../pod/pod-parts';
import { isWaived, Waiver, waiverAnnotations } from '../../safety/waiver';
import { DatabaseClient, IDatabase } from '../client/database-client';
import type { DatabaseClientOptions } from '../client/database-client-options';
import type { DatabaseEndpoint } from '../client/endpoint';

/** With a longer name the label of a StatefulSet's revision, its name and a hash, would be none, and no pod be made. */
const LONGEST_NAME = 52;

/**
 * A database that keeps its data: one server of a known engine on a volume that outlives it.
 *
 * Defines a StatefulSet, a Service for clients and a headless one, a ServiceAccount, a NetworkPolicy that admits
 * declared
 * clients alone, ConfigMaps with the engine's configuration and init scripts, and a Job where credentials are
 * generated.
 * It satisfies the Pod Security Standard "restricted".
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class StatefulDatabase extends Construct implements IDatabase, IPodSelector, INetworkPolicyPeer {
  private readonly controller: Controller;
  private readonly facts: ServerFacts;
  private readonly replicas: number;
  private peers = 0;

  /**
   * @param scope the chart, or a construct in it
   * @param id its name in the scope
   * @param props what it is made of
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: StatefulDatabaseProps,
  ) {
    super(scope, id);
    const { metadata, waivers, imagePullSecrets, credentials, metrics } = props;
    const spec = props.engine._spec(this);
    this.replicas = this.checkReplicas();
    this.controller = new Controller(this, {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      image: spec.image,
      metadata,
      waivers,
      imagePullSecrets,
      spec: template => this.statefulSet(template),
    });
    if (this.name.length > LONGEST_NAME) {
      fail(
        this,
        `Its name '${this.name}' has ${this.name.length} characters, more than the ${LONGEST_NAME} that ` +
          'leave room for the labels of its pods.',
        "Give it a shorter one: 'metadata: { name: ... }'.",
      );
    }
    this.facts = serverFacts(this, spec, props, credentials._keys(this, this.name));
    this.controller.surround(this.replicas, () => (metrics ? [spec.exporter!.port] : []));
    databaseServices(this, this.identity, this.headlessName, spec, this.replicas, metrics);
    if (credentials._generated) {
      credentialsJob(this, this.identity, this.facts.keys, credentials._generated.image ?? GENERATOR_IMAGE);
    }
    this.noteDataAtRoot();
    this.controller.run(
      {
        app: this.appContainer(),
        claims: this.hasClaimTemplate ? [DATA_VOLUME] : [],
        shape: pod => this.shape(pod),
        runAsUser: spec.runAsUser,
        runAsGroup: spec.runAsGroup,
        isReplicated: true,
        revisionLabel: 'controller-revision-hash',
        serves: false,
      },
      ({ context }) => this.parts(context),
    );
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
      fail(
        this,
        `Its ${this.replicas} replicas have data of their own, so that a client has to say which it ` + 'means.',
        "Use 'replica(0)' or another.",
      );
    }
    return this.endpointAt(this.identity.name, this.label);
  }

  /**
   * Adds a part to the server's pods: a sidecar that copies backups, configuration of your own, or what you make. The
   * order
   * of parts does not matter.
   *
   * @param extension the part
   * @returns this database
   * @throws when it claims a path, name or variable that the server or another part has
   */
  public add(extension: IPodExtension): StatefulDatabase {
    this.controller.add(extension);
    return this;
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
    const {
      facts: { spec },
      identity,
    } = this;
    peerPolicy(this, `policy-${this.peers++}`, identity, {
      ingress: { rules: [{ peer, ports: [NetworkPolicyPort.tcp(spec.port)] }] },
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

  private get identity(): Identity {
    return this.controller.identity;
  }

  private get hasClaimTemplate(): boolean {
    return this.props.storage._claimName === undefined;
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
    const {
      facts: { spec, keys, user, database },
      namespace,
    } = this;
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
      requiresNetworkPolicy: !isWaived(this, 'network-policy'),
      waitImage: spec.image,
      waitCommand: spec.waitCommand,
    };
  }

  private checkReplicas(): number {
    const { replicas = 1, independentReplicas, storage } = this.props;
    checkInteger(this, "'replicas'", replicas, 0, 1000);
    if (replicas > 1 && storage._claimName !== undefined) {
      fail(
        this,
        `'replicas' is ${replicas}, but all would write to the one claim '${storage._claimName}' and ` +
          'destroy its data.',
        'Leave it at 1.',
      );
    }
    if (replicas > 1 && independentReplicas === undefined) {
      fail(
        this,
        `'replicas' is ${replicas}, but replicas of a database are not copies of it: each has a volume ` +
          'of its own, and a client would find now one and now another.',
        "Leave it at 1, or say why distinct data is meant with 'independentReplicas'.",
      );
    }
    if (independentReplicas !== undefined) {
      checkReason(this, "'independentReplicas'", independentReplicas);
    }
    return replicas;
  }

  private appContainer(): AppContainer {
    const {
      facts: { spec },
      props: { shutdownTimeout = spec.shutdownTimeout, cpu, memory },
    } = this;
    return {
      name: 'database',
      image: spec.image,
      command: serverCommand(this.facts),
      ports: { database: spec.port },
      shutdownTimeout,
      resources: { cpu, memory: { request: memory, limit: memory } },
    };
  }

  private parts(options: PodExtensionContext): OwnedAdditions[] {
    const {
      facts,
      props: { storage, initScripts, metrics, podAnnotations },
    } = this;
    const claim = PodVolume.fromClaimName(storage._claimName ?? DATA_VOLUME, { name: DATA_VOLUME });
    const credentials = credentialsMount(facts);
    return [
      ...serverParts(
        this,
        options,
        facts,
        [{ path: facts.spec.mountPath, volume: claim, subPath: facts.subPath }, credentials],
        initScripts,
      ),
      ...(metrics ? [exporter(this, facts, metrics, credentials)] : []),
      { owner: 'the props', additions: { podAnnotations } },
    ];
  }

  /** It was said that the data is at the root of the claim, and not every engine minds. */
  private noteDataAtRoot(): void {
    const {
      facts: { spec, dataPath },
      props: { storage },
    } = this;
    if (
      storage._existing.directory === '.' &&
      dataPath === spec.mountPath &&
      ['postgresql', 'mysql'].includes(spec.type)
    ) {
      const [[key, reason]] = Object.entries(
        waiverAnnotations([Waiver.of('no-lost-and-found', 'the claim has its data at its root')]),
      );
      this.controller.object.metadata.addAnnotation(key, reason);
    }
  }

  private statefulSet(template: PodTemplate): unknown {
    const {
      identity,
      props: { storage },
    } = this;
    return {
      replicas: this.replicas,
      serviceName: this.headlessName,
      selector: { matchLabels: identity.podLabels },
      // one after another, a pod that never gets ready would keep its own repair from being rolled out
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      template,
      volumeClaimTemplates: this.hasClaimTemplate
        ? [storage._claimTemplate(DATA_VOLUME, identity.podLabels)]
        : undefined,
    };
  }

  /** Sets what is the server's alone. */
  private shape({ containers: [server] }: PodSpec): void {
    const {
      facts,
      props: { startupTimeout = Duration.hours(1), hugePages },
    } = this;
    Object.assign(server, probes(this, facts, startupTimeout));
    server.resources!.requests!.cpu ??= '250m';
    if (hugePages) {
      server.resources!.limits!['hugepages-2Mi'] = quantity(hugePages);
    }
  }
}
