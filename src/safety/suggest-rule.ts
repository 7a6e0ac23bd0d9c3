import { distance } from 'fastest-levenshtein';
import { listed } from '../checks/message';

/** The remedy for an unknown rule id: similar ids, or where the ids are listed. */
export function suggestRule(id: string, known: readonly string[]): string {
  const similar = known
    .map(candidate => ({ candidate, edits: candidate.includes(id) ? 0 : distance(id, candidate) }))
    .filter(({ edits }) => edits <= id.length / 3)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
  return similar.length > 0
    ? `Did you mean ${listed(similar, 'or')}?`
    : "List the rules with 'cdk8s-storage-patterns rules'.";
}
