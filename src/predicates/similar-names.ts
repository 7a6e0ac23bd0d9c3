import { append } from '../checks/groups';
import { suggest } from '../checks/suggest';

/** The most letters by which a name and its misspelling differ in length. */
const MAX_DIFFERENCE = 2;

/** Names among which the one is found that another name misspells. */
export class SimilarNames {
  /** The places of names that have the same letters. */
  private readonly byLetters = new Map<string, number[]>();
  /** The places of names by their shape, and by the name without its numbers. */
  private readonly byShape = new Map<string, Map<string, number[]>>();

  constructor(private readonly names: readonly string[]) {
    names.forEach((name, place) => {
      append(this.byLetters, lettersOf(name), place);
      const shape = shapeOf(name, name.length);
      const group = this.byShape.get(shape) ?? new Map<string, number[]>();
      this.byShape.set(shape, group);
      append(group, withoutNumbers(name), place);
    });
  }

  /** Returns the name of which another one is a misspelling, and not a different word or number. */
  public correct(name: string): string | undefined {
    return suggest(name, this.candidatesFor(name)).find(candidate => isTypo(name, candidate));
  }

  /** Returns the names with the same letters, or with as many words and almost the same length. */
  private candidatesFor(name: string): string[] {
    const places = new Set(this.byLetters.get(lettersOf(name)));
    for (let length = name.length - MAX_DIFFERENCE; length <= name.length + MAX_DIFFERENCE; length++) {
      this.byShape.get(shapeOf(name, length))?.forEach((group, skeleton) => {
        // numbers tell objects of a series from each other
        if (skeleton !== withoutNumbers(name)) {
          group.forEach(place => places.add(place));
        }
      });
    }
    return [...places].sort((a, b) => a - b).map(place => this.names[place]);
  }
}

const lettersOf = (name: string) => name.replace(/[-._]/g, '');
const wordsOf = (name: string) => name.split(/[-._]/);
const withoutNumbers = (name: string) => name.replace(/\d+/g, '0');
const shapeOf = (name: string, length: number) => `${wordsOf(name).length} ${length}`;

/** Whether two names are too similar to be those of different objects. */
function isTypo(name: string, candidate: string): boolean {
  const isSuffix = name.startsWith(candidate) || candidate.startsWith(name);
  return (
    lettersOf(name) === lettersOf(candidate) ||
    (!isSuffix &&
      withoutNumbers(name) !== withoutNumbers(candidate) &&
      Math.abs(name.length - candidate.length) <= MAX_DIFFERENCE &&
      haveSimilarWords(name, candidate))
  );
}

/** Whether each word of a name is the same as in another name, or a misspelling of it, and not another word. */
function haveSimilarWords(name: string, candidate: string): boolean {
  const [words, others] = [name, candidate].map(wordsOf);
  return words.length === others.length && words.every((word, i) => suggest(word, [others[i]]).length > 0);
}
