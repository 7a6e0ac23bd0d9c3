import { existsSync, readdirSync } from 'fs';
import { posix } from 'path';
import { withRules } from './safe-defaults-page';
import { filesBelow, matches, read, ROOT } from './source-files';
import { anchorOf, generatedPages, readPages, WRITERS } from '../../projenrc/samples/pages';
import * as library from '../../src';

const PAGES = ['README.md', 'CONTRIBUTING.md', ...filesBelow('docs', /\.md$/)];
const TRANSLATED = PAGES.filter(page => WRITERS.some(({ language }) => page.startsWith(`docs/${language}/`)));
const WRITTEN = PAGES.filter(page => !TRANSLATED.includes(page));

test('the samples of every page compile, and their pages in the other languages are up to date', () => {
  expect(readPages().size).toBeGreaterThan(10);
  const generated = generatedPages();
  // `npx projen docs:languages` writes them
  expect(TRANSLATED).toEqual([...generated.keys()].sort());
  generated.forEach((content, page) => expect({ page, content: read(page) }).toEqual({ page, content }));
}, 60_000);

test('no sample avoids the compiler with another tag or in a docstring', () => {
  WRITTEN.forEach(page => expect(read(page)).not.toMatch(/^```(ts|typescript) .*$|^```typescript$/m));
  expect(read('.jsii')).not.toContain('"example":');
});

test('the list of safe defaults is up to date, and names every waiver', () => {
  const page = read('docs/safe-defaults.md');
  // `npx projen docs:rules` writes it
  expect(page).toBe(withRules(page));
  const waivers = Object.getOwnPropertyNames(library.Waiver).filter(
    name => typeof Object.getOwnPropertyDescriptor(library.Waiver, name)!.value === 'function' && !name.startsWith('_'),
  );
  expect(waivers.filter(name => !page.includes(`\`Waiver.${name}\``))).toEqual([]);
});

/** The links of a page to files or headings of the repository that do not exist. */
function brokenLinks(page: string, content: string): string[] {
  const prose = content.replace(/^```[\s\S]*?^```$/gm, '');
  return matches(prose, /\]\((?!https?:)([^)\s]+)\)/g).filter(link => {
    const [path, anchor] = link.split('#');
    const target = path === '' ? page : posix.join(posix.dirname(page), path);
    const text = target === page ? content : existsInRepository(target) && anchor ? read(target) : '';
    return !existsInRepository(target) || (anchor !== undefined && !anchorsOf(text).includes(anchor));
  });
}

const anchorsOf = (content: string) => matches(content, /^#+ (.*)$/gm).map(anchorOf);

/** Whether a file exists with exactly this name, also on a filesystem that ignores case. */
function existsInRepository(path: string): boolean {
  const folder = posix.join(ROOT, posix.dirname(path));
  return existsSync(folder) && (path.endsWith('/') || readdirSync(folder).includes(posix.basename(path)));
}

test('every link leads to a file and a heading', () => {
  expect(PAGES.flatMap(page => brokenLinks(page, read(page)).map(link => `${page}: ${link}`))).toEqual([]);
});

test('finds a link to a missing file, and one to a missing heading', () => {
  const content =
    '# Title\n\n[a](README.md), [b](missing.md), [c](#title), [d](#missing), [e](docs/logging.md#missing)';
  expect(brokenLinks('README.md', content)).toEqual(['missing.md', '#missing', 'docs/logging.md#missing']);
});

test('no sample has the same comment twice in a row', () => {
  PAGES.forEach(page => expect(read(page)).not.toMatch(/(\/\/|#) (.+)\n\1 \2$/m));
});
