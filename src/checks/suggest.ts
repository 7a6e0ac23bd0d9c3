import { distance } from 'fastest-levenshtein';

/** Returns up to three of the known names that contain or resemble a misspelled name, the most similar first. */
export function suggest(name: string, known: readonly string[]): string[] {
  const word = name.toLowerCase();
  return known
    .map(candidate => ({ candidate, edits: countEdits(word, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(name.length, candidate.length) / 3)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Counts edits. An incomplete word and swapped letters count as one. */
function countEdits(word: string, candidate: string): number {
  const isIncomplete = word.length >= 3 && candidate.includes(word);
  return isIncomplete || sortLetters(word) === sortLetters(candidate)
    ? Math.min(1, distance(word, candidate))
    : distance(word, candidate);
}

function sortLetters(word: string): string {
  return [...word].sort().join('');
}
