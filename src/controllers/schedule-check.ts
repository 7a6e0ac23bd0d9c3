import type { IConstruct } from 'constructs';
import { fail, warn } from '../checks/fail';

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of values, from `min` on. */
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
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
  FIELDS.forEach((field, i) => {
    if (!values[i].split(',').every(item => isRange(field, item))) {
      fail(
        scope,
        `'${field.name}' of 'schedule' is '${values[i]}', which is not a list, range or step from ${field.min} to ` +
          `${field.max}.`,
        `Use a value such as '${field.min}', '${field.min}-${field.max}' or '*/5'.`,
      );
    }
  });
  const [minute, ...others] = values;
  if (minute === '*' && others.some(value => value !== '*')) {
    warn(
      scope,
      `'schedule' is '${expression}', which runs every minute of the hours that it matches.`,
      "Set 'minute', for example to '0'.",
    );
  }
}

/** Whether an item is `*` or a range, with an optional step. */
function isRange({ min, max, names = [] }: Field, item: string): boolean {
  const [range, step, ...rest] = item.split('/');
  if (rest.length > 0 || (step !== undefined && !isNumber(step, 1, Infinity))) {
    return false;
  }
  if (range === '*' || range === '?') {
    return true;
  }
  const bounds = range.split('-').map(bound => {
    const index = names.indexOf(bound.toLowerCase());
    return index >= 0 ? index + min : isNumber(bound, min, max) ? Number(bound) : NaN;
  });
  return bounds.length <= 2 && bounds.every(Number.isFinite) && bounds[0] <= bounds[bounds.length - 1];
}

function isNumber(text: string, min: number, max: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
}
