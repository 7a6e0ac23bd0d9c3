import { App, Chart } from 'cdk8s';
import { checkSchedule } from '../../src/controllers/schedule-check';

let chart: Chart;
let warnings: jest.SpyInstance;

beforeEach(() => {
  chart = new Chart(new App(), 'test');
  warnings = jest.spyOn(process, 'emitWarning').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

test.each([
  '* * * * *',
  '0 2 * * *',
  '*/5 0-23/2 1,15 jan-MAR sun',
  '59 23 31 12 6',
  '0 0 ? * MON-fri',
  '5/15 0 * * *',
  '0 0 29 2 *',
  '0 0 31 2,3 *',
  '0 0 31 2 1',
])('accepts %s', expression => {
  checkSchedule(chart, expression);
  expect(warnings).not.toHaveBeenCalled();
});

test.each<[string, string, string, string, string]>([
  ['60 0 * * *', 'minute', '60', '0 to 59', "'0', '0-59'"],
  ['0 24 * * *', 'hour', '24', '0 to 23', "'0', '0-23'"],
  ['0 0 0 * *', 'day', '0', '1 to 31', "'1', '1-31'"],
  ['0 0 * 13 *', 'month', '13', '1 to 12', "'1', '1-12'"],
  ['0 0 * * 7', 'weekDay', '7', '0 to 6', "'0', '0-6'"],
  ['5-1 0 * * *', 'minute', '5-1', '0 to 59', "'0', '0-59'"],
  ['1-2-3 0 * * *', 'minute', '1-2-3', '0 to 59', "'0', '0-59'"],
  ['*/0 0 * * *', 'minute', '*/0', '0 to 59', "'0', '0-59'"],
  ['*/2/3 0 * * *', 'minute', '*/2/3', '0 to 59', "'0', '0-59'"],
  ['1,,2 0 * * *', 'minute', '1,,2', '0 to 59', "'0', '0-59'"],
  ['0 0 * monday *', 'month', 'monday', '1 to 12', "'1', '1-12'"],
])('refuses %s', (expression, field, value, range, examples) => {
  expect(() => checkSchedule(chart, expression)).toThrow(
    `[test] '${field}' of 'schedule' is '${value}', which is not a list, range or step from ${range}. Use a value ` +
      `such as ${examples} or '*/5'.`,
  );
});

test('refuses blanks in a field', () => {
  expect(() => checkSchedule(chart, '0 0 1, 15 * *')).toThrow(
    "[test] 'schedule' is '0 0 1, 15 * *', which has 6 fields instead of 5. Set each field without blanks, for " +
      'example \'Cron.schedule({ minute: "0", hour: "2" })\'.',
  );
});

test.each(['0 0 31 2 *', '0 0 30-31 feb *', '0 0 31 4,6,9,11 ?'])('refuses %s, which never comes', expression => {
  expect(() => checkSchedule(chart, expression)).toThrow(
    `[test] 'schedule' is '${expression}', a date that does not exist, so the CronJob would never ` +
      `run. Set 'day' to a ` +
      'day of the month.',
  );
});

test('warns of a schedule that runs every minute of an hour', () => {
  checkSchedule(chart, '* 2 * * *');
  expect(warnings).toHaveBeenCalledWith(
    "[test] 'schedule' is '* 2 * * *', which runs every minute of the hours that it matches. Set 'minute', for " +
      "example to '0'.",
    'StoragePatternsWarning',
  );
});
