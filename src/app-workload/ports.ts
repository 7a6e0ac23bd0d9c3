import { Protocol } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { fail } from '../checks/fail';
import { checkProps, PropTable, required, optional } from '../checks/props';
import { checkInteger, checkPort, checkPortName, checkQualifiedName } from '../checks/values';
import type { ControllerDefinition } from '../controllers/controller-definition';
import type { PolicyPort } from '../pod/network-policy';
import { isWaived } from '../safety/waiver';

/** A port that an app listens on. */
export interface AppPort {
  /** The name, which probes and Services can refer to: at most 15 lowercase letters, digits and `-`. */
  readonly name: string;

  /** The port, 1024 or higher. */
  readonly port: number;

  /**
   * The protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;

  /**
   * The port of the Service.
   *
   * @default - the port of the app
   */
  readonly servicePort?: number;

  /**
   * The port on each node, for a Service of type NodePort or LoadBalancer.
   *
   * @default - chosen by Kubernetes
   */
  readonly nodePort?: number;

  /**
   * The protocol of the application for load balancers and service meshes: `http`, `grpc`, `kubernetes.io/h2c`.
   *
   * @default - unknown
   */
  readonly appProtocol?: string;
}

const APP_PORT: PropTable<AppPort> = {
  name: required('"http"', 'string'),
  port: required('8080', 'number'),
  protocol: optional('string'),
  servicePort: optional('number'),
  nodePort: optional('number'),
  appProtocol: optional('string'),
};

/** The props of an app that define its ports. */
interface PortProps {
  readonly port?: number;
  readonly portName?: string;
  readonly servicePort?: number;
  readonly ports?: AppPort[];
}

/** Returns the ports of an app: those of 'ports', or the one of 'port'. */
export function appPorts(scope: Construct, props: PortProps, controller: ControllerDefinition): AppPort[] {
  const { port, portName = 'http', servicePort } = props;
  const short = Object.entries({ port, portName: props.portName, servicePort }).find(
    ([, value]) => value !== undefined,
  );
  if (props.ports !== undefined && short) {
    fail(
      scope,
      `'ports' and '${short[0]}' are both set, but '${short[0]}' describes the only port.`,
      `Omit '${short[0]}', and set it in 'ports'.`,
    );
  }
  const ports = props.ports ?? (port === undefined ? [] : [{ name: portName, port, servicePort }]);
  checkPortName(scope, "'portName'", portName);
  if (ports.length > 0 && controller.runsToCompletion) {
    fail(
      scope,
      `'port' is ${ports[0].port}, but the pods of a ${controller.kind} end, so no client can rely on them.`,
      `Omit it, or use another controller than '${controller.factory}'.`,
    );
  }
  ports.forEach((appPort, i) => checkAppPort(scope, appPort, props.ports ? `ports[${i}].` : ''));
  return ports;
}

/** Returns the port of the Service, by default the port of the app. */
export function servicePortOf({ port, servicePort = port }: AppPort): number {
  return servicePort;
}

/** Returns a port as in a network policy. */
export function policyPort({ port, protocol = Protocol.TCP }: AppPort): PolicyPort {
  return { port, protocol };
}

function checkAppPort(scope: Construct, appPort: AppPort, prefix: string): void {
  if (prefix !== '') {
    checkProps(scope, appPort, APP_PORT, `'${prefix.slice(0, -1)}'`);
    checkPortName(scope, `'${prefix}name'`, appPort.name);
  }
  const { port, servicePort, nodePort, appProtocol } = appPort;
  if (checkPort(scope, `'${prefix}port'`, port) < 1024 && !isWaived(scope, 'unprivileged-port')) {
    fail(
      scope,
      `'${prefix}port' is ${port}, which a non-root process cannot bind.`,
      `Use a port of 1024 or higher, for example 8080, and set 'servicePort: ${port}'.`,
    );
  }
  if (servicePort !== undefined) {
    checkPort(scope, `'${prefix}servicePort'`, servicePort);
  }
  if (nodePort !== undefined) {
    checkInteger(scope, `'${prefix}nodePort'`, nodePort, 1, 65535);
  }
  if (appProtocol !== undefined) {
    checkQualifiedName(scope, `'${prefix}appProtocol'`, appProtocol);
  }
}
