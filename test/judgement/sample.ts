/**
 * Draws findings of the audit in public manifests at random, and prints each with the lines around its place:
 *
 *   npx projen judgement:sample --corpus DIR --seed 1 [--size 200] [--profile storage] [FOLDER...]
 *
 * DIR contains the folders of sources.yaml, of which all are read by default. The findings are written to standard
 * output as entries of verdicts.yaml, without verdicts; `judgement:table` prints the table of the judged ones.
 */
import { readFileSync } from 'fs';
import { join } from 'path';
import { parseArgs } from 'util';
import { parse } from 'yaml';
import { draw } from './draw';
import { findingsOf, PublicFinding, SourceFindings } from './findings';
import { PROFILES } from '../../src/safety/rule';

/** The number of lines in front of the place, and behind it. */
const CONTEXT = [10, 14];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: 'string' },
    seed: { type: 'string' },
    size: { type: 'string', default: '200' },
    profile: { type: 'string', default: 'storage' },
  },
});
const { corpus, seed, size } = values;
const profile = PROFILES.find(name => name === values.profile);
if (corpus === undefined || seed === undefined || profile === undefined) {
  throw new Error("Specify '--corpus', '--seed', and a known profile.");
}

function describe(finding: PublicFinding, index: number, root: string): string {
  const { rule, severity, file, line, object, message, fingerprint } = finding;
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const start = Math.max(0, line - 1 - CONTEXT[0]);
  const excerpt = lines
    .slice(start, line + CONTEXT[1])
    .map((text, i) => `#  ${start + i + 1 === line ? '>' : ' '} ${start + i + 1}: ${text}`);
  const fields = { rule, file, line, object, fingerprint, verdict: '', reason: '' };
  return [
    `# ${index + 1}. ${severity}: ${message}`,
    ...excerpt,
    ...Object.entries(fields).map(([name, value], i) => `${i === 0 ? '- ' : '  '}${name}: ${JSON.stringify(value)}`),
  ].join('\n');
}

function allFolders(): string[] {
  const sources = parse(readFileSync(join(__dirname, 'sources.yaml'), 'utf8')) as { readonly folder: string }[];
  return sources.map(({ folder }) => folder);
}

async function main(root: string): Promise<void> {
  const sources: SourceFindings[] = [];
  for (const source of positionals.length > 0 ? positionals : allFolders()) {
    const result = await findingsOf(join(root, source), root, profile!);
    process.stderr.write(`${source}: ${result.findings.length} findings in ${result.pods} pods\n`);
    sources.push(result);
  }
  const sum = (count: (result: SourceFindings) => number) =>
    sources.reduce((total, result) => total + count(result), 0);
  const findings = sources.flatMap(result => result.findings);
  const [pods, objects, sets] = [sum(result => result.pods), sum(result => result.objects), sum(result => result.sets)];
  process.stdout.write(
    `seed: ${JSON.stringify(seed)}\nsets: ${sets}\nobjects: ${objects}\npods: ${pods}\nfindings: ${findings.length}\n` +
      `verdicts:\n${draw(findings, Number(size), seed!)
        .map((finding, i) => describe(finding, i, root))
        .join('\n')}\n`,
  );
}

void main(corpus);
