/** The GitHub Actions of the workflows. As a program, it writes their newest releases to actions.json. */
import { execFileSync } from 'child_process';
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

/** A release of an action, and the commit of its tag. */
export interface ActionPin {
  /** The tag, for example `v7.0.0`. */
  readonly version: string;
  /** The hash of the commit, which workflows use because a tag can move. */
  readonly hash: string;
}

const FILE = join(__dirname, 'actions.json');

/** The pins by the names of the actions. */
export const ACTIONS: Readonly<Record<string, ActionPin>> = JSON.parse(readFileSync(FILE, 'utf8'));

/**
 * Returns a workflow with the version of each pinned action as a comment, in the form that Dependabot and reviewers
 * read.
 *
 * @throws if the workflow uses an action that is not pinned
 */
export function commentVersions(workflow: string): string {
  return workflow.replace(/(\buses: )(\S+)$/gm, (_, key: string, reference: string) => {
    const [name, hash] = reference.split('@');
    const pin = Object.entries(ACTIONS).find(([action]) => action === name)?.[1];
    if (pin === undefined || pin.hash !== hash) {
      throw new Error(`'${reference}' is not pinned. Add '${name}' to projenrc/actions.json.`);
    }
    return `${key}${reference} # ${pin.version}`;
  });
}

/**
 * Returns the newest release among the tags of a repository.
 *
 * @param output the output of `git ls-remote --tags`; `^{}` marks the commit of an annotated tag
 */
export function newestPin(output: string): ActionPin | undefined {
  const hashes = new Map<string, string>();
  for (const [, hash, version, isCommit] of output.matchAll(
    /^([0-9a-f]{40})\trefs\/tags\/(v\d+\.\d+\.\d+)(\^\{\})?$/gm,
  )) {
    if (isCommit !== undefined || !hashes.has(version)) {
      hashes.set(version, hash);
    }
  }
  const [newest] = [...hashes].sort(([a], [b]) => b.localeCompare(a, 'en', { numeric: true }));
  return newest && { version: newest[0], hash: newest[1] };
}

function update(): void {
  const pins = Object.keys(ACTIONS).map(name => {
    const tags = execFileSync('git', ['ls-remote', '--tags', `https://github.com/${name}`], { encoding: 'utf8' });
    return [name, newestPin(tags) ?? ACTIONS[name]] as const;
  });
  const lines = pins.map(([name, { version, hash }]) => `  "${name}": { "version": "${version}", "hash": "${hash}" }`);
  writeFileSync(FILE, `{\n${lines.join(',\n')}\n}\n`);
}

if (require.main === module) {
  update();
}
