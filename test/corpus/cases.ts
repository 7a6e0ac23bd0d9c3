import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** Manifests of one kind of fault, or of one kind of false alarm. */
export interface CorpusCase {
  /** `<kind>.yaml` with the fault, or `<kind>.fine.yaml` without it. */
  readonly name: string;
  readonly text: string;
  /** The values of `# expect:`, each a rule and an object: `executed-file-mode CronJob/import`. */
  readonly expected: readonly string[];
}

const DIRECTORY = join(__dirname, 'cases');

/** The cases, sorted by name. */
export const CASES: readonly CorpusCase[] = readdirSync(DIRECTORY)
  .sort()
  .map(name => {
    const text = readFileSync(join(DIRECTORY, name), 'utf8');
    const values = [...text.matchAll(/^# expect: (.*)$/gm)].map(([, value]) => value);
    return { name, text, expected: values.filter(value => value !== 'nothing') };
  });
