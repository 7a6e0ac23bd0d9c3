import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** A manifest of the corpus, with the labels in its first lines. */
export interface CorpusManifest {
  /** `<rule>.<case>.yaml`, `<rule>.<case>.fine.yaml` or `article-<pattern>.yaml`. */
  readonly name: string;
  readonly text: string;
  /** The values of `# expect:`: rule ids, or `nothing`. */
  readonly expected: readonly string[];
  /** The value of `# place:`, the object and the JSON pointer of the only finding. */
  readonly place?: string;
  /** The value of `# message:`, the message of the only finding. */
  readonly message?: string;
}

/** Every manifest of the corpus, sorted by name. */
export const MANIFESTS: readonly CorpusManifest[] = readdirSync(__dirname)
  .filter(name => name.endsWith('.yaml'))
  .sort()
  .map(name => {
    const text = readFileSync(join(__dirname, name), 'utf8');
    const values = (label: string) =>
      [...text.matchAll(/^# (\w+): (.*)$/gm)].filter(([, key]) => key === label).map(([, , value]) => value);
    return { name, text, expected: values('expect'), place: values('place')[0], message: values('message')[0] };
  });

/** The three patterns in their barest form, with several mistakes each. */
export const ARTICLES = MANIFESTS.filter(({ name }) => name.startsWith('article-'));

/** Manifests with one mistake. */
export const PITFALLS = MANIFESTS.filter(
  manifest => !ARTICLES.includes(manifest) && !manifest.name.endsWith('.fine.yaml'),
);

/** Manifests without a mistake. */
export const TWINS = MANIFESTS.filter(({ name }) => name.endsWith('.fine.yaml'));

/** The rule in the name of a manifest. */
export function ruleOf({ name }: CorpusManifest): string {
  return name.split('.')[0];
}
