import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const root = join(__dirname, '..');
const TSX = [join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), '--tsconfig', join(root, 'test', 'tsconfig.json')];

/** The directory of the examples. */
export const EXAMPLES = join(root, 'examples');

/**
 * Runs all examples in a separate process and directory, and returns their manifests by file.
 *
 * @param options the command that runs Node.js, and the directory of the examples, for example of a copy
 */
export function synthExamples(
  environment: Record<string, string> = {},
  { node = [process.execPath], examples = EXAMPLES } = {},
): Record<string, string> {
  const cwd = mkdtempSync(join(tmpdir(), 'examples-'));
  const [program, ...args] = [...node, ...TSX, join(examples, 'synth.ts')];
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
  if (status !== 0) {
    throw new Error(`${program} exited with ${status}: ${stderr}`);
  }
  const files = [...stdout.matchAll(/^(\S+\.k8s\.yaml):/gm)].map(([, file]) => file);
  return Object.fromEntries(files.map(file => [file, readFileSync(join(cwd, file), 'utf8')]));
}
