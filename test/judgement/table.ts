/** Prints the tables of docs/proven.md from the judged sample in verdicts.yaml. */
import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { compareBy } from '../../src/checks/order';

/**
 * The verdict of a reader who holds a finding against its manifest, as its owner would: `useful` finds something to
 * change, `pedantic` is true and changes nothing, and `wrong` is not true of the manifest.
 */
export const VERDICTS = ['useful', 'pedantic', 'wrong'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A finding with its verdict. */
export interface Judged {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly object: string;
  readonly fingerprint: string;
  readonly verdict: Verdict;
  /** The reason, as a sentence. */
  readonly reason: string;
}

/** The judged findings of a part of the manifests, and the numbers of that part. */
export interface Part {
  readonly pods: number;
  readonly findings: number;
  readonly verdicts: readonly Judged[];
}

/** A judged sample, and the numbers of the manifests that it was drawn from. */
export interface Sample {
  readonly seed: string;
  readonly date: string;
  readonly sets: number;
  readonly objects: number;
  /** The manifests that their owners run. */
  readonly owners: Part;
  /** The examples, tutorials and tests. */
  readonly examples: Part;
}

/** Reads the judged sample. */
export function readSample(): Sample {
  return parse(readFileSync(join(__dirname, 'verdicts.yaml'), 'utf8')) as Sample;
}

/** Returns the percentage of a verdict. */
export function percentage(judged: readonly Judged[], verdict: Verdict): number {
  return Math.round((countOf(judged, verdict) / judged.length) * 1000) / 10;
}

/** Returns the numbers and the table: a line for each rule, the most frequent first, and the sums of both parts. */
export function tableOf({ seed, date, sets, objects, owners, examples }: Sample): string {
  const rules = [...new Set(owners.verdicts.map(({ rule }) => rule))]
    .map(rule => ({ rule, judged: owners.verdicts.filter(candidate => candidate.rule === rule) }))
    .sort((a, b) => b.judged.length - a.judged.length || compareBy<{ rule: string }>(entry => entry.rule)(a, b));
  return [
    `Seed \`${seed}\`, ${date}, in ${thousands(objects)} objects of ${thousands(sets)} sets of manifests: ` +
      describePart(owners),
    `that their owners run, and ${describePart(examples)} of examples, tutorials and tests.`,
    '',
    '| rule | judged | useful | pedantic | wrong |',
    '| --- | --- | --- | --- | --- |',
    ...rules.map(({ rule, judged }) => `| \`${rule}\` | ${numbersOf(judged).join(' | ')} |`),
    ...sumsOf('all', owners.verdicts),
    ...sumsOf('examples, all rules', examples.verdicts),
  ].join('\n');
}

function describePart({ pods, findings }: Part): string {
  return `${thousands(findings)} findings in ${thousands(pods)} pods (${(findings / pods).toFixed(2)} for each pod)`;
}

function sumsOf(name: string, judged: readonly Judged[]): string[] {
  const percentages = VERDICTS.map(verdict => percentage(judged, verdict));
  return [
    `| ${name} | ${numbersOf(judged).join(' | ')} |`,
    `| ${name}, in percent | 100 | ${percentages.join(' | ')} |`,
  ];
}

function numbersOf(judged: readonly Judged[]): number[] {
  return [judged.length, ...VERDICTS.map(verdict => countOf(judged, verdict))];
}

function countOf(judged: readonly Judged[], verdict: Verdict): number {
  return judged.filter(candidate => candidate.verdict === verdict).length;
}

function thousands(value: number): string {
  return value.toLocaleString('en-US');
}

if (require.main === module) {
  process.stdout.write(`${tableOf(readSample())}\n`);
}
