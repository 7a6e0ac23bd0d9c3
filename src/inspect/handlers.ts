import { at, JsonPath } from './json';
import type { Container } from './pods';
import { keptByObject } from '../checks/memo';

/** The paths of the probes and lifecycle hooks in a container. */
const HANDLERS: readonly JsonPath[] = [
  ['startupProbe'],
  ['readinessProbe'],
  ['livenessProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** A probe or a lifecycle hook of a container. */
export interface Handler {
  /** The name, as messages show it: `livenessProbe`, `preStop`. */
  readonly name: string;
  /** All fields, which `at` searches. */
  readonly content: unknown;
  /** The path in the container. */
  readonly at: JsonPath;
}

/** Returns the probes and lifecycle hooks that a container sets. */
export const handlersOf = keptByObject(({ content }: Container): readonly Handler[] =>
  HANDLERS.map(path => ({ name: String(path.at(-1)), content: at(content, ...path), at: path })).filter(
    handler => handler.content !== undefined,
  ),
);
