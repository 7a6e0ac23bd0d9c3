import { readFileSync } from 'fs';
import { join } from 'path';
import { ENGINES, specOf } from '../database/fixtures';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'database.md'), 'utf8');

/** The cells of the rows of the table with a header. */
function tableOf(header: string): string[][] {
  const start = page.indexOf(`\n${header}`);
  expect(start).not.toBe(-1);
  return page.slice(start).trimStart().split('\n\n')[0].split('\n').slice(2).map(cellsOf);
}

function cellsOf(row: string): string[] {
  return row.split('|').map(cell => cell.trim());
}

/** The names of the engines in the docs, by factory. */
const TITLES: Record<string, string> = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  mongodb: 'MongoDB',
  redis: 'Redis',
  valkey: 'Valkey',
};

test.each(ENGINES)('the docs name the user, the mount path and the stop time of %s', (name, engine) => {
  const spec = specOf(engine);
  const [factory, version] = name.split(' V');
  const rows = tableOf('| engine | versions |');
  const start = rows.findIndex(([, cell]) => cell === `\`DatabaseEngine.${factory}\``);
  const [, , , user, mountPath, , , stop] = rows
    .slice(start)
    .find(([, , versions]) => versions.split(', ').includes(version.replace('_', '.')))!;
  expect(user.startsWith(`${spec.runAsUser}`)).toBe(true);
  expect(mountPath.startsWith(`\`${spec.mountPath}\``)).toBe(true);
  const seconds = spec.shutdownTimeout.toSeconds();
  expect(stop).toContain(seconds % 60 === 0 && seconds > 120 ? `${seconds / 60} min` : `${seconds} s`);
});

test.each(ENGINES)('the docs name every setting that %s derives from its memory', (name, engine) => {
  const { memoryBudget = [], concurrencyLimits = [] } = specOf(engine);
  const title = TITLES[name.split(' ')[0]];
  const [, , settings] = tableOf('| engine | derived settings |').find(([, engines]) =>
    engines.split(', ').includes(title),
  )!;
  const derived = [
    ...memoryBudget.flatMap(({ setting, aliases = [] }) => [setting, ...aliases]),
    ...concurrencyLimits.map(({ setting }) => setting),
  ].filter(setting => setting !== undefined);
  expect(derived.length).toBeGreaterThan(0);
  derived.forEach(setting => expect(settings).toContain(`\`${setting}\``));
});

const VOLUME_ENGINES = ENGINES.filter(([, engine]) => specOf(engine).volumeBudget?.length);

test.each(VOLUME_ENGINES)('the docs name every setting that %s derives from its volume', (name, engine) => {
  const title = TITLES[name.split(' ')[0]];
  const rows = page
    .split('\n')
    .map(cellsOf)
    .filter(([, topic = '']) => topic.includes(title));
  specOf(engine).volumeBudget!.forEach(({ setting }) =>
    expect(rows.map(([, , bound]) => bound).join()).toContain(`\`${setting}\``),
  );
});
