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
const text = (file: string) => readFileSync(join(root, file), 'utf8');

/** The pages with samples, which are written in TypeScript. */
export const PAGES = ['README.md', ...readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md')).map(name => `docs/${name}`)]
  .filter(page => text(page).match(SAMPLE));

/** The samples of all pages in TypeScript, by the place where they stand. */
export function samplesOf(pages: readonly string[]): Map<string, string> {
  return new Map(pages.flatMap(page => {
    const content = text(page);
    return [...content.matchAll(SAMPLE)].map(({ 1: code, index }) => [placeOf(page, content, index), code] as const);
  }));
}

function placeOf(page: string, content: string, index: number): string {
  return `${page}:${content.slice(0, index).split('\n').length}`;
}

/** The classes that samples declare. They are parts of the programs in `test/languages`. */
function handWritten(folder: string, pattern: RegExp, body: RegExp): Map<string, string> {
  const files = readdirSync(join(root, 'test', 'languages', folder)).filter(name => pattern.test(name));
  return new Map(files.map(file => {
    const [name] = file.split('.');
    return [name[0].toUpperCase() + name.slice(1), body.exec(text(join('test', 'languages', folder, file)))![0]];
  }));
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
  const others = WRITERS.map(writer => writer === current ? writer.title : `[${writer.title}](${link(from, translated(page, writer))})`);
  return [current ? `[TypeScript](${link(from, page)})` : 'TypeScript', ...others].join(' · ');
}

/** The page in a language: its samples, its links, and the names of members. */
function write(source: string, writer: Writer, samples: ReadonlyMap<string, Sample>): string {
  const original = text(source);
  const target = translated(source, writer);
  const granted = [...samples].some(([place, sample]) => place.startsWith(`${source}:`) && !sample.complete);
  const fenced = (code: string) => `\`\`\`${writer.language}\n${code}\`\`\``;
  const note = granted ? `\n\nSamples without imports take these for granted:\n\n${fenced(writer.granted)}` : '';
  return original
    .replace(SAMPLE, (_, _code, index) => fenced(writer.write(samples.get(placeOf(source, original, index))!)))
    .replace(/\]\((?!https?:|#)([^)#]+)([^)]*)\)/g, (_, to, rest) => `](${link(target, there(join(dirname(source), to), writer))}${rest})`)
    .replace(/(?<=`[^`\n]*)\b([A-Z]\w+)\.([a-z]\w*)(?=[^`\n]*`)/g, (said, type, name) => isMember(type, name) ? writer.member(type, name) : said)
    .replace(/(?<=`)[a-z]+[A-Z]\w*(?=`)/g, name => propertyNames.has(name) ? writer.property(name) : name)
    .replace(/^(# .*)\n\n(TypeScript · .*)?/, (_, title) => `<!-- Written by \`npx projen docs:languages\` from ${source}. -->\n\n${title}\n\n${languagesOf(source, writer)}${note}\n`)
    .replace(/\n{3,}/g, '\n\n');
}

const there = (file: string, writer: Writer) => {
  if (file === 'API.md') {
    return `docs/api/${writer.language}.md`;
  }
  return PAGES.includes(file) ? translated(file, writer) : file;
};
const { types } = assemblyOf('cdk8s-storage-patterns');
const propertyNames = new Set(Object.values<any>(types).flatMap(({ properties = [] }) => properties.map((property: any) => property.name)));
const isMember = (type: string, name: string) => {
  const { methods = [], properties = [] } = types[`cdk8s-storage-patterns.${type}`] ?? {};
  return [...methods, ...properties].some(member => member.name === name);
};

/** Writes the pages of all languages, and the lines that lead to them. */
export function writePages(): void {
  for (const source of PAGES) {
    writeFileSync(join(root, source), text(source).replace(/^(# .*\n\n)(TypeScript · .*\n\n)?/, (_, title) => `${title}${languagesOf(source)}\n\n`));
  }
  const samples = new Map(readSamples(samplesOf(PAGES)).map(sample => [sample.place, sample]));
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
