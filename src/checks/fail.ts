import type { IConstruct } from 'constructs';
import { message } from './message';

/**
 * Throws the error for an invalid program; all errors of the constructs are thrown here.
 *
 * @param location the construct, or the API name before a construct exists, such as `HealthCheck.http`
 * @param problem what is wrong, with the prop and the value
 * @param remedy what to do
 */
export function fail(location: IConstruct | string, problem: string, remedy: string): never {
  const prefix = typeof location === 'string' ? location : location.node.path;
  throw new Error(`[${prefix}] ${message(problem, remedy)}`);
}

/** Prints a warning to stderr, once per construct, and adds it to the metadata of the construct. */
export function warn(scope: IConstruct, problem: string, remedy: string): void {
  const text = message(problem, remedy);
  scope.node.addMetadata('warning', text);
  process.emitWarning(`[${scope.node.path}] ${text}`, 'StoragePatternsWarning');
}
