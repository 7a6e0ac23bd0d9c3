import type { Synthesis } from './apps';
import { growthRow, Row, timeRow } from './rows';
import { inTurns, median, Run } from './runs';
import { PLUS, SINGLE_PASS, Workshop } from './workshop';

const APPS = [10, 100, 1000];
const CHARTS = [10, 50, 100, 200, 400];
/** `App` takes quadratic time, so that only `SinglePassApp` synthesizes so many. */
const MANY_CHARTS = 1000;
const ROUNDS = { short: 9, long: 5, longest: 3 };

const read = (runs: readonly Run[]) => runs.map(({ output }) => JSON.parse(output) as Synthesis);
const times = (runs: readonly Run[]) => read(runs).map(({ ms }) => ms);

/** The import alone, and with the first app, which loads the modules that it needs. */
export async function measureStart(workshop: Workshop): Promise<Row[]> {
  const [ours, plus] = await inTurns(workshop.synthesis(1, 1), ROUNDS.short);
  const imports = [ours, plus].map(runs => read(runs).map(({ importMs }) => importMs));
  const firsts = [ours, plus].map(runs => read(runs).map(({ importMs, ms }) => importMs + ms));
  return [
    timeRow('import', imports[0], PLUS, imports[1]),
    timeRow('import, construction and synthesis of one app', firsts[0], PLUS, firsts[1]),
  ];
}

/** Construction and synthesis of apps in one chart, after the modules are loaded. */
export async function measureApps(workshop: Workshop): Promise<Row[]> {
  const rows: Row[] = [];
  for (const apps of APPS) {
    const rounds = apps < 1000 ? ROUNDS.short : ROUNDS.long;
    const [ours, singlePass, plus] = await inTurns(workshop.charts(1, apps), rounds);
    const per = (runs: readonly Run[], unit: 'objects' | 'bytes') => read(runs).map(run => run.ms / run[unit]);
    const name = `${apps} apps in one chart`;
    rows.push(
      timeRow(name, times(ours), PLUS, times(plus)),
      timeRow(`${name} in ${SINGLE_PASS}`, times(singlePass), PLUS, times(plus)),
      timeRow(`${name}, per object`, per(ours, 'objects'), PLUS, per(plus, 'objects')),
      timeRow(
        `${name}, per kilobyte of YAML`,
        per(ours, 'bytes').map(ms => ms * 1000),
        PLUS,
        per(plus, 'bytes').map(ms => ms * 1000),
      ),
    );
  }
  return rows;
}

/** Construction and synthesis of charts with one app each, with both classes of apps, and their growth. */
export async function measureCharts(workshop: Workshop): Promise<Row[]> {
  const rows: Row[] = [];
  const classes = ['App', SINGLE_PASS];
  const byCharts = new Map<number, number[][]>();
  for (const charts of CHARTS) {
    const rounds = charts < 200 ? ROUNDS.short : ROUNDS.long;
    const runs = (await inTurns(workshop.charts(charts), rounds)).map(times);
    byCharts.set(charts, runs);
    classes.forEach((name, i) => rows.push(timeRow(`${charts} charts of one app in ${name}`, runs[i], PLUS, runs[2])));
  }
  const [many] = await inTurns(
    workshop.synthesis(MANY_CHARTS, 1, { warm: true, libraries: [SINGLE_PASS] }),
    ROUNDS.longest,
  );
  byCharts.set(MANY_CHARTS, [[], times(many)]);
  const growth = (name: string, few: number, more: number) => {
    const timesOf = (charts: number) => [median(byCharts.get(charts)![[...classes, PLUS].indexOf(name)])];
    return growthRow(
      `${few} and ${more} charts of one app in ${name}`,
      { few: timesOf(few), many: timesOf(more) },
      more / few,
    );
  };
  return [
    ...rows,
    growth('App', 100, 400),
    growth(PLUS, 100, 400),
    growth(SINGLE_PASS, 10, 100),
    growth(SINGLE_PASS, 100, MANY_CHARTS),
  ];
}
