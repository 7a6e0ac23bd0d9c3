import type { IConstruct } from 'constructs';
import type { LogFormat } from './log-format';
import { LogTimeOptions, TIME_DIRECTIVES } from './log-time';
import type { RecordTime } from './pipeline';
import { fail } from '../checks/fail';
import { listed } from '../checks/message';
import { isTimeZone } from '../checks/time-zone';

/** Returns the time in a record; refuses a layout that collectors would read differently. */
export function checkTime(scope: IConstruct, { _options: { time } }: LogFormat): RecordTime | undefined {
  if (time === undefined) {
    return undefined;
  }
  const { field, format, zone = 'UTC' } = time;
  checkField(scope, 'time.field', field);
  checkTimeFormat(scope, format);
  if (!isTimeZone(zone)) {
    fail(
      scope,
      `'format.time.zone' is '${zone}', which is not in the IANA database.`,
      "Use a name such as 'Europe/Berlin' or 'UTC'.",
    );
  }
  return { field, layout: format._layout, zone };
}

/** Refuses a field that is not at the top level of a record. */
export function checkField(scope: IConstruct, option: string, field: string): void {
  if (!/^[A-Za-z_@][\w@-]*$/.test(field)) {
    fail(
      scope,
      `'format.${option}' is '${field}', which is not a valid field name.`,
      "Name a top-level field of the record, with letters, digits, '_', '-' and '@'.",
    );
  }
}

function checkTimeFormat(scope: IConstruct, format: LogTimeOptions['format']): void {
  const { _layout: layout } = format;
  if (layout.kind === 'pattern') {
    checkDirectives(scope, layout.pattern, layout.pattern.match(/%[^]?/g) ?? []);
  }
}

const REQUIRED = [['%Y'], ['%m', '%b'], ['%d'], ['%H'], ['%M'], ['%S']];

function checkDirectives(scope: IConstruct, pattern: string, directives: readonly string[]): void {
  const unknown = directives.find(directive => TIME_DIRECTIVES[directive] === undefined);
  if (unknown !== undefined) {
    fail(
      scope,
      `'format.time.format' is '${pattern}', but some collectors do not support '${unknown}'.`,
      `Use ${listed(Object.keys(TIME_DIRECTIVES), 'or')}.`,
    );
  }
  const missing = REQUIRED.find(alternatives => !alternatives.some(directive => directives.includes(directive)));
  if (missing !== undefined) {
    fail(
      scope,
      `'format.time.format' is '${pattern}' without ${listed(missing, 'or')}, so it does not specify an instant.`,
      "Add the directive, or omit 'time'.",
    );
  }
  if (
    new Set(directives).size < directives.length ||
    /[^\x20-\x7e]|["'\\`{}$#]/.test(pattern) ||
    /%[Lf]/.test(pattern.replace(/%S[.,]%[Lf]/, ''))
  ) {
    fail(
      scope,
      `'format.time.format' is '${pattern}', which some collectors do not support.`,
      "Use each directive once, '%L' and '%f' only after '%S.' or '%S,', and no quotes, braces, '#', '$' or '\\'.",
    );
  }
}
