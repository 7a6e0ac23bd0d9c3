import { App, Chart } from 'cdk8s';
import { corpusPods } from './corpus';
import { factoriesOf, Place, placeOf, tableRows } from './place';
import * as library from '../../../src';
import type { DatabaseImage } from '../../../src/facts/images/database-image';
import { DATABASE_IMAGES } from '../../../src/facts/images/databases';
import { databaseServers } from '../../../src/inspect/databases';
import { objectsOf } from '../../../src/inspect/manifest';
import { podOf } from '../../../src/inspect/pods';
import { DIALECTS } from '../../cluster/dialects';
import { database, ENGINES, statefulSet } from '../../database/fixtures';
import { filesBelow, matches, read } from '../source-files';

const factories = factoriesOf('DatabaseEngine');
const capitalized = (id: string) => id[0].toUpperCase() + id.slice(1);
const versionsOf = (id: string): string[] =>
  Object.keys((library as unknown as Record<string, object>)[`${capitalized(id)}Version`] ?? {});

/** An engine as the library renders it. */
interface RenderedEngine {
  readonly id: string;
  /** The facts of its image, if rules know it. */
  readonly image?: DatabaseImage;
  /** Its protocol. */
  readonly type: string;
}

const rendered = ENGINES.map(([name, engine]): RenderedEngine => {
  const chart = new Chart(new App(), 'test');
  const { type } = database(chart, { engine }).endpoint;
  const [object] = objectsOf(statefulSet(chart.toJson()), { locate: () => undefined });
  return { id: name.split(' ')[0], image: databaseServers(podOf(object)!)[0]?.image, type };
});
const idsOf = (condition: (engine: RenderedEngine) => boolean) => rendered.filter(condition).map(({ id }) => id);

const withoutEngine = DATABASE_IMAGES.filter(
  facts => facts.releases !== undefined && !rendered.some(({ image }) => image === facts),
).map(({ id }) => id);

/** The engines of the library, by their factories, and official images that have no factory. */
export const ENGINE_IDS: readonly string[] = [...factories, ...withoutEngine];

const fixtures = new Set(ENGINES.map(([name]) => name));
const inCorpus = new Set(corpusPods().flatMap(pod => databaseServers(pod).map(({ image }) => image)));
const documented = tableRows(read('docs/database.md'));
const snapshots = filesBelow('test/database', /\.snap$/)
  .map(read)
  .join('\n');

export const ENGINE_PLACES: readonly Place[] = [
  placeOf('src/database/engine/database-engine.ts, as a factory', factories),
  {
    name: 'src/database/engine/database-version.ts, exported by src/index.ts',
    knows: id => versionsOf(id).length > 0,
  },
  placeOf(
    'src/database/engine/database-engine-options.ts, exported by src/index.ts',
    matches(read('.jsii'), /"name": "(\w+)EngineOptions"/g).map(name => name[0].toLowerCase() + name.slice(1)),
  ),
  placeOf(
    'src/facts/images',
    idsOf(({ image }) => image !== undefined),
  ),
  {
    name: 'the fixtures of test/database, in each version',
    knows: id => versionsOf(id).length > 0 && versionsOf(id).every(version => fixtures.has(`${id} ${version}`)),
  },
  placeOf('the snapshots of test/database', matches(snapshots, /^"?(\w+) V[\d_]+$/gm)),
  placeOf(
    'test/laws/arbitraries/engine.ts',
    matches(read('test/laws/arbitraries/engine.ts'), /DatabaseEngine\.(\w+)/g),
  ),
  placeOf(
    'test/cluster/dialects.ts',
    idsOf(({ type }) => type in DIALECTS),
  ),
  placeOf(
    'test/corpus',
    idsOf(({ image }) => image !== undefined && inCorpus.has(image)),
  ),
  {
    name: 'the table of engines in docs/database.md',
    knows: id => documented.some(row => row.includes(`\`DatabaseEngine.${id}\``)),
  },
  placeOf(
    'the table of derived settings in docs/database.md',
    idsOf(({ image }) =>
      documented.some(row =>
        row
          .split('|')[1]
          .split(',')
          .some(cell => cell.trim() === image?.title),
      ),
    ),
  ),
];
