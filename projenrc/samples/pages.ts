import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { basename, dirname, join, relative } from 'path';
import { Go } from './go';
import { Java } from './java';
import { Python } from './python';
import { assemblyOf, readSamples } from './read';
import { Sample } from './syntax';
import { Writer } from './writer';

const root = join(__dirname, '..', '..');
const SAMPLE = /^```ts\n([\s\S]*?)^```$/gm;
/**
 * Code in prose that can be compiled: a call of a class, or anything of the variables that samples take for granted.
 */
const CODE = /`((?:(?:api|orders)\.\w|[A-Z]\w+\.\w+\()[^`\n]*)`/g;
/** What is called in this library as Kubernetes calls it, and means that in prose. */
const KUBERNETES = ['subPath', 'envFrom', 'emptyDir'];
const text = (file: string) => readFileSync(join(root, file), 'utf8');

/** The pages with samples, which are written in TypeScript. */
export const PAGES = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
].filter(page => text(page).match(SAMPLE));

/** The samples of all pages in TypeScript, by the place where they stand. */
export function samplesOf(pages: readonly string[]): Map<string, string> {
  return new Map(
    pages.flatMap(page => {
      const content = text(page);
      return [...content.matchAll(SAMPLE)].map(({ 1: code, index }) => [placeOf(page, content, index), code] as const);
    }),
  );
}

/** The code in the prose of all pages, by page and text. */
function codeOf(pages: readonly string[]): Map<string, string> {
  return new Map(
    pages.flatMap(page =>
      [...text(page).replace(SAMPLE, '').matchAll(CODE)].map(([, code]) => [`${page}: ${code}`, `${code};\n`] as const),
    ),
  );
}

/** The samples of all pages, and the code in their prose. */
export function readPages(): Map<string, Sample> {
  return new Map(readSamples(new Map([...samplesOf(PAGES), ...codeOf(PAGES)])).map(sample => [sample.place, sample]));
}

function placeOf(page: string, content: string, index: number): string {
  return `${page}:${content.slice(0, index).split('\n').length}`;
}

/** The classes that samples declare. They are parts of the programs in `test/languages`. */
function handWritten(folder: string, pattern: RegExp, body: RegExp): Map<string, string> {
  const files = readdirSync(join(root, 'test', 'languages', folder)).filter(name => pattern.test(name));
  return new Map(
    files.map(file => {
      const [name] = file.split('.');
      return [name[0].toUpperCase() + name.slice(1), body.exec(text(join('test', 'languages', folder, file)))![0]];
    }),
  );
}

export const WRITERS: Writer[] = [
  new Python(handWritten('python', /^(?!shop|refused)\w+\.py$/, /^@jsii[\s\S]*/m)),
  new Java(handWritten('java/src/main/java/shop', /^(?!Main)\w+\.java$/, /^public class[\s\S]*/m)),
  new Go(handWritten('go/shop', /^(?!main)\w+\.go$/, /^type[\s\S]*/m)),
];

/** Where a page is for a language: `docs/python/logging.md`. */
const translated = (page: string, { language }: Writer) => join('docs', language, basename(page));
const link = (from: string, to: string) => relative(dirname(from), to);

/** The line below a page's title that leads to its other languages. */
function languagesOf(page: string, current?: Writer): string {
  const from = current ? translated(page, current) : page;
  const others = WRITERS.map(writer =>
    writer === current ? writer.title : `[${writer.title}](${link(from, translated(page, writer))})`,
  );
  return [current ? `[TypeScript](${link(from, page)})` : 'TypeScript', ...others].join(' · ');
}

/** The page in a language: its samples, its links, and the names of members. */
function write(source: string, writer: Writer, samples: ReadonlyMap<string, Sample>): string {
  const original = text(source);
  const target = translated(source, writer);
  const granted = [...samplesOf([source]).keys()].some(place => !samples.get(place)!.complete);
  const fenced = (code: string) => `\`\`\`${writer.language}\n${code}\`\`\``;
  const messages = source === 'README.md' ? `\n\nMessages write code as in TypeScript: ${writer.messages} here.` : '';
  const note = granted ? `\n\nSamples without imports take these for granted:\n\n${fenced(writer.granted)}` : '';
  return original
    .replace(SAMPLE, (_, _code, index) => fenced(writer.write(samples.get(placeOf(source, original, index))!)))
    .replace(CODE, (_, code) => `\`${writer.write(samples.get(`${source}: ${code}`)!).replace(/;?\n$/, '')}\``)
    .replace(
      /\]\((?!https?:|#)([^)#]+)([^)]*)\)/g,
      (_, to, rest) => `](${link(target, there(join(dirname(source), to), writer))}${rest})`,
    )
    .replace(/(?<=`[^`\n]*)\b([A-Z]\w+)\.([a-z]\w*)(?=[^`\n]*`)/g, (said, type, name) =>
      isMember(type, name) ? writer.member(type, name) : said,
    )
    .replace(/(?<=`)[a-z]+[A-Z]\w*(?=(\(\))?`)/g, name =>
      memberNames.has(name) && !KUBERNETES.includes(name) ? writer.property(name) : name,
    )
    .replace(
      /^(# .*)\n\n(TypeScript · .*)?/,
      (_, title) =>
        `<!-- Written by \`npx projen docs:languages\` from ${source}. ` +
        `-->\n\n${title}\n\n${languagesOf(source, writer)}${messages}${note}\n`,
    )
    .replace(/\n{3,}/g, '\n\n');
}

const there = (file: string, writer: Writer) => (PAGES.includes(file) ? translated(file, writer) : file);
const { types } = assemblyOf('cdk8s-storage-patterns');
const namesOf = ({ methods = [], properties = [] }: any): string[] =>
  [...methods, ...properties].map(({ name }) => name);
const memberNames = new Set(Object.values(types).flatMap(namesOf));
const isMember = (type: string, name: string) => namesOf(types[`cdk8s-storage-patterns.${type}`] ?? {}).includes(name);

/** Writes the pages of all languages, and the lines that lead to them. */
export function writePages(): void {
  for (const source of PAGES) {
    writeFileSync(
      join(root, source),
      text(source).replace(/^(# .*\n\n)(TypeScript · .*\n\n)?/, (_, title) => `${title}${languagesOf(source)}\n\n`),
    );
  }
  const samples = readPages();
  for (const writer of WRITERS) {
    const folder = join(root, 'docs', writer.language);
    if (existsSync(folder)) {
      rmSync(folder, { recursive: true });
    }
    mkdirSync(folder);
    for (const source of PAGES) {
      writeFileSync(join(root, translated(source, writer)), write(source, writer, samples));
    }
  }
}

if (require.main === module) {
  writePages();
}
