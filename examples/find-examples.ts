import { existsSync, readdirSync } from 'fs';
import { join } from 'path';

/** Returns the directories of all programs below a directory: those of single patterns, and the apps in `apps`. */
export function findExamples(root = __dirname): string[] {
  return ['', 'apps']
    .flatMap(directory => readdirSync(join(root, directory)).map(name => join(directory, name)))
    .filter(example => existsSync(join(root, example, 'main.ts')))
    .sort();
}
