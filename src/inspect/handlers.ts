import type { JsonPath } from './json';

/** The paths of the probes and lifecycle hooks in a container. */
export const HANDLERS: readonly JsonPath[] = [
  ['startupProbe'],
  ['readinessProbe'],
  ['livenessProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];
