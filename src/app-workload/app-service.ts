import type { ApiObject } from 'cdk8s';
import { Protocol, Service, ServicePort, ServiceType } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { AppPort, servicePortOf } from './ports';
import { SERVICE_OPTIONS, ServiceOptions } from './service-options';
import { isCidr } from '../checks/cidrs';
import { fail } from '../checks/fail';
import { checkProps } from '../checks/props';
import { checkAnnotations, checkInteger, checkLabels, checkServiceName, seconds } from '../checks/values';
import type { ControllerDefinition } from '../controllers/controller-definition';
import { ReadableApiObject } from '../objects/readable-api-object';
import type { ControlledPods } from '../pod/controlled-pods';
import { headlessService } from '../pod/headless-service';
import type { Identity } from '../pod/identity';

/**
 * The Service of an app. It is a Service of cdk8s-plus-28, so that an Ingress accepts it, but renders all fields of the
 * API: the objects of cdk8s-plus-28 drop those that it does not know, also from JSON patches.
 */
export class AppService extends Service {
  constructor(scope: Construct, identity: Identity, ports: readonly AppPort[], options: ServiceOptions = {}) {
    checkOptions(scope, options, ports);
    super(scope, 'Service', { ports: ports.map(kplusPort) });
    const { name, namespace, labels, podLabels } = identity;
    this.node.tryRemoveChild('Resource');
    const object: ApiObject = new ReadableApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: checkServiceName(scope, name),
        namespace,
        labels: { ...labels, ...options.labels },
        annotations: options.annotations && { ...options.annotations },
      },
      spec: { ports: ports.map(renderPort), selector: podLabels, ...renderOptions(options) },
    });
    Object.defineProperty(this, 'apiObject', { value: object });
  }
}

/**
 * Defines the Service of an app that has ports, and the headless Service of a StatefulSet; returns the former.
 */
export function defineServices(
  scope: Construct,
  { identity, replicaNames }: ControlledPods,
  { kind }: ControllerDefinition,
  ports: readonly AppPort[],
  options?: ServiceOptions,
): Service | undefined {
  if (kind === 'StatefulSet') {
    headlessService(scope, identity, replicaNames.serviceName, ports);
  }
  return ports.length > 0 ? new AppService(scope, identity, ports, options) : undefined;
}

function kplusPort(appPort: AppPort): ServicePort {
  const { name, port, protocol, nodePort } = appPort;
  return { name, port: servicePortOf(appPort), targetPort: port, protocol, nodePort };
}

function renderPort(appPort: AppPort): object {
  const { protocol, appProtocol } = appPort;
  return { ...kplusPort(appPort), protocol: protocol === Protocol.TCP ? undefined : protocol, appProtocol };
}

function renderOptions(options: ServiceOptions): object {
  const { type = ServiceType.CLUSTER_IP, headless, publishNotReadyAddresses, sessionAffinityTimeout } = options;
  return {
    type,
    clusterIP: headless ? 'None' : undefined,
    publishNotReadyAddresses,
    sessionAffinity: sessionAffinityTimeout && 'ClientIP',
    sessionAffinityConfig: sessionAffinityTimeout && { clientIP: { timeoutSeconds: seconds(sessionAffinityTimeout) } },
    externalTrafficPolicy: options.externalTrafficPolicy,
    internalTrafficPolicy: options.internalTrafficPolicy,
    loadBalancerClass: options.loadBalancerClass,
    loadBalancerSourceRanges: options.loadBalancerSourceRanges,
  };
}

function checkOptions(scope: Construct, options: ServiceOptions, ports: readonly AppPort[]): void {
  checkProps(scope, options, SERVICE_OPTIONS, "'service'");
  const { type = ServiceType.CLUSTER_IP, headless, sessionAffinityTimeout, annotations, labels } = options;
  checkAnnotations(scope, "'service.annotations'", annotations);
  checkLabels(scope, "'service.labels'", labels);
  if (headless && type !== ServiceType.CLUSTER_IP) {
    fail(
      scope,
      `'service.headless' is set, but 'service.type' is '${type}', which needs an address.`,
      'Omit one of them.',
    );
  }
  const nodePort = ports.find(port => port.nodePort !== undefined);
  if (nodePort && type === ServiceType.CLUSTER_IP) {
    fail(
      scope,
      `Port '${nodePort.name}' has a 'nodePort', but 'service.type' is 'ClusterIP'.`,
      "Set 'type: ServiceType.NODE_PORT' or 'ServiceType.LOAD_BALANCER', or omit 'nodePort'.",
    );
  }
  for (const range of options.loadBalancerSourceRanges ?? []) {
    if (!isCidr(range)) {
      fail(
        scope,
        `'${range}' in 'service.loadBalancerSourceRanges' is not a CIDR block.`,
        "Use the form '10.0.0.0/8'.",
      );
    }
  }
  if (headless && sessionAffinityTimeout !== undefined) {
    fail(
      scope,
      "'service.headless' and 'service.sessionAffinityTimeout' are both set, but clients of a headless Service " +
        'connect to the pods directly.',
      'Omit one of them.',
    );
  }
  if (type === ServiceType.EXTERNAL_NAME) {
    fail(scope, "'service.type' is 'ExternalName', which has no pods.", 'Use ClusterIP, NodePort or LoadBalancer.');
  }
  for (const prop of ['loadBalancerClass', 'loadBalancerSourceRanges'] as const) {
    if (options[prop] !== undefined && type !== ServiceType.LOAD_BALANCER) {
      fail(
        scope,
        `'service.${prop}' is set, but 'service.type' is '${type}'.`,
        "Set 'type: ServiceType.LOAD_BALANCER', or omit it.",
      );
    }
  }
  if (options.externalTrafficPolicy !== undefined && type === ServiceType.CLUSTER_IP) {
    fail(
      scope,
      "'service.externalTrafficPolicy' is set, but a Service of type 'ClusterIP' is not reachable from outside.",
      "Set 'type: ServiceType.LOAD_BALANCER' or 'ServiceType.NODE_PORT', or omit it.",
    );
  }
  if (sessionAffinityTimeout !== undefined) {
    checkInteger(scope, "'service.sessionAffinityTimeout' in seconds", seconds(sessionAffinityTimeout), 1, 86400);
  }
}
