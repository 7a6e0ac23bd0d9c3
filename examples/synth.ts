import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

/** Synthesizes every example to `dist/examples`. */
async function main(): Promise<void> {
  const outdir = join('dist', 'examples');
  process.env.CDK8S_OUTDIR = outdir;
  const examples = readdirSync(__dirname)
    .filter(name => existsSync(join(__dirname, name, 'main.ts')))
    .sort();
  for (const example of examples) {
    await import(join(__dirname, example, 'main.ts'));
    const file = join(outdir, `${example}.k8s.yaml`);
    const kinds = parseAllDocuments(readFileSync(file, 'utf8')).map(document => document.get('kind'));
    console.log(`${file}: ${kinds.length} objects (${[...new Set(kinds)].join(', ')})`);
  }
}

void main();
