import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

/** The program as it is published. */
export const PROGRAM = join(__dirname, '..', '..', 'lib', 'cli', 'main.js');

interface RunOptions {
  readonly files?: Record<string, string | Buffer>;
  /** Symbolic links by their names. */
  readonly links?: Record<string, string>;
  readonly stdin?: string | Buffer;
  readonly env?: Record<string, string>;
}

/** Runs the compiled command in a directory of files. */
export function run(args: readonly string[], { files = {}, links = {}, stdin = '', env = {} }: RunOptions = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-patterns-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    }
    for (const [name, target] of Object.entries(links)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      symlinkSync(target, join(directory, name));
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
      cwd: directory,
      input: stdin,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env },
      maxBuffer: 2 ** 28,
    });
    return { status, stdout, stderr };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A pod whose only fault is an emptyDir without a limit, on line 8. */
export const FAULTY = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers: [{name: app, image: "acme/app:1.0.0"}]
  volumes:
    - name: cache
      emptyDir: {}
`;

export const CLEAN = FAULTY.replace('{}', '{sizeLimit: 1Gi}');

/** Asks one rule only, so that other rules do not show. */
export const ONE_RULE = ['--rule', 'empty-dir-size-limit'];
