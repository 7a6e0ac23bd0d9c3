import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';

/** Reads the newest section of CHANGELOG.md: the version to release, with or without a date, and its notes. */
export function newestSection(changelog: string): { version: string; notes: string } {
  const [, heading = '', notes = ''] = /^## (.*)\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog) ?? [];
  const [, version] = /^(\d+\.\d+\.\d+)(?: - \d{4}-\d{2}-\d{2})?$/.exec(heading) ?? [];
  if (version === undefined) {
    throw new Error(
      `The first section of CHANGELOG.md is '${heading}', which is not a version. ` +
        "Name the version to release, for example '## 0.1.0 - 2026-12-01'.",
    );
  }
  return { version, notes: notes.trim() };
}

/** Whether a version can break users of a released one: a new major version, or a new minor one before 1.0.0. */
export function mayBreak(released: string, next: string): boolean {
  const [[major, minor], [nextMajor, nextMinor]] = [released, next].map(version => version.split('.').map(Number));
  return nextMajor > major || (major === 0 && nextMajor === 0 && nextMinor > minor);
}

/** The latest version in the npm registry, if any. */
function latestRelease(name: string): string | undefined {
  try {
    return execFileSync('npm', ['view', name, 'version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  } catch (error) {
    if (String((error as { stderr?: string }).stderr).includes('E404')) {
      return undefined;
    }
    throw error;
  }
}

/** Compares the API with the latest release. Without a version to release, a breaking change is only printed. */
function checkCompatibility(): void {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const released = latestRelease(name);
  if (!released) {
    console.log(`${name} has no release yet, so nothing can break.`);
    return;
  }
  try {
    execFileSync('jsii-diff', [`npm:${name}@${released}`, '.', '--keys', '--ignore-file', '.compatignore'], {
      stdio: 'inherit',
    });
  } catch {
    const part = released.startsWith('0.') ? 'minor' : 'major';
    const expected = `which users of ${released} expect only of a new ${part} version`;
    if (version === '0.0.0' || mayBreak(released, version)) {
      console.log(`The API breaks, ${expected}.`);
    } else {
      throw new Error(
        `The API breaks in ${version}, ${expected}. Name such a version in CHANGELOG.md, or restore the API.`,
      );
    }
  }
}

if (require.main === module) {
  const commands: Record<string, () => void> = {
    version: () => process.stdout.write(newestSection(readFileSync('CHANGELOG.md', 'utf8')).version),
    notes: () => process.stdout.write(`${newestSection(readFileSync('CHANGELOG.md', 'utf8')).notes}\n`),
    compat: checkCompatibility,
  };
  commands[process.argv[2]]();
}
