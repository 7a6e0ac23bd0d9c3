import { distance } from 'fastest-levenshtein';
import { listed } from '../checks/message';

/** What somebody may have meant by an id that no rule has, or where to look. */
export function suggestRule(id: string, known: readonly string[]): string {
  const near = known
    .map(candidate => ({ candidate, far: candidate.includes(id) ? 0 : distance(id, candidate) }))
    .filter(({ far }) => far <= id.length / 3)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3);
  return near.length > 0
    ? `Did you mean ${listed(
        near.map(({ candidate }) => candidate),
        'or',
      )}?`
    : "List the rules with 'cdk8s-storage-patterns rules'.";
}
