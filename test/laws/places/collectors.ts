import { corpusPods } from './corpus';
import { factoriesOf, Place, placeOf, tableRows } from './place';
import { readImage } from '../../../src/checks/image';
import { COLLECTOR_IMAGES } from '../../../src/facts/images/collectors';
import { collectorImage } from '../../../src/inspect/collectors';
import type { CollectorPreset } from '../../../src/logging/collectors/preset';
import { PRESETS } from '../../../src/logging/collectors/presets';
import { COLLECTOR_CASES } from '../../cluster/log-collectors';
import { COLLECTORS as RIG } from '../../collectors/rig/collectors';
import { COLLECTORS } from '../../logging/fixtures';
import { PROBLEMS } from '../../logging/formats/problems';
import { filesBelow, matches, read } from '../source-files';

const factories = factoriesOf('LogCollector');

/** The collectors of the library, by their factories and presets. */
export const COLLECTOR_IDS: readonly string[] = [...new Set([...factories, ...Object.keys(PRESETS)])];

const idsOf = (condition: (preset: CollectorPreset) => boolean) =>
  Object.keys(PRESETS).filter(id => condition(PRESETS[id]));

const factsOf = ({ image }: CollectorPreset) =>
  COLLECTOR_IMAGES.find(({ repositories }) => repositories.includes(readImage(image).name));
const inCorpus = new Set(
  corpusPods().flatMap(pod => pod.containers.flatMap(container => collectorImage(container)?.id ?? [])),
);
const documented = tableRows(read('docs/logging.md'));
const headings = matches(read('docs/collectors.md'), /^## (.*)$/gm).map(heading => heading.toLowerCase());
const examples = filesBelow('examples', /main\.ts$/)
  .map(read)
  .join('\n');
const snapshots = filesBelow('test/logging', /\.snap$/).flatMap(path => matches(read(path), /^exports\[`(.*)`\]/gm));

export const COLLECTOR_PLACES: readonly Place[] = [
  placeOf('src/logging/log-collector.ts, as a factory', factories),
  placeOf('src/logging/collectors/presets.ts', Object.keys(PRESETS)),
  placeOf(
    'src/facts/images/collectors.ts',
    idsOf(preset => factsOf(preset)?.syntax !== undefined),
  ),
  placeOf('the fixtures of test/logging', Object.keys(COLLECTORS)),
  placeOf('test/logging/formats/problems.ts', Object.keys(PROBLEMS)),
  placeOf(
    'the snapshots of test/logging',
    snapshots.flatMap(name => name.split(' ')),
  ),
  placeOf(
    'test/laws/arbitraries/logging.ts',
    matches(read('test/laws/arbitraries/logging.ts'), /LogCollector\.(\w+)/g),
  ),
  placeOf(
    'test/cluster/log-collectors.ts',
    idsOf(({ name }) => COLLECTOR_CASES.some(({ container }) => container === `logs-${name}`)),
  ),
  placeOf(
    'test/collectors/rig/collectors.ts',
    idsOf(preset => RIG.some(({ name }) => name === preset.name)),
  ),
  placeOf(
    'test/corpus',
    idsOf(preset => inCorpus.has(factsOf(preset)?.id ?? '')),
  ),
  placeOf('examples', matches(examples, /LogCollector\.(\w+)\(/g)),
  {
    name: 'the table of collectors in docs/logging.md',
    knows: id => documented.some(row => new RegExp(`\\bLogCollector\\.${id}\\b`).test(row)),
  },
  placeOf(
    'docs/collectors.md',
    idsOf(({ title }) => headings.includes(title.toLowerCase())),
  ),
];
