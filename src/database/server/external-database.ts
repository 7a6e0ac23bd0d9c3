import { isIPv6 } from 'net';
import { ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { DatabaseAddress } from './database-address';
import type { ExistingDatabaseCredentials } from './database-credentials';
import { checkProps, checkRequiredProps, PropTable, required, optional } from '../../checks/props';
import { checkMetadata, checkPort, checkServiceName, slug } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import type { CaCertificate } from '../../pod/ca-certificate';
import { DatabaseClient, IDatabase } from '../client/database-client';
import type { DatabaseClientOptions } from '../client/database-client-options';
import type { DatabaseEndpoint } from '../client/endpoint';
import type { DatabaseEngine } from '../engine/database-engine';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';

/** Properties of an external database. */
export interface ExternalDatabaseProps {
  /** The engine. Clients wait for the database with a program in its image. */
  readonly engine: DatabaseEngine;

  /** The address of the database. */
  readonly address: DatabaseAddress;

  /** The Secret with the credentials: `DatabaseCredentials.fromSecret(...)`. */
  readonly credentials: ExistingDatabaseCredentials;

  /**
   * The port of the database.
   *
   * @default - the default port of the engine
   */
  readonly port?: number;

  /**
   * The user name, if the Secret does not contain it.
   *
   * @default - 'app', or the only user of the engine
   */
  readonly user?: string;

  /**
   * The name of the database on the server.
   *
   * @default - 'app', or none if the engine has no named databases
   */
  readonly database?: string;

  /**
   * The certificate of the authority that signed the certificate of the server.
   *
   * @default - clients get no certificate
   */
  readonly caCertificate?: CaCertificate;

  /**
   * Name, namespace, labels and annotations of the Service, if the address creates one.
   *
   * @default - a generated name, in the namespace of the chart
   */
  readonly metadata?: ApiObjectMetadata;
}

const PROPS: PropTable<ExternalDatabaseProps> = {
  engine: required('DatabaseEngine.postgres({ version: PostgresVersion.V17 })', 'DatabaseEngine'),
  address: required("DatabaseAddress.host('db.example.com')", 'DatabaseAddress'),
  credentials: required(
    "DatabaseCredentials.fromSecret(SecretSource.fromName('orders-db'))",
    'ExistingDatabaseCredentials',
  ),
  port: optional('number'),
  user: optional('string'),
  database: optional('string'),
  caCertificate: optional('CaCertificate'),
  metadata: optional('any{}'),
};

/**
 * A database that does not run in this cluster. Its clients are the same as those of a `StatefulDatabase`.
 *
 * Creates a Service and an EndpointSlice for `DatabaseAddress.addresses`, a Service of type ExternalName for
 * `DatabaseAddress.externalName`, and no objects for `DatabaseAddress.host`.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 */
export class ExternalDatabase extends Construct implements IDatabase {
  /** The connection settings of the database. */
  public readonly endpoint: DatabaseEndpoint;
  /** @internal */
  public readonly _spec: DatabaseEngineSpec;

  /**
   * @param scope the chart, or a construct in it
   * @param id the construct id
   * @param props the properties of the database
   */
  constructor(scope: Construct, id: string, props: ExternalDatabaseProps) {
    super(scope, id);
    // subclasses can have more props
    const check = new.target === ExternalDatabase ? checkProps<ExternalDatabaseProps> : checkRequiredProps;
    check(this, props, PROPS);
    const spec = props.engine._spec(this);
    this._spec = spec;
    const port = checkPort(this, "'port'", props.port ?? spec.port);
    props.caCertificate?._check(this, "'caCertificate'");
    props.address._check(this);
    checkMetadata(this, props.metadata);
    this.endpoint = this.endpointOf(spec, props, port, this.service(props.address, port, props.metadata));
  }

  /**
   * Returns a client of the database, to be added to a workload.
   *
   * @param options how the app connects
   */
  public client(options: DatabaseClientOptions = {}): DatabaseClient {
    return new DatabaseClient(this, options);
  }

  private endpointOf(
    spec: DatabaseEngineSpec,
    { address, credentials, caCertificate, user, database, metadata }: ExternalDatabaseProps,
    port: number,
    serviceName?: string,
  ): DatabaseEndpoint {
    const namespace = metadata?.namespace ?? Chart.of(this).namespace;
    const serviceHost = namespace === undefined ? serviceName : `${serviceName}.${namespace}.svc`;
    return {
      name: slug(this.node.id),
      type: spec.type,
      provider: spec.provider,
      uriScheme: caCertificate ? (spec.tlsUriScheme ?? spec.uriScheme) : spec.uriScheme,
      uriQuery: spec.uriQuery,
      host: serviceName === undefined ? address._host! : serviceHost!,
      port,
      user: user ?? spec.onlyUser ?? 'app',
      database: database ?? (spec.databaseVariable === undefined ? undefined : 'app'),
      ...credentials._keys(this),
      caCertificate,
      namespace,
      cidrs: address._cidrs.length > 0 ? address._cidrs : undefined,
      waitImage: spec.image,
      waitCommand: caCertificate ? (spec.tlsWaitCommand ?? spec.waitCommand) : spec.waitCommand,
    };
  }

  /** Creates the Service that the address needs, and returns its name. */
  private service(address: DatabaseAddress, port: number, metadata?: ApiObjectMetadata): string | undefined {
    switch (address._kind) {
      case 'host':
        return undefined;
      case 'external-name':
        return this.serviceObject(metadata, { type: 'ExternalName', externalName: address._host });
      case 'addresses': {
        const servicePort = { name: 'database', port, protocol: 'TCP' };
        const name = this.serviceObject(metadata, {
          type: 'ClusterIP',
          ports: [{ ...servicePort, targetPort: port }],
        });
        this.endpointSlice(name, address._addresses, servicePort, metadata);
        return name;
      }
    }
  }

  private serviceObject(metadata: ApiObjectMetadata | undefined, spec: object): string {
    const { name } = new ReadableApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...metadata },
      spec,
    });
    return checkServiceName(this, name);
  }

  private endpointSlice(
    serviceName: string,
    addresses: readonly string[],
    port: object,
    metadata?: ApiObjectMetadata,
  ): void {
    new ReadableApiObject(this, 'EndpointSlice', {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: serviceName,
        namespace: metadata?.namespace,
        labels: {
          ...metadata?.labels,
          'kubernetes.io/service-name': serviceName,
          'endpointslice.kubernetes.io/managed-by': 'cdk8s',
        },
      },
      addressType: isIPv6(addresses[0]) ? 'IPv6' : 'IPv4',
      endpoints: addresses.map(address => ({ addresses: [address], conditions: { ready: true } })),
      ports: [port],
    });
  }
}
