import type { IConstruct } from 'constructs';
import type { HealthCheckOptions } from './health-check-options';
import { fail } from '../checks/fail';
import { listed } from '../checks/message';
import { ownValue } from '../checks/own-value';
import { checkPort } from '../checks/values';

/** The port of a probe, by number and, if the user wrote one, by name. */
export interface ProbePort {
  readonly number: number;
  readonly name?: string;
}

/** The ports of a container. */
export interface ContainerPorts {
  readonly ports?: Readonly<Record<string, number>>;
  /** The protocols of ports by name, unless they are TCP. */
  readonly protocols?: Readonly<Record<string, string>>;
  /** The port that probes use if they set none and the container has several. */
  readonly mainPort?: number;
}

/** Returns the protocol of a port. */
export function protocolOf({ protocols = {} }: Pick<ContainerPorts, 'protocols'>, portName: string): string {
  return ownValue(protocols, portName) ?? 'TCP';
}

/** Returns the port of a health check: the one that its options set, or the one that the container implies. */
export function probePort(
  scope: IConstruct,
  { port, portName }: Pick<HealthCheckOptions, 'port' | 'portName'>,
  container: ContainerPorts,
): ProbePort | undefined {
  if (portName !== undefined) {
    if (port !== undefined) {
      fail(scope, "'port' and 'portName' of the health check are both set.", 'Omit one of them.');
    }
    return { number: namedPort(scope, portName, container), name: portName };
  }
  const number = port === undefined ? impliedPort(container) : checkPort(scope, "'port' of the health check", port);
  return number === undefined ? undefined : { number };
}

function namedPort(scope: IConstruct, name: string, container: ContainerPorts): number {
  const names = tcpPorts(container).map(([tcpName]) => tcpName);
  if (names.includes(name)) {
    return container.ports![name];
  }
  const isDeclared = Object.hasOwn(container.ports ?? {}, name);
  fail(
    scope,
    `'portName' of the health check is '${name}', which is not a ${isDeclared ? 'TCP port' : 'port'} of the container.`,
    names.length > 0 ? `Use ${listed(names, 'or')}, or set 'port' to a number.` : "Set 'port' to a number instead.",
  );
}

function impliedPort(container: ContainerPorts): number | undefined {
  const ports = tcpPorts(container).map(([, port]) => port);
  return container.mainPort ?? (ports.length === 1 ? ports[0] : undefined);
}

function tcpPorts(container: ContainerPorts): [name: string, port: number][] {
  return Object.entries(container.ports ?? {}).filter(([name]) => protocolOf(container, name) === 'TCP');
}
