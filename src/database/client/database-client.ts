import { Chart } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { bindingContribution } from './binding-contribution';
import { DatabaseBinding } from './database-binding';
import type { DatabaseClientOptions } from './database-client-options';
import type { DatabaseEndpoint } from './endpoint';
import { checkEndpoint } from './endpoint-check';
import { fail } from '../../checks/fail';
import { checkObjectName } from '../../checks/values';
import type { PodExtensionContext, IPodExtension, PodAdditions } from '../../pod/pod-extension';
import { networkPolicy, tcp } from '../../pod/network-policy';
import type { InitContainer } from '../../pod/pod-parts';
import { isWaived } from '../../safety/waiver';

/** Waits in a shell, for the command is of the engine's image and may be any. */
const WAIT = 'until "$@"; do echo "waiting for $DB_HOST:$DB_PORT"; sleep 1; done';

/** Where the kubelet writes a namespace's own name. */
const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/** A database, wherever it is: in this cluster, in another's hands, or what you make of your own. */
export interface IDatabase {
  /** What a client has to know of it. */
  readonly endpoint: DatabaseEndpoint;

  /**
   * A client of it, to be added to a workload.
   *
   * @param options what the app gets, and how
   */
  client(options?: DatabaseClientOptions): DatabaseClient;
}

/**
 * Makes a workload a client of a database: it is told where and who, let through on the network, and started when the
 * database serves.
 *
 * Defines a NetworkPolicy for the app's way out, and one for the database's way in where that runs in the cluster; for
 * files a ConfigMap too.
 */
export class DatabaseClient implements IPodExtension {
  /** Its scope inside the workload: `db-` and the database's name, unless it was given another. */
  public readonly id: string;
  private readonly endpoint: DatabaseEndpoint;

  /**
   * @param database the database
   * @param options what the app gets, and how
   */
  constructor(
    database: IDatabase,
    private readonly options: DatabaseClientOptions = {},
  ) {
    this.endpoint = database.endpoint;
    this.id = options.id ?? `db-${this.endpoint.name}`.slice(0, 50).replace(/-+$/, '');
  }

  /**
   * Called by the workload that it is added to.
   *
   * @param scope where its objects belong
   * @param options what it may know of the workload
   */
  public bind(scope: Construct, options: PodExtensionContext): PodAdditions {
    checkEndpoint(scope, this.endpoint);
    const appNamespace = options.namespace ?? Chart.of(scope).namespace;
    const endpoint = this.seenFrom(scope, appNamespace);
    this.policies(scope, options, appNamespace);
    const wait = this.options.waitUntilReady ?? true;
    return {
      ...bindingContribution(scope, options, this.options.binding ?? DatabaseBinding.variables(), endpoint, this.id),
      initContainers:
        wait && endpoint.waitImage !== undefined ? [this.waitContainer(endpoint, endpoint.waitImage)] : undefined,
    };
  }

  /** The endpoint with the Secret that the app's pods can read. */
  private seenFrom(scope: Construct, appNamespace?: string): DatabaseEndpoint {
    const {
      endpoint,
      options: { secret },
    } = this;
    if (secret) {
      return { ...endpoint, secretName: checkObjectName(scope, 'Secret', secret.secretName) };
    }
    if (endpoint.namespace !== undefined && endpoint.namespace !== appNamespace) {
      fail(
        scope,
        `The Secret '${endpoint.secretName}' of '${endpoint.name}' is in namespace '${endpoint.namespace}` +
          `', where the pods of ${appNamespace === undefined ? 'another' : `'${appNamespace}'`} cannot ` +
          'read it.',
        "Give a copy: 'client({ secret: SecretSource.fromName(...) })'.",
      );
    }
    return endpoint;
  }

  private policies(scope: Construct, options: PodExtensionContext, appNamespace?: string): void {
    const { workloadName, labels, podLabels, namespace } = options;
    const { endpoint, id } = this;
    const ports = tcp(endpoint.port);
    const elsewhere = endpoint.namespace !== undefined && endpoint.namespace !== appNamespace;
    const peer = (matchLabels: Record<string, string>, ofNamespace?: string) => ({
      podSelector: { matchLabels },
      namespaceSelector: elsewhere ? { matchLabels: { [NAMESPACE_LABEL]: ofNamespace! } } : undefined,
    });
    // a policy for pods that no other closes would itself close them
    if (!isWaived(scope, 'network-policy')) {
      const to = endpoint.podLabels
        ? [peer({ ...endpoint.podLabels }, endpoint.namespace)]
        : endpoint.cidrs?.map(cidr => ({ ipBlock: { cidr } }));
      networkPolicy(scope, 'Egress', { name: `${workloadName}-to-${id}`, namespace, labels, podLabels }, () => ({
        egress: [{ to, ports }],
      }));
    }
    if (endpoint.podLabels && endpoint.requiresNetworkPolicy) {
      if (elsewhere && appNamespace === undefined) {
        fail(
          scope,
          `Its namespace is not known, which '${endpoint.name}' in namespace '${endpoint.namespace}' has ` +
            'to let in.',
          "Give the chart a 'namespace'.",
        );
      }
      networkPolicy(
        scope,
        'Ingress',
        {
          name: checkObjectName(
            scope,
            'the NetworkPolicy of the database',
            `${endpoint.name}-from-${workloadName}-${id}`,
          ),
          namespace: endpoint.namespace ?? namespace,
          labels,
          podLabels: { ...endpoint.podLabels },
        },
        () => ({ ingress: [{ from: [peer(podLabels, appNamespace)], ports }] }),
      );
    }
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
