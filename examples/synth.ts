import { readFileSync } from 'fs';
import { basename, join } from 'path';
import { parseAllDocuments } from 'yaml';
import { findExamples } from './find-examples';

/** Synthesizes every example to `dist/examples`. */
async function main(): Promise<void> {
  const outdir = join('dist', 'examples');
  process.env.CDK8S_OUTDIR = outdir;
  for (const example of findExamples()) {
    await import(join(__dirname, example, 'main.ts'));
    const file = join(outdir, `${basename(example)}.k8s.yaml`);
    const kinds = parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.get('kind'));
    console.log(`${file}: ${kinds.length} objects (${[...new Set(kinds)].join(', ')})`);
  }
}

void main();
