import { execFileSync } from 'child_process';
import { mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { isDeepStrictEqual } from 'util';
import * as jsYaml from 'js-yaml';
import * as yaml from 'yaml';
import { readValue } from '../../src/inspect/read-yaml';

export interface Reading {
  readonly value?: any;
  readonly error?: string;
}

/** Reads YAML documents, each by itself. */
export type Reader = (documents: readonly string[]) => Reading[];

const folder = mkdtempSync(join(tmpdir(), 'yaml-'));
const options = { encoding: 'utf8', maxBuffer: 2 ** 30 } as const;

/** The parser of kubectl, and of the API server. Needs Go. */
export function kubectl(): Reader {
  const program = join(folder, 'readyaml');
  run('go', ['build', '-o', program, '.'], { cwd: join(__dirname, 'go') });
  return documents =>
    execFileSync(program, { input: documents.join('---\n'), ...options })
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
}

/** The parsers of Python, by their names on PyPI. Needs Python 3 with pip. */
export function python(name: 'PyYAML' | 'ruamel.yaml'): Reader {
  const environment = join(folder, 'python');
  run('python3', ['-m', 'venv', environment]);
  const interpreter = join(environment, 'bin', 'python');
  run(interpreter, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    join(__dirname, 'requirements.txt'),
  ]);
  return documents =>
    JSON.parse(
      execFileSync(interpreter, [join(__dirname, 'read.py'), name], { input: JSON.stringify(documents), ...options }),
    );
}

/** The parsers of Node. */
export const NODE: Record<string, Reader> = {
  'yaml': documents => documents.map(text => attempt(() => yaml.parse(text))),
  'yaml of version 1.1': documents => documents.map(text => attempt(() => yaml.parse(text, { version: '1.1' }))),
  'js-yaml': documents => documents.map(text => attempt(() => jsYaml.load(text))),
};

/** The reader of this library. */
export function readOurs(text: string): Reading {
  try {
    return { value: JSON.parse(JSON.stringify(readValue(text) ?? null)) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/**
 * A colon before a comma or bracket ends a plain key here, and is part of it for kubectl, which then rejects the key.
 * The tag `!` without a value is null here, and an empty string for kubectl.
 */
const EXCEPTIONS = /[^\s"']:[,\]}]|(?:[\s,[{])!\s*$/m;

/** Whether both readers accept a document and return different values. */
export function differs(text: string, ours: Reading, theirs: Reading): boolean {
  const isRefused = ours.error !== undefined || theirs.error !== undefined;
  return !isRefused && !isDeepStrictEqual(ours.value, theirs.value ?? null) && !EXCEPTIONS.test(text);
}

function attempt(read: () => unknown): Reading {
  try {
    return { value: read() };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function run(program: string, args: string[], more = {}): void {
  try {
    execFileSync(program, args, { stdio: 'pipe', ...more });
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(
      missing
        ? `'${program}' is not there. install it, or leave this test out with -t`
        : `${program} ${args.join(' ')}: ${(error as any).stderr}`,
    );
  }
}
