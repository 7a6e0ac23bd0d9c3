import { readdirSync, readFileSync, rmSync, statSync } from 'fs';
import { join } from 'path';
import picomatch from 'picomatch';

/**
 * Removes files that users of the package do not need from the bundled dependencies, because `npm pack` includes all
 * files. Declarations stay, because those of this library refer to their types. Licenses stay, too.
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
