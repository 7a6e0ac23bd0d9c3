import { readFileSync } from 'fs';
import { join } from 'path';

/** The program of an example without its imports, its comments and the name of its chart. */
function program(example: string): string {
  return readFileSync(join(__dirname, '..', '..', 'examples', example, 'main.ts'), 'utf8')
    .replace(/^import [^]*?;\n/gm, '')
    .replace(/^ *\/\/.*\n/gm, '')
    .replace(`'${example}'`, "'chart'");
}

const DATABASE = /const orders = new (\w+)\([^]*?\n\}\);\n/;

test('a program with an external database differs from one with a database in the cluster in one statement', () => {
  const [inCluster, external] = ['connected-app', 'external-database'].map(program);
  expect([DATABASE.exec(inCluster)![1], DATABASE.exec(external)![1]]).toEqual(['StatefulDatabase', 'ExternalDatabase']);
  expect(external.replace(DATABASE, '')).toBe(inCluster.replace(DATABASE, ''));
  expect(inCluster).toContain('api.add(orders.client(');
});
