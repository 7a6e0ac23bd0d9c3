import { keptByString } from '../checks/memo';

const FACTORS = new Map([
  ...['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].map((suffix, i): [string, number] => [
    suffix,
    10 ** (3 * i - 9),
  ]),
  ...['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, i): [string, number] => [suffix, 2 ** (10 * i + 10)]),
]);

const QUANTITY =
  /^(?<amount>[+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:(?<exponent>[eE][+-]?\d+)|(?<suffix>n|u|m|k|[KMGTPE]i|[MGTPE])?)$/;

/**
 * Parses a Kubernetes quantity (`1Gi`, `500M`, `100m`, `1e3`) to bytes, cores or a count; returns `undefined` if the
 * value is not a quantity.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return value;
  }
  return typeof value === 'string' ? parseText(value) : undefined;
}

const parseText = keptByString((text): number | undefined => {
  const groups = QUANTITY.exec(text)?.groups;
  return groups && Number(`${groups.amount}${groups.exponent ?? ''}`) * FACTORS.get(groups.suffix ?? '')!;
});

/** Formats a number of bytes for people: `1.5Gi`. */
export function formatBytes(bytes: number): string {
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
  let amount = bytes;
  let unit = 0;
  while (Math.abs(amount) >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${Number(amount.toFixed(1))}${units[unit]}`;
}

/** Returns a quantity as a string, unparsed; `undefined` if the value is neither a string nor a number. */
export function writtenQuantity(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
