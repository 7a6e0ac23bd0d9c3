import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

/** The program as it is published. */
export const PROGRAM = join(__dirname, '..', '..', 'lib', 'cli', 'main.js');

/** Runs the compiled command in a directory of files. */
export function run(args: readonly string[], { files = {}, stdin = '', env = {} }: { files?: Record<string, string | Buffer>; stdin?: string | Buffer; env?: Record<string, string> } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-storage-patterns-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, name)), { recursive: true });
      writeFileSync(join(directory, name), content);
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], {
      cwd: directory, input: stdin, encoding: 'utf8', env: { PATH: process.env.PATH, ...env }, maxBuffer: 2 ** 28,
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
