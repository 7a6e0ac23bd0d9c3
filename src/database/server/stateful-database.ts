import { Chart, Duration } from 'cdk8s';
import { INetworkPolicyPeer, IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { credentialsJob } from './credentials-job';
import { checkExporter, exporterPart } from './database-metrics';
import { databaseServices } from './database-services';
import { probes } from './probes';
import { checkReplicas } from './replicas';
import { restoreAtFirstStart, showRestoreLog } from './restore-at-first-start';
import { ServerFacts, serverFacts } from './server-facts';
import { credentialsMount, DATA_VOLUME, serverCommand, serverPart } from './server-pod';
import { STATEFUL_DATABASE_PROPS } from './stateful-database-prop-table';
import type { StatefulDatabaseProps } from './stateful-database-props';
import { fail } from '../../checks/fail';
import type { PodSpec } from '../../checks/pod-spec';
import { checkProps, checkRequiredProps } from '../../checks/props';
import { checkInteger, quantity, slug } from '../../checks/values';
import { Controller } from '../../controllers/controller';
import { databaseImage } from '../../inspect/databases';
import { ControlledPods } from '../../pod/controlled-pods';
import { Identity, podSelector } from '../../pod/identity';
import type { AppContainer, OwnedAdditions } from '../../pod/merge';
import { tcp } from '../../pod/network-policy';
import type { IPodExtension, PodExtensionContext } from '../../pod/pod-extension';
import { withDefaults } from '../../pod/workload-defaults';
import { WorkloadNetwork } from '../../pod/workload-network';
import { isWaived, Waiver, waiverAnnotations } from '../../safety/waiver';
import { DatabaseClient, IDatabase } from '../client/database-client';
import type { DatabaseClientOptions } from '../client/database-client-options';
import type { DatabaseEndpoint } from '../client/endpoint';
import { DATABASE_PORT } from '../engine/engine-check';

/**
 * A database that keeps its data: a server of a known engine, on a volume that outlives it.
 *
 * Creates a StatefulSet, a Service for clients, a headless Service, a ServiceAccount, a NetworkPolicy that only admits
 * declared clients, ConfigMaps with the engine's configuration and init scripts, and a Job if the credentials are
 * generated. The pods meet the Pod Security Standard "restricted".
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 */
export class StatefulDatabase extends Construct implements IDatabase, IPodSelector, INetworkPolicyPeer {
  /** @internal */
  public readonly _network: WorkloadNetwork;
  private readonly pods: ControlledPods;
  private readonly facts: ServerFacts;
  private readonly replicas: number;
  private readonly props: StatefulDatabaseProps;

  /**
   * @param scope the chart, or a construct in it
   * @param id the construct id
   * @param props the properties of the database
   */
  constructor(scope: Construct, id: string, props: StatefulDatabaseProps) {
    super(scope, id);
    // subclasses can have more props
    const check = new.target === StatefulDatabase ? checkProps<StatefulDatabaseProps> : checkRequiredProps;
    check(this, props, STATEFUL_DATABASE_PROPS);
    const completed = withDefaults(this, props);
    this.props = completed;
    const { metadata, waivers, imagePullSecrets, credentials, metrics } = completed;
    const spec = props.engine._spec(this);
    this.replicas = checkReplicas(this, completed);
    this.pods = new ControlledPods(this, {
      controller: Controller.statefulSet()._definition,
      image: spec.image,
      metadata,
      waivers,
      imagePullSecrets,
      settings: completed,
      replicas: this.replicas,
      defaultReplicas: 1,
    });
    this.facts = serverFacts(this, spec, completed, credentials._keys(this, this.name));
    const metricsPorts = metrics ? [checkExporter(this, spec, metrics).port] : [];
    this._network = new WorkloadNetwork(this, this.identity, tcp(spec.port), tcp(...metricsPorts));
    this.pods.surround(this._network);
    databaseServices(this, this.identity, this.pods.replicaNames.serviceName, spec, this.replicas, metrics);
    if (credentials._generated) {
      credentialsJob(this, this.identity, this.facts.keys, { image: credentials._generated.image, waivers });
    }
    this.waiveLostAndFound();
    this.pods.run(
      {
        app: this.appContainer(),
        shape: pod => this.shapePod(pod),
        runAsUser: spec.runAsUser,
        runAsGroup: spec.runAsGroup,
        serves: false,
      },
      ({ context }) => this.parts(context),
    );
  }

  /** The name of the StatefulSet, of the Service for clients and of the other objects. */
  public get name(): string {
    return this.identity.name;
  }

  /**
   * The connection settings of the database.
   *
   * @throws if it has several replicas, which contain different data
   */
  public get endpoint(): DatabaseEndpoint {
    if (this.replicas > 1) {
      fail(
        this,
        `The database has ${this.replicas} replicas with different data, so a client must choose one.`,
        "Use 'replica(0)' or another replica.",
      );
    }
    return this.endpointAt(this.identity.name, this.label);
  }

  /**
   * Adds an extension to the pods of the server, for example a sidecar that copies backups. The order of extensions
   * does not matter.
   *
   * @param extension the extension
   * @returns this database
   * @throws if it uses a path, name or variable that the server or another extension uses
   */
  public add(extension: IPodExtension): StatefulDatabase {
    this.pods.add(extension);
    return this;
  }

  /**
   * Returns a client of the database, to be added to a workload.
   *
   * @param options how the app connects
   */
  public client(options: DatabaseClientOptions = {}): DatabaseClient {
    return new DatabaseClient(this, options);
  }

  /**
   * Returns one replica, which clients reach by its stable name.
   *
   * @param index the number of the replica, from 0
   */
  public replica(index: number): IDatabase {
    checkInteger(this, "'index'", index, 0, Math.max(this.replicas, 1) - 1);
    const endpoint = this.endpointAt(this.pods.replicaNames.shortHost(index), `${this.label}-${index}`);
    const database: IDatabase = { endpoint, client: options => new DatabaseClient(database, options) };
    return database;
  }

  /**
   * Admits a peer without a client of the database. A peer that is a workload is allowed to connect as well.
   *
   * @param peer a workload or a `NetworkPeer`
   * @returns this database
   */
  public allowFrom(peer: INetworkPolicyPeer): StatefulDatabase {
    this._network.allowFrom(peer, []);
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

  /** @internal */
  public get _server(): Pick<ServerFacts, 'spec' | 'keys'> & { readonly props: StatefulDatabaseProps } {
    const { spec, keys } = this.facts;
    return { spec, keys, props: this.props };
  }

  private get identity(): Identity {
    return this.pods.identity;
  }

  private get label(): string {
    return slug(this.node.id);
  }

  private endpointAt(service: string, name: string): DatabaseEndpoint {
    const { spec, keys, user, database } = this.facts;
    const namespace = this.identity.namespace ?? Chart.of(this).namespace;
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

  private appContainer(): AppContainer {
    const { spec } = this.facts;
    const { shutdownTimeout = spec.shutdownTimeout, cpu, memory, restoreFrom } = this.props;
    const command = serverCommand(this.facts);
    return {
      name: 'database',
      image: spec.image,
      command: restoreFrom ? showRestoreLog(command) : command,
      ports: { [DATABASE_PORT]: spec.port },
      shutdownTimeout,
      resources: { cpu, memory: { request: memory, limit: memory } },
    };
  }

  private parts(context: PodExtensionContext): OwnedAdditions[] {
    const { facts } = this;
    const { storage, initScripts, restoreFrom, metrics, podAnnotations } = this.props;
    const data = { path: facts.spec.mountPath, volume: storage._volume(DATA_VOLUME), subPath: facts.subPath };
    const credentials = credentialsMount(facts);
    const restore =
      restoreFrom && restoreAtFirstStart(this, context, facts, { source: restoreFrom, data, initScripts });
    return [
      serverPart(this, context, facts, [data, credentials], restore?.scripts ?? initScripts),
      ...(restore ? [restore.part] : []),
      ...(metrics ? [exporterPart(this, facts, metrics, credentials)] : []),
      { owner: 'the props', additions: { podAnnotations } },
    ];
  }

  /** Waives the rule on `lost+found` for data that the user keeps at the root of a claim. */
  private waiveLostAndFound(): void {
    const { spec, dataPath } = this.facts;
    const isAtRoot = this.props.storage._existing.directory === '.' && dataPath === spec.mountPath;
    if (isAtRoot && databaseImage(spec.image)?.refusesLostAndFound) {
      const waiver = Waiver.of('no-lost-and-found', 'the claim has its data at its root');
      Object.entries(waiverAnnotations([waiver])).forEach(([key, reason]) =>
        this.pods.object.metadata.addAnnotation(key, reason),
      );
    }
  }

  /** Sets the fields of the pod that only a database server has. */
  private shapePod({ containers: [server] }: PodSpec): void {
    const { startupTimeout = Duration.hours(1), hugePages } = this.props;
    Object.assign(server, probes(this, this.facts, startupTimeout));
    server.resources!.requests!.cpu ??= '250m';
    if (hugePages) {
      server.resources!.limits!['hugepages-2Mi'] = quantity(hugePages);
    }
  }
}
