import { spawnSync } from 'child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { findExamples } from '../examples/find-examples';

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

/** Runs all examples with another minimum version of the cluster, which each sets as docs/getting-started.md says. */
export function synthExamplesFor(version: string): Record<string, string> {
  const copy = mkdtempSync(join(__dirname, '.copy-'));
  try {
    cpSync(EXAMPLES, copy, { recursive: true });
    for (const example of findExamples()) {
      const program = join(copy, example, 'main.ts');
      const code = readFileSync(program, 'utf8');
      const minimum = `KubernetesVersion.setMinimum(app, KubernetesVersion.${version});`;
      const changed = code.replace(/^const app = new \w+\(\);$/m, `$&\n${minimum}`);
      if (changed === code) {
        throw new Error(`${program} has no app.`);
      }
      writeFileSync(program, `import { KubernetesVersion } from 'cdk8s-storage-patterns';\n${changed}`);
    }
    return synthExamples({}, { examples: copy });
  } finally {
    rmSync(copy, { recursive: true });
  }
}
