import type { Result } from './rig/result';

/** What a program cannot do better, so that lines are lost, doubled or changed whatever its settings are. */
export interface Limit {
  readonly collector: string;
  /** Names of sinks and scenarios; any where none is given. */
  readonly sinks?: readonly string[];
  readonly scenarios: readonly string[];
  /** What is the limit, as the page says it. */
  readonly says: string;
}

export const LIMITS: readonly Limit[] = [
  {
    collector: 'fluentd',
    scenarios: ['inode-reuse'],
    says: 'Fluentd knows a file by its inode alone: after a crash it does not read a new file that got the inode of a deleted one.',
  },
];

/** The limit that a cell shows, with its number on the page. */
export function limitOf({ collector, sink, scenario, failed, outOfMemory }: Result): number | undefined {
  if (failed !== undefined || outOfMemory) {
    return undefined;
  }
  const found = LIMITS.findIndex(limit => limit.collector === collector && limit.scenarios.includes(scenario)
    && (limit.sinks === undefined || limit.sinks.includes(sink)));
  return found < 0 ? undefined : found + 1;
}
