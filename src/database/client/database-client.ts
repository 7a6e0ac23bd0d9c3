import { Chart } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { bindingContribution } from './binding-contribution';
import { clientPolicies } from './client-policies';
import { DatabaseBinding } from './database-binding';
import type { DatabaseClientOptions } from './database-client-options';
import type { DatabaseEndpoint } from './endpoint';
import { checkEndpoint } from './endpoint-check';
import { fail } from '../../checks/fail';
import { trimEnd } from '../../checks/paths';
import { checkArgument, checkProps, PropTable, optional } from '../../checks/props';
import { checkObjectName } from '../../checks/values';
import { checkRollout } from '../../config/config-rollout';
import {
  IPodExtension,
  PodAdditions,
  PodExtensionContext,
  ReloadTarget,
  ReloadTargetKind,
} from '../../pod/pod-extension';
import type { InitContainer } from '../../pod/pod-parts';

/** Runs the engine's command, which can be any program, until it succeeds. */
const WAIT = 'until "$@"; do echo "waiting for $DB_HOST:$DB_PORT"; sleep 1; done';

const OPTIONS: PropTable<DatabaseClientOptions> = {
  id: optional('string'),
  binding: optional('DatabaseBinding'),
  waitUntilReady: optional('boolean'),
  secret: optional('SecretSource'),
  rollout: optional('ExistingRollout'),
};

/** A database: a `StatefulDatabase`, an `ExternalDatabase`, or your own implementation. */
export interface IDatabase {
  /** The connection settings of the database. */
  readonly endpoint: DatabaseEndpoint;

  /**
   * Returns a client of the database, to be added to a workload.
   *
   * @param options how the app connects
   */
  client(options?: DatabaseClientOptions): DatabaseClient;
}

/**
 * Connects a workload to a database: the workload gets the connection settings and network access, and starts once the
 * database is ready.
 *
 * Creates a NetworkPolicy for the egress of the app, and one for the ingress of a database in the cluster. With files,
 * it also creates a ConfigMap.
 */
export class DatabaseClient implements IPodExtension {
  /** The id of the client in the workload. */
  public readonly id: string;
  private readonly endpoint: DatabaseEndpoint;

  /**
   * @param database the database
   * @param options how the app connects
   */
  constructor(
    database: IDatabase,
    private readonly options: DatabaseClientOptions = {},
  ) {
    checkArgument('DatabaseClient', 'database', database, 'new StatefulDatabase(...)');
    checkProps('DatabaseClient', options, OPTIONS);
    this.endpoint = database.endpoint;
    this.id = options.id ?? trimEnd(`db-${this.endpoint.name}`.slice(0, 50), '-');
  }

  /**
   * Called by the workload to which the client is added.
   *
   * @param scope the scope of the client's objects
   * @param options the context of the workload
   */
  public bind(scope: Construct, options: PodExtensionContext): PodAdditions {
    checkEndpoint(scope, this.endpoint);
    const appNamespace = options.namespace ?? Chart.of(scope).namespace;
    const endpoint = this.withReadableSecret(scope, appNamespace);
    clientPolicies(scope, { id: this.id, context: options, endpoint: this.endpoint, appNamespace });
    const { binding = DatabaseBinding.variables(), waitUntilReady = true } = this.options;
    return {
      ...bindingContribution(scope, options, binding, endpoint, this.id),
      reloadOn: this.reloadTargets(scope, binding, endpoint),
      initContainers:
        waitUntilReady && endpoint.waitImage !== undefined
          ? [this.waitContainer(endpoint, endpoint.waitImage)]
          : undefined,
    };
  }

  /** Returns the Secret, if a change of it rolls out new pods. */
  private reloadTargets(scope: Construct, binding: DatabaseBinding, endpoint: DatabaseEndpoint): ReloadTarget[] {
    const { rollout } = this.options;
    if (rollout === undefined) {
      return [];
    }
    checkRollout(scope, rollout);
    if (rollout._strategy === 'live' && binding._kind === 'variables') {
      fail(
        scope,
        "'rollout' is 'live()', but containers only read variables at their start.",
        "Use 'ExistingRollout.reloader()', or a binding with files.",
      );
    }
    return rollout._strategy === 'reloader' ? [{ kind: ReloadTargetKind.SECRET, name: endpoint.secretName }] : [];
  }

  /** Returns the endpoint with the Secret that the pods of the app can read. */
  private withReadableSecret(scope: Construct, appNamespace?: string): DatabaseEndpoint {
    const { endpoint } = this;
    const { secret } = this.options;
    if (secret) {
      return { ...endpoint, secretName: checkObjectName(scope, "'secret'", secret.secretName) };
    }
    if (endpoint.namespace !== undefined && endpoint.namespace !== appNamespace) {
      const pods = appNamespace === undefined ? 'pods in other namespaces' : `pods in namespace '${appNamespace}'`;
      fail(
        scope,
        `The Secret '${endpoint.secretName}' of database '${endpoint.name}' is in namespace '${endpoint.namespace}', ` +
          `so ${pods} cannot read it.`,
        "Copy the Secret, and set 'secret: SecretSource.fromName(...)' of the client.",
      );
    }
    return endpoint;
  }

  private waitContainer({ host, port, waitCommand }: DatabaseEndpoint, image: string): InitContainer {
    const command = waitCommand ?? ['bash', '-c', 'exec 3<>"/dev/tcp/$DB_HOST/$DB_PORT"'];
    return {
      name: `wait-for-${this.id}`,
      image,
      command: ['sh', '-c', WAIT, 'wait', ...command],
      env: { DB_HOST: EnvValue.fromValue(host), DB_PORT: EnvValue.fromValue(String(port)) },
    };
  }
}
