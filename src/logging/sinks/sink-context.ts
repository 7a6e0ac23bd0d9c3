import type { IConstruct } from 'constructs';
import { fail } from '../../checks/fail';

/** The place of a sink in the props of its `LogShipping`. */
export interface SinkContext {
  readonly scope: IConstruct;
  /** The place of the sink in the props: `sinks[0]`. */
  readonly path: string;
}

/** Returns the path of an option as messages quote it: `'sinks[0].url'`. */
export function quotedPath({ path }: SinkContext, option: string): string {
  return `'${path}.${option}'`;
}

/** Refuses the value of an option. */
export function refuse(context: SinkContext, option: string, value: unknown, reason: string, remedy: string): never {
  return fail(context.scope, `${quotedPath(context, option)} is '${String(value)}'${reason}.`, remedy);
}
