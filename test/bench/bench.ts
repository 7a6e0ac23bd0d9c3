/**
 * Measures this library beside other programs, and prints one table. All programs of a line take turns in one run.
 *
 * `--check` fails if a ratio or a growth is a fifth worse than the recorded one, `--record` records this run, and
 * `--only` measures one section.
 */
import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parseArgs } from 'util';
import { measureCommand } from './command';
import { measureGrowth } from './growth';
import { measureProcesses } from './processes';
import { figuresOf, regressions, Row, toTable } from './rows';
import { measureApps, measureCharts, measureStart } from './synthesis';
import { Workshop } from './workshop';

type Section = (workshop: Workshop, leaveOut: (reason: string) => void) => Row[] | Promise<Row[]>;

const SECTIONS: Readonly<Record<string, Section>> = {
  start: measureStart,
  apps: measureApps,
  processes: measureProcesses,
  charts: measureCharts,
  command: measureCommand,
  growth: measureGrowth,
};

const RECORD = join(__dirname, 'recorded-figures.json');

async function measure(names: readonly string[]): Promise<Row[]> {
  const workshop = new Workshop();
  const rows: Row[] = [];
  try {
    for (const name of names) {
      console.error(`Measuring ${name}`);
      rows.push(...(await SECTIONS[name](workshop, reason => console.error(reason))));
    }
  } finally {
    workshop.remove();
  }
  return rows;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean' },
      record: { type: 'boolean' },
      only: { type: 'string', multiple: true, default: Object.keys(SECTIONS) },
    },
  });
  const unknown = values.only.find(name => !Object.keys(SECTIONS).includes(name));
  if (unknown !== undefined) {
    throw new Error(`Unknown section '${unknown}'. Use one of ${Object.keys(SECTIONS).join(', ')}.`);
  }
  const rows = await measure(values.only);
  console.log(toTable(rows));
  const figures = figuresOf(rows);
  const recorded: Record<string, number> = JSON.parse(readFileSync(RECORD, 'utf8'));
  if (values.record) {
    writeFileSync(RECORD, `${JSON.stringify({ ...recorded, ...figures }, null, 2)}\n`);
  } else if (values.check) {
    const problems = regressions(figures, recorded);
    problems.forEach(problem => console.error(problem));
    process.exitCode = problems.length > 0 ? 1 : 0;
  }
}

void main();
