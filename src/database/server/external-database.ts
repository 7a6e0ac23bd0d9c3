import { BlockList, isIP, isIPv6 } from 'net';
import { ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { DatabaseAddress } from './database-address';
import type { ExistingDatabaseCredentials } from './database-credentials';
import { fail } from '../../checks/fail';
import { checkObjectName, checkPort, checkServiceName, slug, checkMetadata } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import type { CaCertificate } from '../../pod/ca-certificate';
import { DatabaseClient, IDatabase } from '../client/database-client';
import type { DatabaseClientOptions } from '../client/database-client-options';
import type { DatabaseEndpoint } from '../client/endpoint';
import { checkCidrs } from '../client/endpoint-check';
import type { DatabaseEngine } from '../engine/database-engine';

/** Unspecified, loopback, link-local and multicast addresses. */
const NODE_LOCAL = new BlockList();
NODE_LOCAL.addAddress('0.0.0.0');
NODE_LOCAL.addSubnet('127.0.0.0', 8);
NODE_LOCAL.addSubnet('169.254.0.0', 16);
NODE_LOCAL.addSubnet('224.0.0.0', 24);
NODE_LOCAL.addAddress('::', 'ipv6');
NODE_LOCAL.addAddress('::1', 'ipv6');
NODE_LOCAL.addSubnet('fe80::', 10, 'ipv6');
NODE_LOCAL.addSubnet('ff02::', 16, 'ipv6');

/** What is known of a database that somebody else runs. */
export interface ExternalDatabaseProps {
  /** The engine that it speaks for, whose image waits for it. */
  readonly engine: DatabaseEngine;

  /** Where it is. */
  readonly address: DatabaseAddress;

  /** The Secret with its credentials: `DatabaseCredentials.fromSecret(...)`. */
  readonly credentials: ExistingDatabaseCredentials;

  /**
   * Its port.
   *
   * @default - the engine's
   */
  readonly port?: number;

  /**
   * The user, where the name is not in the Secret.
   *
   * @default 'app'
   */
  readonly user?: string;

  /**
   * The database on the server.
   *
   * @default 'app'; none where the engine knows none
   */
  readonly database?: string;

  /**
   * What certifies the server.
   *
   * @default - nothing is said of TLS
   */
  readonly caCertificate?: CaCertificate;

  /**
   * Name, namespace, labels and annotations of the Service, where there is one.
   *
   * @default - the name that the chart generates, in the chart's namespace
   */
  readonly metadata?: ApiObjectMetadata;
}

/**
 * A database that somebody else runs, for the same clients as one of your own.
 *
 * Defines a Service and an EndpointSlice where it has addresses, a Service of type ExternalName where it has an alias,
 * and nothing where it has a host.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 */
export class ExternalDatabase extends Construct implements IDatabase {
  /** What a client has to know of it. */
  public readonly endpoint: DatabaseEndpoint;

  /**
   * @param scope the chart, or a construct in it
   * @param id its name in the scope
   * @param props what is known of it
   */
  constructor(scope: Construct, id: string, props: ExternalDatabaseProps) {
    super(scope, id);
    const spec = props.engine._spec(this);
    const { address, credentials, caCertificate } = props;
    const port = checkPort(this, "'port'", props.port ?? spec.port);
    caCertificate?._check(this, "'caCertificate'");
    this.check(address);
    checkMetadata(this, props.metadata);
    const namespace = props.metadata?.namespace ?? Chart.of(this).namespace;
    const serviceName = this.services(address, port, props.metadata);
    this.endpoint = {
      name: slug(id),
      type: spec.type,
      provider: spec.provider,
      uriScheme: caCertificate ? (spec.tlsUriScheme ?? spec.uriScheme) : spec.uriScheme,
      uriQuery: spec.uriQuery,
      host:
        serviceName === undefined
          ? address._host!
          : namespace === undefined
            ? serviceName
            : `${serviceName}.${namespace}.svc`,
      port,
      user: props.user ?? spec.onlyUser ?? 'app',
      database: props.database ?? (spec.databaseVariable === undefined ? undefined : 'app'),
      ...credentials._keys(this),
      caCertificate,
      namespace,
      cidrs: address._cidrs.length > 0 ? address._cidrs : undefined,
      waitImage: spec.image,
      waitCommand: caCertificate ? (spec.tlsWaitCommand ?? spec.waitCommand) : spec.waitCommand,
    };
  }

  /**
   * A client of it, to be added to a workload.
   *
   * @param options what the app gets, and how
   */
  public client(options: DatabaseClientOptions = {}): DatabaseClient {
    return new DatabaseClient(this, options);
  }

  private check({ _kind: kind, _host: host, _addresses: addresses, _cidrs: cidrs }: DatabaseAddress): void {
    if (
      host !== undefined &&
      (host.length > 253 ||
        !/^[A-Za-z0-9]([-A-Za-z0-9.:]*[A-Za-z0-9])?$/.test(host) ||
        (host.includes(':') && !isIPv6(host)))
    ) {
      fail(
        this,
        `Its host '${host}' is not a host's name or address.`,
        "Write it without scheme, port or path, as 'db.example.com'.",
      );
    }
    if (kind === 'external-name') {
      if (isIP(host!)) {
        fail(
          this,
          `Its host '${host}' is an address, which a Service of type ExternalName cannot stand for.`,
          "Use 'DatabaseAddress.addresses'.",
        );
      }
      checkObjectName(this, 'its host', host!);
    }
    if (kind === 'addresses') {
      const wrong = addresses.find(address => !isIP(address));
      if (addresses.length === 0 || wrong !== undefined) {
        fail(this, `Its addresses are ${addresses.join(', ') || 'none'}.`, 'Give one or more IP addresses.');
      }
      const local = addresses.find(address => NODE_LOCAL.check(address, isIPv6(address) ? 'ipv6' : 'ipv4'));
      if (local !== undefined) {
        fail(
          this,
          `Its address ${local} is one that each node has for itself, which an EndpointSlice cannot hold.`,
          'Give that at which the cluster reaches it.',
        );
      }
      if (new Set(addresses.map(isIP)).size > 1) {
        fail(
          this,
          `Its addresses ${addresses.join(', ')} are of IPv4 and of IPv6, which one EndpointSlice cannot ` + 'hold.',
          'Give those of one family.',
        );
      }
    }
    checkCidrs(this, cidrs);
  }

  private services(
    { _kind: kind, _host: host, _addresses: addresses }: DatabaseAddress,
    port: number,
    metadata?: ApiObjectMetadata,
  ): string | undefined {
    if (kind === 'host') {
      return undefined;
    }
    const ports = [{ name: 'database', port, protocol: 'TCP' }];
    const service = new ReadableApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...metadata },
      spec:
        kind === 'addresses'
          ? { type: 'ClusterIP', ports: [{ ...ports[0], targetPort: port }] }
          : { type: 'ExternalName', externalName: host },
    });
    if (kind === 'addresses') {
      new ReadableApiObject(this, 'EndpointSlice', {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: service.name,
          namespace: metadata?.namespace,
          labels: {
            ...metadata?.labels,
            'kubernetes.io/service-name': service.name,
            'endpointslice.kubernetes.io/managed-by': 'cdk8s',
          },
        },
        addressType: isIPv6(addresses[0]) ? 'IPv6' : 'IPv4',
        endpoints: addresses.map(address => ({ addresses: [address], conditions: { ready: true } })),
        ports,
      });
    }
    return checkServiceName(this, service.name);
  }
}
