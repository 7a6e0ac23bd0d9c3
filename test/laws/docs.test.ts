import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart } from 'cdk8s';
import { withRules } from './safe-defaults-page';
import { assemblyOf, OWN_PACKAGE } from '../../projenrc/samples/assemblies';
import { anchorOf, generatedPages, readPages, WRITERS } from '../../projenrc/samples/pages';
import * as patterns from '../../src';
import { isRejected, runSamples, samplePrograms } from '../languages/samples';

const root = join(__dirname, '..', '..');
const markdownIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name}`);
const docs = markdownIn('docs');
const pages = ['README.md', ...docs];
const generated = WRITERS.flatMap(({ language }) => markdownIn(`docs/${language}`));
const contentOf = (page: string) => readFileSync(join(root, page), 'utf8');
const proseOf = (page: string) => contentOf(page).replace(/^```[\s\S]*?^```$/gm, '');

test('every sample of README and docs compiles', () => {
  expect(readPages().size).toBeGreaterThan(50);
}, 60_000);

test('every sample runs, or throws the error that it shows', () => {
  const samples = samplePrograms();
  expect(samples.length).toBeGreaterThan(40);
  const folder = mkdtempSync(join(tmpdir(), 'samples-'));
  cpSync(join(root, 'test', 'languages', 'files'), folder, { recursive: true });
  runSamples(folder, samples);
  const rejected = samples.filter(({ name }) => existsSync(join(folder, `${name}.refusal`)));
  expect(rejected.map(({ place }) => place)).toEqual(samples.filter(isRejected).map(({ place }) => place));
}, 60_000);

test('no sample escapes the compiler by its tag, or in a docstring', () => {
  pages.forEach(page => expect(contentOf(page)).not.toMatch(/^```(ts|typescript) .*$/m));
  expect(contentOf('.jsii')).not.toContain('"example":');
});

test('the pages with samples in other languages are up to date', () => {
  // `npx projen docs:languages` writes them
  const expected = generatedPages();
  expect(generated.sort()).toEqual([...expected.keys()].sort());
  expected.forEach((content, page) => expect({ page, content: contentOf(page) }).toEqual({ page, content }));
}, 60_000);

test('the README has the same prose in every language', () => {
  const prose = (page: string) =>
    proseOf(page)
      .replace(/^(<!--.*-->|Samples: .*|Text and messages use .*)\n+/gm, '')
      .replace(/\]\([^)]*\)/g, ']');
  WRITERS.forEach(({ language }) => expect(prose(`docs/${language}/README.md`)).toBe(prose('README.md')));
});

test('the list of safe defaults is generated from the rules, and names every waiver', () => {
  const page = contentOf('docs/safe-defaults.md');
  // `npx projen docs:rules` writes it
  expect(page).toBe(withRules(page));
  for (const waiver of Object.getOwnPropertyNames(patterns.Waiver).filter(
    name => typeof (patterns.Waiver as any)[name] === 'function',
  )) {
    expect(page).toContain(`\`Waiver.${waiver}\``);
  }
});

test('every link leads to a file, and to a heading of it', () => {
  const headings = (page: string) => proseOf(page).match(/(?<=^#+ ).*/gm) ?? [];
  const broken = [...pages, ...generated, 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs/decisions')].flatMap(
    page =>
      [...proseOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)]
        .filter(([, target, anchor]) => {
          const file = target === '' ? page : join(page, '..', target);
          return !existsSync(join(root, file)) || (anchor && !headings(file).map(anchorOf).includes(anchor));
        })
        .map(([link]) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('every member of the API that a page names exists', () => {
  const { types } = assemblyOf(OWN_PACKAGE);
  const unknown = [...pages, 'CONTRIBUTING.md'].flatMap(page =>
    [...proseOf(page).matchAll(/`([A-Z]\w+)\.(\w+)/g)]
      .filter(([, name, member]) => {
        const { methods = [], properties = [], members = [] } = types[`${OWN_PACKAGE}.${name}`] ?? {};
        const names: string[] = [...methods, ...properties, ...members].map(each => each.name);
        return types[`${OWN_PACKAGE}.${name}`] && member !== 'Builder' && !names.includes(member);
      })
      .map(([span]) => `${page}: ${span}`),
  );
  expect(unknown).toEqual([]);
});

const withSections = docs.filter(page => !['docs/README.md', 'docs/collectors.md'].includes(page));

test.each(withSections)('%s starts with when you need it, and ends with its limitations', page => {
  expect(contentOf(page)).toMatch(/^# .+\n\n(Samples: .+\n\n)?Use this page (when|to) /);
  expect(
    contentOf(page)
      .match(/^## .+$/gm)
      ?.pop(),
  ).toBe('## Limitations');
});

test('the index lists every page', () => {
  docs
    .filter(page => page !== 'docs/README.md')
    .forEach(page => expect(contentOf('docs/README.md')).toContain(`](${page.replace('docs/', '')})`));
});

test('the messages in the README and in the first steps are those of the library', () => {
  const chart = new Chart(new App(), 'shop');
  const messageOf = () => {
    try {
      new patterns.AppWorkload(chart, 'api', { image: 'ghcr.io/acme/api', port: 8080 });
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('An image without a tag must be rejected.');
  };
  const message = messageOf();
  ['README.md', 'docs/getting-started.md'].forEach(page =>
    expect(contentOf(page).match(/^\[shop\/.*$/m)?.[0]).toBe(message),
  );
});
