import { readdirSync, readFileSync, rmSync, statSync } from 'fs';
import { join } from 'path';
import picomatch from 'picomatch';

/**
 * Removes from the bundled dependencies what nobody who uses the package needs: `npm pack` takes everything that is
 * there. Declarations stay, for ours name their types, and so do licences.
 */
const needless = picomatch(
  [
    '**/*.map',
    '**/*.{ts,mts,cts}',
    '**/*.md',
    '**/{test,tests,spec,benchmark,.github}/**',
    '**/*.{test,spec}.*',
    'browser/**',
  ],
  { dot: true, nocase: true, ignore: ['**/*.d.{ts,mts,cts}', '**/licen[cs]e*'] },
);

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, { inBundle?: boolean }>;
};
for (const [folder, { inBundle }] of Object.entries(packages)) {
  for (const file of inBundle ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []) {
    const path = join(folder, file);
    if (needless(file) && statSync(path).isFile()) {
      rmSync(path);
    }
  }
}
