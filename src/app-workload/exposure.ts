import type { Construct } from 'constructs';
import { AppPort, servicePortOf } from './ports';
import { fail } from '../checks/fail';
import { checkProps, PropTable, required, optional } from '../checks/props';
import { checkAnnotations, checkObjectName } from '../checks/values';
import { ReadableApiObject } from '../objects/readable-api-object';
import type { Identity } from '../pod/identity';
import type { SecretSource } from '../pod/secret-source';

/** Options of an Ingress and of an HTTPRoute. */
export interface ExposureOptions {
  /** The host names of the requests: `shop.example.com`. `*.` at the start matches one label. */
  readonly hosts: string[];

  /**
   * The start of the paths.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The name of the port.
   *
   * @default - the first port
   */
  readonly portName?: string;

  /**
   * The annotations.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/**
 * Options of an Ingress.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export interface IngressExposureOptions extends ExposureOptions {
  /**
   * The name of the IngressClass.
   *
   * @default - the default class of the cluster
   */
  readonly className?: string;

  /**
   * The Secret with the certificate of the hosts.
   *
   * @default - no TLS
   */
  readonly tlsSecret?: SecretSource;
}

/**
 * Options of an HTTPRoute of the Gateway API.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export interface HttpRouteOptions extends ExposureOptions {
  /** The name of the Gateway. */
  readonly gatewayName: string;

  /**
   * The namespace of the Gateway.
   *
   * @default - the namespace of the app
   */
  readonly gatewayNamespace?: string;

  /**
   * The name of the listener of the Gateway.
   *
   * @default - all listeners
   */
  readonly sectionName?: string;
}

const EXPOSURE: PropTable<ExposureOptions> = {
  hosts: required('["shop.example.com"]', 'string[]'),
  path: optional('string'),
  portName: optional('string'),
  annotations: optional('string{}'),
};

/** Defines an Ingress that routes requests to the Service of an app. */
export function defineIngress(
  scope: Construct,
  identity: Identity,
  ports: readonly AppPort[],
  options: IngressExposureOptions,
): void {
  const subject = "the argument of 'exposeViaIngress'";
  checkProps<IngressExposureOptions>(
    scope,
    options,
    { ...EXPOSURE, className: optional('string'), tlsSecret: optional('SecretSource') },
    subject,
  );
  const { hosts, path = '/', className, tlsSecret } = options;
  const port = checkExposure(scope, ports, options);
  if (className !== undefined) {
    checkObjectName(scope, "'className'", className);
  }
  const backend = { service: { name: identity.name, port: { number: servicePortOf(port) } } };
  new ReadableApiObject(scope, 'Ingress', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(identity, options),
    spec: {
      ingressClassName: className,
      tls: tlsSecret && [{ hosts: [...hosts], secretName: tlsSecret.secretName }],
      rules: hosts.map(host => ({ host, http: { paths: [{ path, pathType: 'Prefix', backend }] } })),
    },
  });
}

/** Defines an HTTPRoute that routes requests to the Service of an app. */
export function defineHttpRoute(
  scope: Construct,
  identity: Identity,
  ports: readonly AppPort[],
  options: HttpRouteOptions,
): void {
  checkProps<HttpRouteOptions>(
    scope,
    options,
    {
      ...EXPOSURE,
      gatewayName: required('"public"', 'string'),
      gatewayNamespace: optional('string'),
      sectionName: optional('string'),
    },
    "the argument of 'exposeViaHttpRoute'",
  );
  const { hosts, path = '/', gatewayName, gatewayNamespace, sectionName } = options;
  const port = checkExposure(scope, ports, options);
  checkObjectName(scope, "'gatewayName'", gatewayName);
  new ReadableApiObject(scope, 'HTTPRoute', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(identity, options),
    spec: {
      parentRefs: [{ name: gatewayName, namespace: gatewayNamespace, sectionName }],
      hostnames: [...hosts],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: path } }],
          backendRefs: [{ name: identity.name, port: servicePortOf(port) }],
        },
      ],
    },
  });
}

function metadataOf({ name, namespace, labels }: Identity, { annotations }: ExposureOptions) {
  return { name, namespace, labels, annotations: annotations && { ...annotations } };
}

/** Refuses hosts and paths that the API server rejects; returns the port of the app. */
function checkExposure(scope: Construct, ports: readonly AppPort[], options: ExposureOptions): AppPort {
  const { hosts, path = '/', portName, annotations } = options;
  if (hosts.length === 0) {
    fail(scope, "'hosts' is empty, so no request matches.", "Set a host name, for example 'shop.example.com'.");
  }
  for (const host of hosts) {
    if (!/^(?:\*\.)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)+$/.test(host)) {
      fail(scope, `Invalid host name '${host}' in 'hosts'.`, "Use the form 'shop.example.com', without a scheme.");
    }
  }
  if (!path.startsWith('/')) {
    fail(scope, `'path' is '${path}'.`, "Start it with '/'.");
  }
  checkAnnotations(scope, "'annotations'", annotations);
  const port = portName === undefined ? ports[0] : ports.find(({ name }) => name === portName);
  return (
    port ??
    fail(
      scope,
      portName === undefined ? 'The workload has no port to expose.' : `The workload has no port '${portName}'.`,
      ports.length === 0 ? "Set 'port'." : `Use one of ${ports.map(({ name }) => `'${name}'`).join(', ')}.`,
    )
  );
}
