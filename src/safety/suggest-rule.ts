import { listed } from '../checks/message';
import { suggest } from '../checks/suggest';

/** The remedy for an unknown rule id: similar ids, or where the ids are listed. */
export function suggestRule(id: string, known: readonly string[]): string {
  const similar = suggest(id, known);
  return similar.length > 0
    ? `Did you mean ${listed(similar, 'or')}?`
    : "List the rules with 'cdk8s-storage-patterns rules'.";
}
