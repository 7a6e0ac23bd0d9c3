/**
 * Writes the digests of the default images to src/facts/image-digests.ts, as their registries serve them. With `check`,
 * fails if a digest is missing.
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { digestOf } from './registry';
import { IMAGE_DIGESTS } from '../src/facts/image-digests';

const FILE = join(__dirname, '..', 'src', 'facts', 'image-digests.ts');

/** Returns the file with other digests. */
export function withDigests(file: string, digests: Readonly<Record<string, string>>): string {
  return Object.entries(digests).reduce(
    (text, [image, digest]) =>
      text.replace(new RegExp(`^(  '${image.replace(/\./g, '\\.')}'):\\s+'[^']*',`, 'm'), (_, key: string) =>
        `${key}: '${digest}',`.length > 120 ? `${key}:\n    '${digest}',` : `${key}: '${digest}',`,
      ),
    file,
  );
}

/** Returns what prevents a release with these digests, if anything. */
export function releaseObstacle(digests: Readonly<Record<string, string>>): string | undefined {
  const missing = Object.entries(digests).filter(([, digest]) => !/^sha256:[0-9a-f]{64}$/.test(digest));
  return missing.length === 0
    ? undefined
    : `src/facts/image-digests.ts has no digest of ${missing.map(([image]) => `'${image}'`).join(', ')}, so the ` +
        "publishers of these images can replace them after the release. Run 'npx projen images:update', which needs " +
        'access to the registries, and commit the digests.';
}

async function update(): Promise<void> {
  const digests: Record<string, string> = {};
  for (const image of Object.keys(IMAGE_DIGESTS)) {
    digests[image] = await digestOf(image, fetch);
  }
  writeFileSync(FILE, withDigests(readFileSync(FILE, 'utf8'), digests));
}

function check(): void {
  const obstacle = releaseObstacle(IMAGE_DIGESTS);
  if (obstacle !== undefined) {
    console.error(obstacle);
    process.exitCode = 1;
  }
}

if (require.main === module) {
  if (process.argv[2] === 'check') {
    check();
  } else {
    void update();
  }
}
