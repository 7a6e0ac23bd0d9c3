import type { IConstruct } from 'constructs';
import { message } from './message';

/**
 * The one way in which this library refuses something.
 *
 * @param problem what is wrong, with the prop and the value
 * @param remedy what to do
 */
export function fail(scope: IConstruct, problem: string, remedy: string): never {
  throw new Error(`[${scope.node.path}] ${message(problem, remedy)}`);
}

/** Prints to stderr, once per construct, what is allowed but dangerous; kept as metadata of the construct too. */
export function warn(scope: IConstruct, problem: string, remedy: string): void {
  const text = message(problem, remedy);
  scope.node.addMetadata('warning', text);
  process.emitWarning(`[${scope.node.path}] ${text}`, 'StoragePatternsWarning');
}
