import { buildSync } from 'esbuild';

/**
 * Bundles a compiled program with the modules that it requires, in one file in its place. The program starts faster,
 * because it opens one file instead of hundreds. Packages stay outside, with their licenses.
 */
export function bundleCommand(file: string): void {
  buildSync({
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
}

if (require.main === module) {
  bundleCommand('lib/cli/main.js');
}
