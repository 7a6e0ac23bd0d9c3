/** Writes the digests of the default images to src/facts/image-digests.ts, as their registries serve them. */
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

async function update(): Promise<void> {
  const digests: Record<string, string> = {};
  for (const image of Object.keys(IMAGE_DIGESTS)) {
    digests[image] = await digestOf(image, fetch);
  }
  writeFileSync(FILE, withDigests(readFileSync(FILE, 'utf8'), digests));
}

if (require.main === module) {
  void update();
}
