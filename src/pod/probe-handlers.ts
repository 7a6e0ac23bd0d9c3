import type { IConstruct } from 'constructs';
import type { HttpHealthCheckOptions } from './health-check-options';
import type { ProbePort } from './probe-port';
import { findCredential, namesCredential } from '../checks/credentials';
import { fail } from '../checks/fail';
import { checkReadable } from '../checks/misread';
import { compareBy } from '../checks/order';
import type { Probe } from '../checks/pod-spec';

/** The part of a probe that asks the container. */
export type Handler = Pick<Probe, 'httpGet' | 'tcpSocket' | 'grpc' | 'exec'>;

/** Returns a handler for a port, or refuses it. */
export type HandlerSource = (scope: IConstruct, port: ProbePort | undefined) => Handler;

export const tcpSocket: HandlerSource = (scope, port) => ({ tcpSocket: { port: reference(scope, port) } });

/** Returns a source of HTTP requests. */
export function httpGet(
  prop: string,
  path: string,
  { https = false, headers = {} }: Pick<HttpHealthCheckOptions, 'https' | 'headers'>,
): HandlerSource {
  return (scope, port) => {
    if (!path.startsWith('/')) {
      fail(scope, `${prop} of the health check is '${path}'.`, "Start it with '/'.");
    }
    const entries = Object.entries(headers).sort(compareBy(([name]) => name));
    entries.forEach(([name, value]) => checkHeader(scope, name, value));
    return {
      httpGet: {
        path,
        port: reference(scope, port),
        scheme: https ? 'HTTPS' : undefined,
        httpHeaders: entries.length > 0 ? entries.map(([name, value]) => ({ name, value })) : undefined,
      },
    };
  };
}

/** Returns a source of gRPC requests, for which Kubernetes only accepts the number of a port. */
export function grpcRequest(service?: string): HandlerSource {
  return (scope, port) => ({ grpc: { port: known(scope, port).number, service } });
}

/** Returns a source of commands in the container. */
export function exec(prop: string, command: readonly string[]): HandlerSource {
  return scope => {
    if (command.length === 0) {
      fail(scope, `${prop} of the health check is empty.`, 'Set the program and its arguments.');
    }
    return { exec: { command: [...command] } };
  };
}

function checkHeader(scope: IConstruct, name: string, value: string): void {
  if (!/^[-A-Za-z0-9]+$/.test(name)) {
    fail(
      scope,
      `'headers' of the health check contains '${name}', which is not the name of a header.`,
      "Use letters, digits and '-'.",
    );
  }
  if (typeof value !== 'string' || /[\0\r\n]/.test(value)) {
    fail(
      scope,
      `Header '${name}' of the health check is not a string of one line.`,
      'Set it to a string without line breaks.',
    );
  }
  if (/^(proxy-)?authorization$|^cookie$/i.test(name) || namesCredential(name, value) || findCredential(value)) {
    fail(
      scope,
      `Header '${name}' of the health check would be a credential in the manifest.`,
      "Use a path that needs no credential, or a 'HealthCheck.command' that reads the credential from a file.",
    );
  }
  checkReadable(scope, `header '${name}' of the health check`, value);
}

function reference(scope: IConstruct, port: ProbePort | undefined): string | number {
  const { name, number } = known(scope, port);
  return name ?? number;
}

function known(scope: IConstruct, port: ProbePort | undefined): ProbePort {
  return (
    port ??
    fail(scope, 'The health check has no port, because the container has none or several.', "Set its option 'port'.")
  );
}
