import { readFileSync } from 'fs';
import { join } from 'path';
import { ENGINES } from './fixtures';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'database.md'), 'utf8');

test.each(ENGINES)(
  'the page on databases says where %s keeps its data, who it runs as and how long it may stop',
  (name, engine) => {
    const spec = engine._spec(undefined as any);
    const [factory, version] = name.split(' V');
    const rows = page.slice(page.indexOf('| engine | versions |')).split('\n\n')[0].split('\n');
    const start = rows.findIndex(row => row.includes(`\`DatabaseEngine.${factory}\``));
    const row = rows.slice(start).find(each =>
      each
        .split('|')[2]
        .split(',')
        .map(part => part.trim())
        .includes(version.replace('_', '.')),
    )!;
    expect(row).toContain(`| ${spec.runAsUser}`);
    expect(row).toContain(`| \`${spec.mountPath}\``);
    const seconds = spec.shutdownTimeout.toSeconds();
    expect(row).toContain(seconds % 60 === 0 && seconds > 120 ? `${seconds / 60} min` : `${seconds} s`);
  },
);

test.each(ENGINES)(
  'the page on databases names every setting of %s that follows from memory or volume',
  (_, engine) => {
    const {
      memoryBudget: memory = [],
      concurrencyLimits: counts = [],
      volumeBudget: volume = [],
    } = engine._spec(undefined as any);
    const settings = [
      ...memory.flatMap(({ setting, aliases = [] }) => [setting, ...aliases]),
      ...[...counts, ...volume].map(({ setting }) => setting),
    ];
    settings.filter(setting => setting !== undefined).forEach(setting => expect(page).toContain(`\`${setting}\``));
  },
);
