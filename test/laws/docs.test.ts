import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { withRules } from './safe-defaults-page';
import { readPages, WRITERS } from '../../projenrc/samples/pages';
import * as patterns from '../../src';

const root = join(__dirname, '..', '..');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
];
const translated = WRITERS.flatMap(({ language }) =>
  readdirSync(join(root, 'docs', language)).map(name => `docs/${language}/${name}`),
);
const text = (page: string) => readFileSync(join(root, page), 'utf8');

test('every sample of README and docs compiles, and can be said in the other languages', () => {
  const samples = [...readPages().values()];
  expect(samples.length).toBeGreaterThan(10);
  for (const writer of WRITERS) {
    samples.forEach(sample => expect(writer.write(sample)).toMatch(/\S/));
  }
}, 60_000);

test('no sample escapes the compiler by its tag, or in a docstring', () => {
  pages.forEach(page => expect(text(page)).not.toMatch(/^```(ts|typescript) .*$/m));
  expect(text('.jsii')).not.toContain('"example":');
});

test('the list of safe defaults is what the rules say, and names every waiver', () => {
  const page = text('docs/safe-defaults.md');
  // `npx projen docs:rules` writes it
  expect(page).toBe(withRules(page));
  for (const waiver of Object.getOwnPropertyNames(patterns.Waiver).filter(
    name => typeof (patterns.Waiver as any)[name] === 'function',
  )) {
    expect(page).toContain(`\`Waiver.${waiver}\``);
  }
});

test('every link between pages leads somewhere', () => {
  for (const page of [...pages, ...translated, 'CONTRIBUTING.md']) {
    for (const [, target] of text(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      expect(() => readdirSync(join(root, page, '..', target, '..'))).not.toThrow();
      expect(readdirSync(join(root, page, '..', target, '..'))).toContain(target.split('/').pop());
    }
  }
});

test('the prose of a translated page says code as its language does, and no comment twice', () => {
  for (const page of translated) {
    const prose = text(page)
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/^Messages write code.*$/m, '')
      .replace(/^<!-- rules[\s\S]*/m, '');
    const spans = prose.match(/`[^`\n]+`/g) ?? [];
    expect(
      spans.filter(span => /\bnew [A-Z]|[a-z]: (true|\{|\[)|\('/.test(span)).map(span => `${page}: ${span}`),
    ).toEqual([]);
    expect(
      spans
        .filter(span => !page.startsWith('docs/java') && /\.[a-z]+[A-Z]\w*\(/.test(span))
        .map(span => `${page}: ${span}`),
    ).toEqual([]);
    expect(text(page)).not.toMatch(/(\/\/|#) (.+)\n\1 \2$/m);
  }
});
