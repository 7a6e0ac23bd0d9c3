import { readFileSync } from 'fs';
import { join } from 'path';

/** An example's program without its imports, its comments and its chart's name. */
function program(example: string): string {
  return readFileSync(join(__dirname, '..', '..', 'examples', example, 'main.ts'), 'utf8')
    .replace(/^import [^]*?;\n/gm, '')
    .replace(/^ *\/\/.*\n/gm, '')
    .replace(`'${example}'`, "'chart'");
}

const DATABASE = /const orders = new (\w+)\([^]*?\n\}\);\n/;

test('the app of the examples is the same with a database here and elsewhere, but for the statement that says which', () => {
  const [here, elsewhere] = ['connected-app', 'external-database'].map(program);
  expect([DATABASE.exec(here)![1], DATABASE.exec(elsewhere)![1]]).toEqual(['StatefulDatabase', 'ExternalDatabase']);
  expect(elsewhere.replace(DATABASE, '')).toBe(here.replace(DATABASE, ''));
  expect(here).toContain('api.add(orders.client(');
});
