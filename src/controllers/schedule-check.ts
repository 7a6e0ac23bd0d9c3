import type { IConstruct } from 'constructs';
import { fail, warn } from '../checks/fail';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of values, from `min` on. */
  readonly names?: readonly string[];
}

/** The values from `low` to `high` in steps. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * The fields of a schedule as Kubernetes reads them.
 *
 * @see https://github.com/robfig/cron/blob/v3.0.1/parser.go
 */
const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'weekDay', min: 0, max: 6, names: DAYS },
];

/** Refuses a schedule that the API server rejects, and warns of one that runs every minute of some hours. */
export function checkSchedule(scope: IConstruct, expression: string): void {
  const values = expression.trim().split(/\s+/);
  if (values.length !== FIELDS.length) {
    fail(
      scope,
      `'schedule' is '${expression}', which has ${values.length} fields instead of ${FIELDS.length}.`,
      'Set each field without blanks, for example \'Cron.schedule({ minute: "0", hour: "2" })\'.',
    );
  }
  const [, , days, months, weekDays] = FIELDS.map((field, i) => checkField(scope, field, values[i]));
  // with a weekday, either of the two suffices
  if (new Set(weekDays).size === 7 && months.every(month => Math.min(...days) > DAYS_OF_MONTH[month - 1])) {
    fail(
      scope,
      `'schedule' is '${expression}', a date that does not exist, so the CronJob would never run.`,
      "Set 'day' to a day of the month.",
    );
  }
  const [minute, ...others] = values;
  if (minute === '*' && others.some(value => value !== '*')) {
    warn(
      scope,
      `'schedule' is '${expression}', which runs every minute of the hours that it matches.`,
      "Set 'minute', for example to '0'.",
    );
  }
}

/** Refuses a field that the API server rejects; returns its values. */
function checkField(scope: IConstruct, field: Field, value: string): number[] {
  const { name, min, max } = field;
  return value.split(',').flatMap(item => {
    const { low, high, step } =
      rangeOf(field, item) ??
      fail(
        scope,
        `'${name}' of 'schedule' is '${value}', which is not a list, range or step from ${min} to ${max}.`,
        `Use a value such as '${min}', '${min}-${max}' or '*/5'.`,
      );
    return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step);
  });
}

/** Reads `*`, a value or a range, with an optional step; `undefined` if the item is invalid. */
function rangeOf({ min, max, names = [] }: Field, item: string): Range | undefined {
  const [range, step, ...rest] = item.split('/');
  if (rest.length > 0 || (step !== undefined && !isNumber(step, 1, Infinity))) {
    return undefined;
  }
  const isAll = range === '*' || range === '?';
  const bounds = (isAll ? `${min}-${max}` : range).split('-').map(bound => {
    const index = names.indexOf(bound.toLowerCase());
    return index >= 0 ? index + min : isNumber(bound, min, max) ? Number(bound) : NaN;
  });
  const [low, high = step === undefined ? low : max] = bounds;
  return bounds.length <= 2 && low <= high ? { low, high, step: Number(step ?? 1) } : undefined;
}

function isNumber(text: string, min: number, max: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
}
