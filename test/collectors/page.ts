import { writeFileSync } from 'fs';
import { join } from 'path';
import { LIMITS, limitOf } from './limits';
import { results, speeds } from './results';
import { COLLECTORS, Collector } from './rig/collectors';
import { isGood, Result } from './rig/result';
import { SINKS } from './rig/sinks';
import type { Scenario } from './scenarios/scenario';
import { SCENARIOS } from './scenarios/scenarios';
import type { Speed } from './speed';

const PAGE = join(__dirname, '../../docs/collectors.md');

/** The page with what was run until now. */
export function page(all: readonly Result[], measured: readonly Speed[]): string {
  return [
    '# What the collectors did with the lines',
    '',
    'Written by `npm run test:collectors:matrix`: each collector runs as this library renders it, with its memory ' +
      'limit, its user and its',
    'read-only root file system. A writer numbers its lines, and sinks on the same machine count what they get ' +
      'and fail when they are told to.',
    '',
    'A cell is `lost / doubled`, of the lines in the second column, and the seconds until all had come. `refused` ' +
      'lines were in requests that the',
    'sink refused for good, and are not among the lost. `damaged` lines came otherwise than they were written. ' +
      '**Bold** is a fault; a number in',
    'parentheses is a limit of the program, named below the table. `—`: the collector has no such sink, or that ' +
      'cannot happen there. `not run` says',
    'so. MiB is the most anonymous memory that was seen in the cells of the row.',
    '',
    '| name | what happens |',
    '| --- | --- |',
    ...SCENARIOS.map(({ name, title }) => `| ${name} | ${title} |`),
    '',
    ...COLLECTORS.flatMap(collector =>
      section(
        collector,
        all.filter(one => one.collector === collector.name),
      ),
    ),
    '## Speed',
    '',
    ...speedTable(measured),
    '',
  ].join('\n');
}

function section(collector: Collector, all: readonly Result[]): string[] {
  const title = `## ${collector.title[0].toUpperCase()}${collector.title.slice(1)}`;
  const ran = all.filter(({ written }) => written !== undefined);
  if (ran.length === 0) {
    return [title, '', `Not run: ${all.find(({ notRun }) => notRun)?.notRun ?? 'no result'}.`, ''];
  }
  const versions = [...new Set(ran.map(({ version }) => version))].join(', ');
  const lacking = SINKS.map(({ name }) => name).filter(name => {
    const own = all.filter(({ sink }) => sink === name);
    return (
      own.length > 0 && own.every(({ refused, notRun }) => refused ?? notRun) && own.some(({ refused }) => refused)
    );
  });
  const limits = LIMITS.map((limit, at) => ({ ...limit, number: at + 1 })).filter(
    limit => limit.collector === collector.name,
  );
  return [
    title,
    '',
    `Version ${versions}.`,
    '',
    `| | lines | ${SINKS.map(({ name }) => name).join(' | ')} | MiB |`,
    `| --- | --: | ${SINKS.map(() => '---').join(' | ')} | --: |`,
    ...SCENARIOS.map(scenario =>
      row(
        collector,
        scenario,
        all.filter(one => one.scenario === scenario.name),
        lacking,
      ),
    ),
    '',
    ...(limits.length === 0 ? [] : [...limits.map(({ number, says }) => `(${number}) ${says}`), '']),
    ...remarks(all),
  ];
}

function row(collector: Collector, scenario: Scenario, all: readonly Result[], lacking: readonly string[]): string {
  const written = [...new Set(all.flatMap(one => one.written ?? []))].sort((a, b) => a - b);
  const lines =
    written.length === 0
      ? ''
      : written.length === 1
        ? count(written[0])
        : `${count(written[0])} to ${count(written[written.length - 1])}`;
  const memory = Math.max(0, ...all.map(one => one.memory ?? 0));
  const cells = SINKS.map(sink =>
    lacking.includes(sink.name) || scenario.without?.(collector, sink)
      ? '—'
      : cellText(
          all.find(one => one.sink === sink.name),
          scenario,
        ),
  );
  return `| ${scenario.name} | ${lines} | ${cells.join(' | ')} | ${memory || ''} |`;
}

function cellText(result: Result | undefined, scenario: Scenario): string {
  if (result === undefined || result.notRun) {
    return 'not run';
  }
  if (result.refused) {
    return '—';
  }
  const { lost = 0, lostRefused = 0, doubled = 0, damaged = 0, seconds, outOfMemory, failed } = result;
  const text = [
    failed ? 'failed' : `${count(lost - lostRefused)} / ${count(doubled)}`,
    lostRefused > 0 ? `${count(lostRefused)} refused` : '',
    damaged > 0 ? `${count(damaged)} damaged` : '',
    outOfMemory ? 'out of memory' : '',
    seconds === undefined ? '' : `${seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)} s`,
  ]
    .filter(Boolean)
    .join(', ');
  const limit = limitOf(result);
  return isGood(result, scenario) ? text : limit === undefined ? `**${text}**` : `${text} (${limit})`;
}

/** What cells said beside their figures. */
function remarks(all: readonly Result[]): string[] {
  const said = new Map<string, string[]>();
  for (const { sink, scenario, failed, note } of all) {
    for (const text of [failed, note].filter(one => one !== undefined).map(one => `${scenario}: ${one}`)) {
      said.set(text, [...(said.get(text) ?? []), sink]);
    }
  }
  return said.size === 0
    ? []
    : ['Beside the figures:', '', ...[...said].map(([text, sinks]) => `- ${text} (${sinks.join(', ')})`), ''];
}

function speedTable(measured: readonly Speed[]): string[] {
  if (measured.length === 0) {
    return ['Not run.'];
  }
  return [
    `${count(measured[0].lines)} lines of about 200 bytes wait when the collector starts, with one CPU and the ` +
      'memory limit of its preset; one sink on the',
    'same machine. In one run, one after another.',
    '',
    '| collector | lines | sink | lines a second | lines a CPU second | CPU seconds for a million | peak MiB | ' +
      'limit MiB |',
    '| --- | --- | --- | --: | --: | --: | --: | --: |',
    ...measured.map(({ collector, kind, sink, notRun, lines, seconds, cpuSeconds, memory, limit, lost }) =>
      notRun
        ? `| ${collector} | ${kind} | ${sink} | not run: ${notRun} | | | | |`
        : `| ${[
            collector,
            kind,
            sink,
            seconds === undefined ? `${count(lost!)} not there in time` : count(Math.round(lines / seconds)),
            cpuSeconds ? count(Math.round(lines / cpuSeconds)) : '',
            cpuSeconds ? ((cpuSeconds / lines) * 1e6).toFixed(1) : '',
            memory ?? '',
            limit ?? '',
          ].join(' | ')} |`,
    ),
  ];
}

const count = (value: number) => value.toLocaleString('en-US');

export function writePage(): void {
  writeFileSync(PAGE, page(results(), speeds()));
}

if (require.main === module) {
  writePage();
}
