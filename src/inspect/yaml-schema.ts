import { FAILSAFE_SCHEMA, Type } from 'js-yaml';

/**
 * The values that kubectl reads from scalars: those of YAML 1.1, without numbers to base 60 and without dates.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.2/resolve.go
 */
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(text => [text, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(text => [text, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(text => [text, null] as const),
]);

/** Numbers of YAML that JSON does not have. */
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** Integers without underscores, as Go reads them: `0440` and `0o440` are octal. */
const INTEGER = /^([-+]?)(?:0[bB]([01]{1,64})|0[oO]?([0-7]{1,22})|0[xX]([\da-fA-F]{1,16})|(0|[1-9]\d*))$/;
const BASES = [2, 8, 16, 10];
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** Whether a scalar can be a number. Most are not, and are not compared further. */
function isLikeNumber(data: string): boolean {
  return /^[-+.\d]/.test(data);
}

function integer(data: string): number | undefined {
  if (!isLikeNumber(data)) {
    return undefined;
  }
  const [, sign, ...digits] = INTEGER.exec(withoutUnderscores(data)) ?? [];
  const index = digits.findIndex(group => group !== undefined);
  return index < 0 ? undefined : (sign === '-' ? -1 : 1) * parseInt(digits[index], BASES[index]) + 0;
}

function float(data: string): number | undefined {
  if (!isLikeNumber(data)) {
    return undefined;
  }
  if (NOT_FINITE.test(data)) {
    throw new Error(`'${data}' is not a number of JSON.`);
  }
  // behind a point, kubectl only takes an underscore between two digits for a separator
  const digits = data.startsWith('.') ? data.replace(/(?<=\d)_(?=\d)/g, '') : withoutUnderscores(data);
  return FLOAT.test(digits) && Number.isFinite(Number(digits)) ? Number(digits) : undefined;
}

/** Underscores separate digits. */
function withoutUnderscores(data: string): string {
  return data.includes('_') ? data.replace(/_/g, '') : data;
}

function scalar(tag: string, read: (data: string) => unknown): Type {
  return new Type(tag, {
    kind: 'scalar',
    resolve: (data: string | null) => read(data ?? '') !== undefined,
    construct: (data: string | null) => read(data ?? ''),
  });
}

function word(type: string): (data: string) => unknown {
  return data => {
    const value = WORDS.get(data);
    return (value === null ? 'null' : typeof value) === type ? value : undefined;
  };
}

/** Tags that kubectl does not know change nothing. */
const UNKNOWN_TAGS = ['!', 'tag:'].flatMap(prefix =>
  (['scalar', 'sequence', 'mapping'] as const).map(
    kind => new Type(prefix, { kind, multi: true, construct: data => data ?? '' }),
  ),
);

/** The schema with which the parser reads the same values as kubectl. Merge keys remain keys. */
export const KUBECTL_SCHEMA = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar('tag:yaml.org,2002:null', word('null')),
    scalar('tag:yaml.org,2002:bool', word('boolean')),
    scalar('tag:yaml.org,2002:int', integer),
    scalar('tag:yaml.org,2002:float', data => integer(data) ?? float(data)),
  ],
  explicit: [scalar('tag:yaml.org,2002:binary', data => Buffer.from(data, 'base64').toString('utf8')), ...UNKNOWN_TAGS],
});
