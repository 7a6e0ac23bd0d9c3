import { readdirSync } from 'fs';
import { join } from 'path';
import { RULE_IDS } from '../../../src/safety/rules';

const DIRECTORY = join(__dirname, '..', '..', '..', 'src', 'safety', 'rules');

test('every file of the folder is a rule that is listed under the name of its file, in alphabetical order', () => {
  const files = readdirSync(DIRECTORY).map(file => file.replace(/\.ts$/, ''));
  expect(RULE_IDS).toEqual(files.filter(file => file !== 'all' && file !== 'index').sort());
});
