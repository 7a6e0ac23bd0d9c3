import { distance } from 'fastest-levenshtein';
import { listed } from './fail';

/** What somebody may have meant by a word that is none of these: `did you mean 'pinned-image'?`, or all there are. */
export function suggest(word: string, words: readonly string[]): string {
  const near = words.filter(candidate => distance(word, candidate) <= Math.max(2, word.length / 3) || (word.length > 2 && candidate.includes(word)));
  return near.length > 0 ? `did you mean ${listed(near, 'or')}?` : `there are ${listed(words)}`;
}
