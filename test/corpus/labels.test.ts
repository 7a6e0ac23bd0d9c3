import { parseAllDocuments } from 'yaml';
import { ARTICLES, MANIFESTS, PITFALLS, ruleOf, TWINS } from './manifests';
import { schemaProblems } from '../schemas/kubernetes';

/** The comment lines before the first object. */
function header(text: string): string[] {
  const lines = text.split('\n');
  return lines.slice(
    0,
    lines.findIndex(line => !line.startsWith('#')),
  );
}

test.each(PITFALLS)(
  '$name begins with its rule, the place and message of its finding, and an explanation',
  manifest => {
    expect(header(manifest.text)).toEqual([
      `# expect: ${ruleOf(manifest)}`,
      expect.stringMatching(/^# place: [A-Z]\w+\/[a-z0-9-]+ (\/[^/ ]+)+$/),
      expect.stringMatching(/^# message: ./),
      expect.stringMatching(/^# \S.*\.$/),
    ]);
  },
);

test.each(TWINS)('$name begins with the label of a correct manifest and an explanation', ({ text }) => {
  expect(header(text)).toEqual(['# expect: nothing', expect.stringMatching(/^# \S.*\.$/)]);
});

test.each(ARTICLES)('$name begins with the rules that it breaks, each once', ({ text, expected }) => {
  expect(header(text).slice(0, expected.length)).toEqual(expected.map(rule => `# expect: ${rule}`));
  expect(new Set(expected).size).toBe(expected.length);
  expect(expected.length).toBeGreaterThan(1);
});

test('every manifest is a pitfall, a twin or an article', () => {
  expect([...PITFALLS, ...TWINS, ...ARTICLES].map(({ name }) => name).sort()).toEqual(
    MANIFESTS.map(({ name }) => name),
  );
  expect(ARTICLES).toHaveLength(3);
});

test.each(MANIFESTS)('$name is a manifest that Kubernetes accepts', ({ text }) => {
  // kubectl accepts a repeated key, of which a rule warns
  const documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: false });
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  expect(documents.flatMap(document => schemaProblems('1.34', document.toJS()))).toEqual([]);
});

test('no two manifests are the same', () => {
  const bodies = MANIFESTS.map(({ text }) => text.replace(/^#.*\n/gm, ''));
  const repeated = MANIFESTS.filter((_, i) => bodies.indexOf(bodies[i]) !== i);
  expect(repeated.map(({ name }) => name)).toEqual([]);
});

test('every mistake of the articles is a pitfall of its own', () => {
  const known = PITFALLS.map(ruleOf);
  expect(ARTICLES.flatMap(({ expected }) => expected).filter(rule => !known.includes(rule))).toEqual([]);
});
