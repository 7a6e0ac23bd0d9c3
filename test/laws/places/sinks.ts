import { factoriesOf, Place, placeOf, tableRows } from './place';
import { PRESETS } from '../../../src/logging/collectors/presets';
import { SINK_TYPES } from '../../../src/logging/sinks/sink-types';
import { SINKS as RIG } from '../../collectors/rig/sinks';
import { COLLECTORS, SINKS } from '../../logging/fixtures';
import { matches, read } from '../source-files';

const factories = factoriesOf('LogSink').map(name => name.toLowerCase());
const ofPresets = Object.values(PRESETS).flatMap(({ sinks }) => sinks ?? []);

/** The kinds of sinks of the library, by their factories, definitions and collectors. */
export const SINK_KINDS: readonly string[] = [
  ...new Set([...factories, ...ofPresets, ...Object.keys(SINK_TYPES)]),
].filter(kind => kind !== 'raw');

const factoriesIn = (path: string) => matches(read(path), /LogSink\.(\w+)/g).map(name => name.toLowerCase());
const words = (text: string) => text.toLowerCase().split(/\W+/);
const collectorRows = tableRows(read('docs/logging.md')).filter(row => row.includes('LogCollector.'));
const results = tableRows(read('docs/collectors.md')).find(row => /\| lines \|/.test(row))!;

export const SINK_PLACES: readonly Place[] = [
  placeOf('src/logging/log-sink.ts, as a factory', factories),
  placeOf('src/logging/sinks/sink-types.ts', Object.keys(SINK_TYPES)),
  placeOf('src/logging/collectors, in the sinks of a preset', ofPresets),
  placeOf('the sinks in the fixtures of test/logging', Object.keys(SINKS)),
  placeOf(
    'the collectors in the fixtures of test/logging',
    Object.values(COLLECTORS).flatMap(({ sinks }) => sinks),
  ),
  placeOf('test/laws/arbitraries/logging.ts', factoriesIn('test/laws/arbitraries/logging.ts')),
  placeOf(
    'test/collectors/rig/sinks.ts',
    RIG.map(({ name }) => name),
  ),
  placeOf('the table of collectors in docs/logging.md', collectorRows.flatMap(words)),
  placeOf('docs/collectors.md', words(results)),
];
