import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';

/** The newest section of CHANGELOG.md, which says what the next release is called and what is in it. */
export function newestSection(changelog: string): { version: string; notes: string } {
  const [, heading, notes] = /^## (.*)\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog) ?? [];
  if (!/^\d+\.\d+\.\d+$/.test(heading ?? '')) {
    throw new Error(
      `CHANGELOG.md begins with '${heading}'. name the version there that is to be released, for example '## 0.1.0'`,
    );
  }
  return { version: heading, notes: notes.trim() };
}

/** Whether users of a released version expect that this one breaks them: a new major, or a new minor before 1.0.0. */
export function mayBreak(released: string, next: string): boolean {
  const [[major, minor], [nextMajor, nextMinor]] = [released, next].map(version => version.split('.').map(Number));
  return nextMajor > major || (major === 0 && nextMajor === 0 && nextMinor > minor);
}

/** The newest version that npm has, if any. */
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

/** Compares the API with what is released. Only a release has a version: elsewhere what breaks is said, and no more. */
function checkCompatibility(): void {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const released = latestRelease(name);
  if (!released) {
    console.log(`${name} is not released yet: there is nothing to break`);
    return;
  }
  try {
    execFileSync('jsii-diff', [`npm:${name}@${released}`, '.', '--keys', '--ignore-file', '.compatignore'], {
      stdio: 'inherit',
    });
  } catch {
    const expected = `users of ${released} expect that of a new ${released.startsWith('0.') ? 'minor' : 'major'} version`;
    if (version === '0.0.0' || mayBreak(released, version)) {
      console.log(`the API breaks: ${expected}`);
    } else {
      throw new Error(`the API breaks in ${version}: ${expected}. call it that in CHANGELOG.md, or undo what breaks`);
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
