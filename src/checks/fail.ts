import type { IConstruct } from 'constructs';

/**
 * The one way in which this library refuses something: the construct's path, then a sentence with what is wrong,
 * the value got and the remedy.
 */
export function fail(scope: IConstruct, sentence: string): never {
  throw new Error(`[${scope.node.path}] ${sentence}`);
}

/** Says on stderr, once per construct, what is allowed but will bite; kept as metadata of the construct too. */
export function warn(scope: IConstruct, sentence: string): void {
  scope.node.addMetadata('warning', sentence);
  process.emitWarning(`[${scope.node.path}] ${sentence}`, 'StoragePatternsWarning');
}

/** A list for a sentence: `'a', 'b' and 'c'`. */
export function listed(values: readonly string[], word: 'and' | 'or' = 'and'): string {
  const quoted = values.map(value => `'${value}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted[quoted.length - 1]}`;
}
