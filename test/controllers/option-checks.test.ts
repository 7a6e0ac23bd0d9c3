import { App, Chart, Duration } from 'cdk8s';
import { PercentOrAbsolute } from 'cdk8s-plus-28';
import { checkAmount, checkCount, checkDuration, checkRevisions } from '../../src/controllers/option-checks';

const chart = new Chart(new App(), 'test');
const nothing: any[] = [undefined, null];

test.each(nothing)('accept %s as an omitted option', value => {
  checkDuration(chart, "'minReady'", value, 1);
  checkCount(chart, "'partition'", value, 1);
  checkRevisions(chart, value);
  checkAmount(chart, "'maxSurge'", value);
});

test('count a part of a second as a second', () => {
  expect(() => checkDuration(chart, "'minReady'", Duration.millis(500), 1)).not.toThrow();
});

test.each<[string, () => void, string]>([
  [
    'a number',
    () => checkDuration(chart, "'minReady'", 5 as any, 0),
    "'minReady' is 5, which is not a Duration. Use a Duration, for example 'Duration.seconds(30)'.",
  ],
  [
    'a short duration',
    () => checkDuration(chart, "'minReady'", Duration.seconds(4), 5),
    "Invalid value 4 for 'minReady' in seconds. Use a whole number from 5 to 2147483647.",
  ],
  [
    'a long duration',
    () => checkDuration(chart, "'minReady'", Duration.days(30000), 5),
    "Invalid value 2592000000 for 'minReady' in seconds. Use a whole number from 5 to 2147483647.",
  ],
  [
    'a string',
    () => checkCount(chart, "'partition'", '1' as any, 0),
    "Invalid value '1' for 'partition'. Use a whole number from 0 to 2147483647.",
  ],
  [
    'a negative limit',
    () => checkRevisions(chart, -1),
    "Invalid value -1 for 'revisionHistoryLimit'. Use a whole number from 0 to 2147483647.",
  ],
  [
    'half a pod',
    () => checkAmount(chart, "'maxSurge'", PercentOrAbsolute.absolute(0.5)),
    "'maxSurge' is 0.5, which is neither a number of pods nor a percentage. Use a whole number, for example " +
      "'PercentOrAbsolute.absolute(1)' or 'PercentOrAbsolute.percent(25)'.",
  ],
  [
    'half a percent',
    () => checkAmount(chart, "'maxSurge'", PercentOrAbsolute.percent(0.5)),
    "'maxSurge' is 0.5%, which is neither a number of pods nor a percentage. Use a whole number, for example " +
      "'PercentOrAbsolute.absolute(1)' or 'PercentOrAbsolute.percent(25)'.",
  ],
])('refuse %s', (_, check, message) => expect(check).toThrow(`[test] ${message}`));
