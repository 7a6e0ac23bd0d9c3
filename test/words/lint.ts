import { spawnSync } from 'child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { DOCSTRING_HABITS, habitsIn } from './habits';
import { PROSE_RULES } from './markdown-rules';
import { SourceText, sourceTexts, withoutTags } from './source-texts';

/** Where the docstrings and messages are written to as Markdown, for linters that read nothing else. */
const EXTRACTED = join('dist', 'words');

/** Pages that are written by hand, or whose prose is. */
function pages(): string[] {
  return [
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    ...readdirSync('docs').map(name => join('docs', name)),
    ...readdirSync(join('docs', 'decisions')).map(name => join('docs', 'decisions', name)),
  ].filter(path => path.endsWith('.md'));
}

/** One Markdown file for each source file; a comment before each text tells its place. */
function extract(texts: readonly SourceText[]): string[] {
  rmSync(EXTRACTED, { recursive: true, force: true });
  return [...groupByFile(texts)].map(([file, ofFile]) => {
    const path = join(EXTRACTED, `${file}.md`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      ofFile.map(({ line, text }) => `<!-- ${file}:${line} -->\n\n${withoutTags(text)}\n`).join('\n'),
    );
    return path;
  });
}

function groupByFile(texts: readonly SourceText[]): Map<string, SourceText[]> {
  const groups = new Map<string, SourceText[]>();
  texts.forEach(text => groups.set(text.file, [...(groups.get(text.file) ?? []), text]));
  return groups;
}

/** The place of a line of an extracted file, or the line itself. */
function placeOf(path: string, line: number): string {
  if (!path.startsWith(EXTRACTED)) {
    return `${path}:${line}`;
  }
  const before = readFileSync(path, 'utf8').split('\n').slice(0, line).reverse();
  return before.map(text => /^<!-- (.*) -->$/.exec(text)?.[1]).find(Boolean)!;
}

async function markdownProblems(written: string[], extracted: string[]): Promise<string[]> {
  const { lint } = await import('markdownlint/promise');
  const prose = { 'habits': true, 'sentence-length': true };
  const results = [
    // tables and links are long; a page of samples repeats headings
    await lint({
      files: written,
      customRules: [...PROSE_RULES],
      config: { default: true, MD013: false, MD024: { siblings_only: true }, MD033: false, MD041: false, ...prose },
    }),
    await lint({ files: extracted, customRules: [...PROSE_RULES], config: { default: false, ...prose } }),
  ];
  return results.flatMap(result =>
    Object.entries(result).flatMap(([path, errors]) =>
      errors.map(
        ({ lineNumber, ruleNames, ruleDescription, errorDetail, errorContext }) =>
          `${placeOf(path, lineNumber)} ${ruleNames[0]} ${errorDetail ?? ruleDescription}` +
          `${errorContext ? ` [${errorContext}]` : ''}`,
      ),
    ),
  );
}

function docstringProblems(texts: readonly SourceText[]): string[] {
  return texts
    .filter(({ kind }) => kind === 'docstring')
    .flatMap(({ file, line, text }) =>
      habitsIn(text, DOCSTRING_HABITS).map(
        ({ name, instead }) => `${file}:${line} ${name}: Write ${instead} [${text.slice(0, 80)}]`,
      ),
    );
}

function spellingProblems(paths: readonly string[]): string[] {
  const { stdout, stderr, status, error } = spawnSync(
    'cspell',
    ['--config', 'test/words/cspell.json', '--no-progress', '--no-summary', '--no-color', '--file-list', 'stdin'],
    { input: paths.join('\n'), encoding: 'utf8' },
  );
  if (error || (status !== 0 && stdout === '')) {
    throw new Error(`cspell did not run: ${error?.message ?? stderr}`);
  }
  return stdout
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [, path, number, rest] = /^(?:\.\/)?(.*?):(\d+):\d+ - (.*)$/.exec(line)!;
      return `${placeOf(path, Number(number))} spelling ${rest}`;
    });
}

/** Reports each problem of the pages that are given, or of everything that a user of the library reads. */
async function main(given: readonly string[]): Promise<void> {
  const texts = given.length > 0 ? [] : sourceTexts('src');
  const [written, extracted] = [given.length > 0 ? [...given] : pages(), extract(texts)];
  const problems = [
    ...(await markdownProblems(written, extracted)),
    ...docstringProblems(texts),
    ...spellingProblems([...written, ...extracted]),
  ];
  process.stdout.write(problems.map(problem => `${problem}\n`).join(''));
  process.stdout.write(
    `${written.length} pages, ${texts.length} docstrings and messages: ${problems.length} problems\n`,
  );
  process.exitCode = problems.length > 0 ? 1 : 0;
}

void main(process.argv.slice(2));
