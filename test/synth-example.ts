import { mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { EXAMPLES } from './run-examples';

/** Runs an example of a folder, and returns its manifest. */
export function synthExample(example: string): string {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  process.env.CDK8S_OUTDIR = outdir;
  const program = join(EXAMPLES, example, 'main.ts');
  delete require.cache[program];
  // oxlint-disable-next-line typescript/no-require-imports -- loading the program runs it
  require(program);
  delete process.env.CDK8S_OUTDIR;
  return readFileSync(join(outdir, `${basename(example)}.k8s.yaml`), 'utf8');
}
