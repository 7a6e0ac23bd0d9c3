import { basename } from 'path';
import { CORPUS } from './corpus';
import { Place, placeOf } from './place';
import { SafetyAudit } from '../../../src';
import { RULES } from '../../../src/safety/rules';
import { filesBelow, matches, read } from '../source-files';

const listed: readonly string[] = RULES.map(({ id }) => id);
const files = filesBelow('src/safety/rules', /\.ts$/)
  .map(path => ({ name: basename(path, '.ts'), content: read(path) }))
  .filter(({ name, content }) => content.includes(`id: '${name}'`))
  .map(({ name }) => name);

/** The rules of the library, by their list and by their files. */
export const RULE_IDS: readonly string[] = [...new Set([...listed, ...files])];

export const RULE_PLACES: readonly Place[] = [
  placeOf('src/safety/rules, in a file of its name', files),
  placeOf('src/safety/rules/index.ts', listed),
  placeOf(
    'SafetyAudit.rules',
    SafetyAudit.rules.map(({ id }) => id),
  ),
  placeOf(
    'test/corpus, with a manifest that the rule reports',
    CORPUS.filter(name => !/\.fine\.yaml$/.test(name)).map(name => name.split('.')[0]),
  ),
  placeOf(
    'test/corpus, with a correct manifest',
    CORPUS.filter(name => /\.fine\.yaml$/.test(name)).map(name => name.split('.')[0]),
  ),
  placeOf('the table of docs/safe-defaults.md', matches(read('docs/safe-defaults.md'), /^\| \[`([\w-]+)`\]/gm)),
];
