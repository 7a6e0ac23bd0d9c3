import { createHash } from 'crypto';
import type { PublicFinding } from './findings';
import { compareBy } from '../../src/checks/order';

/**
 * Returns a number of findings, drawn at random. A rule and an object of a source are drawn at most once, because
 * variants of a manifest, and the charts that contain the same chart, repeat their objects.
 *
 * The order depends on the seed and on each finding only, so a change of one rule keeps the draw of the others.
 */
export function draw(findings: readonly PublicFinding[], size: number, seed: string): PublicFinding[] {
  const candidates = new Map<string, PublicFinding>();
  for (const finding of [...findings].sort(compareBy(({ file, pointer }) => `${file} ${pointer}`))) {
    const key = [finding.source, finding.rule, nameOf(finding.object)].join('\n');
    candidates.set(key, candidates.get(key) ?? finding);
  }
  return [...candidates]
    .map(([key, finding]) => ({ rank: createHash('sha256').update(`${seed}\n${key}`).digest('hex'), finding }))
    .sort(compareBy(({ rank }) => rank))
    .slice(0, size)
    .map(({ finding }) => finding);
}

/** Returns the kind and name of a described object, without its namespace. */
function nameOf(object: string): string {
  return object.replace(/ .*\//, ' ');
}
