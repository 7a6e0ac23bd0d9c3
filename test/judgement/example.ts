/**
 * The words in paths of manifests that show, teach or test something, and that no owner runs. `docs` has the snippets
 * of a documentation.
 */
const EXAMPLE_WORDS: ReadonlySet<string> = new Set([
  ...['archive', 'archived', 'benchmark', 'demo', 'doc', 'documentation', 'e2e', 'example', 'experiment', 'fixture'],
  ...['hack', 'quickstart', 'sample', 'sandbox', 'starter', 'systemtest', 'test', 'testdata', 'testing', 'training'],
  ...['tutorial', 'unittest', 'walkthrough', 'workshop'],
]);

/**
 * Whether a text, such as a path or the first sentence of a README, names an example: one of its words is the singular
 * or the plural of a word for examples.
 */
export function namesExample(text: string): boolean {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some(word => EXAMPLE_WORDS.has(word) || EXAMPLE_WORDS.has(word.replace(/s$/, '')));
}
