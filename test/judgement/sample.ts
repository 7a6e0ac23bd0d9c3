/**
 * Draws findings of the audit in public manifests at random:
 *
 *   npx projen judgement:sample --corpus DIR --seed 1 [--size 200] [--examples 40] [--profile storage] [FOLDER...]
 *
 * DIR contains the folders of sources.yaml, of which all are read by default. Findings in examples, tutorials and tests
 * are drawn separately from those in manifests that owners run. The findings are written to standard output as entries
 * of verdicts.yaml, without verdicts, each below its message; `judgement:table` prints the table of the judged ones.
 */
import { readFileSync } from 'fs';
import { join } from 'path';
import { parseArgs } from 'util';
import { parse } from 'yaml';
import { draw } from './draw';
import { findingsOf, PublicFinding, Source, SourceFindings } from './findings';
import { PROFILES } from '../../src/safety/rule';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string' },
    seed: { type: 'string' },
    size: { type: 'string', default: '200' },
    examples: { type: 'string', default: '40' },
    profile: { type: 'string', default: 'storage' },
  },
});
const { corpus, seed } = values;
const profile = PROFILES.find(name => name === values.profile);
if (corpus === undefined || seed === undefined || profile === undefined) {
  throw new Error("Specify '--corpus', '--seed', and a known profile.");
}

function describe({ rule, severity, file, line, object, message, fingerprint }: PublicFinding, index: number): string {
  const fields = { rule, file, line, object, fingerprint, verdict: '', reason: '' };
  return [
    `    # ${index + 1}. ${severity}: ${message}`,
    ...Object.entries(fields).map(
      ([name, value], i) => `    ${i === 0 ? '- ' : '  '}${name}: ${JSON.stringify(value)}`,
    ),
  ].join('\n');
}

function sourcesOf(folders: readonly string[]): Source[] {
  const sources = parse(readFileSync(join(__dirname, 'sources.yaml'), 'utf8')) as Source[];
  return folders.length === 0 ? sources : sources.filter(({ folder }) => folders.includes(folder));
}

/** Writes the part of the findings in manifests of owners, or in examples. */
function printPart(name: string, pods: number, findings: readonly PublicFinding[], size: number): void {
  const drawn = draw(findings, size, seed!).map(describe).join('\n');
  process.stdout.write(`${name}:\n  pods: ${pods}\n  findings: ${findings.length}\n  verdicts:\n${drawn}\n`);
}

async function main(root: string): Promise<void> {
  const sources: SourceFindings[] = [];
  for (const source of sourcesOf(positionals)) {
    const result = await findingsOf(source, root, profile!);
    process.stderr.write(`${source.folder}: ${result.findings.length} findings in ${result.pods} pods\n`);
    sources.push(result);
  }
  const sum = (count: (result: SourceFindings) => number) =>
    sources.reduce((total, result) => total + count(result), 0);
  const findings = sources.flatMap(result => result.findings);
  const examplePods = sum(result => result.examplePods);
  process.stdout.write(
    `seed: ${JSON.stringify(seed)}\ndate: ""\nsets: ${sum(result => result.sets)}\n` +
      `objects: ${sum(result => result.objects)}\n`,
  );
  const [examples, owned] = [true, false].map(isExample => findings.filter(found => found.isExample === isExample));
  printPart('owners', sum(result => result.pods) - examplePods, owned, Number(values.size));
  printPart('examples', examplePods, examples, Number(values.examples));
}

void main(corpus);
