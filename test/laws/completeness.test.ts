import { COLLECTOR_IDS, COLLECTOR_PLACES } from './places/collectors';
import { ENGINE_IDS, ENGINE_PLACES } from './places/engines';
import { findMissing, Place } from './places/place';
import { RULE_IDS, RULE_PLACES } from './places/rules';
import { SINK_KINDS, SINK_PLACES } from './places/sinks';
import { PRESETS } from '../../src/logging/collectors/presets';
import { COLLECTORS } from '../logging/fixtures';

const SUBJECTS: [subject: string, ids: readonly string[], places: readonly Place[]][] = [
  ['engine', ENGINE_IDS, ENGINE_PLACES],
  ['collector', COLLECTOR_IDS, COLLECTOR_PLACES],
  ['sink', SINK_KINDS, SINK_PLACES],
  ['rule', RULE_IDS, RULE_PLACES],
];

describe.each(SUBJECTS)('places that must know each %s', (subject, ids, places) => {
  test.each(places.map(place => [place.name, place] as const))('%s misses none', (_, place) => {
    expect(ids.length).toBeGreaterThan(3);
    expect(findMissing(ids, [place])).toEqual([]);
  });

  test(`every place reports a new ${subject}`, () => {
    const added = `another-${subject}`;
    expect(findMissing([...ids, added], places)).toEqual(
      expect.arrayContaining(places.map(({ name }) => `${added} is missing in ${name}`)),
    );
  });

  test(`every place reports the ${subject} that is removed from it`, () => {
    for (const place of places) {
      const [removed] = ids;
      const without: Place = { ...place, knows: id => id !== removed && place.knows(id) };
      expect(findMissing([removed], [...places.filter(other => other !== place), without])).toEqual([
        `${removed} is missing in ${place.name}`,
      ]);
    }
  });
});

test.each(Object.keys(COLLECTORS))('the fixtures give %s the sinks of its preset', name => {
  const offered = COLLECTORS[name].collector._preset.sinks!.filter(kind => kind !== 'raw');
  expect([...COLLECTORS[name].sinks].sort()).toEqual([...offered].sort());
  expect(Object.keys(PRESETS)).toContain(name);
});
