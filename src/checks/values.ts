import { posix } from 'path';
import { ApiObjectMetadata, Chart, Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from './fail';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const JAVASCRIPT = ['__proto__', 'constructor'];
const CONFIG_KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/** A label of RFC 1123, as names of containers, volumes and extensions must be. */
export function checkLabel(scope: IConstruct, what: string, value: string): string {
  if (!DNS_LABEL.test(value)) {
    fail(
      scope,
      `${what} '${value}' is not a DNS label.`,
      "Use at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit.",
    );
  }
  return value;
}

/** A name of RFC 1123, as most objects' must be. */
export function checkObjectName(scope: IConstruct, what: string, value: string): string {
  if (!DNS_SUBDOMAIN.test(value)) {
    fail(
      scope,
      `${what} '${value}' is not an object's name.`,
      "Use at most 253 lower-case letters, digits, '-' and '.', beginning and ending with a letter or " + 'digit.',
    );
  }
  return value;
}

/** A label of RFC 1035, as the names of Services must be. */
export function checkServiceName(scope: IConstruct, value: string): string {
  if (!SERVICE_NAME.test(value)) {
    fail(
      scope,
      `Name '${value}' cannot name a Service.`,
      "Use at most 63 lower-case letters, digits and '-', beginning with a letter.",
    );
  }
  return value;
}

export function checkPortName(scope: IConstruct, value: string): string {
  if (!PORT_NAME.test(value)) {
    fail(
      scope,
      `Port name '${value}' is not one.`,
      "Use at most 15 lower-case letters, digits and single '-', with at least one letter.",
    );
  }
  return value;
}

export function checkPort(scope: IConstruct, what: string, value: number): number {
  return checkInteger(scope, what, value, 1, 65535);
}

export function checkInteger(scope: IConstruct, what: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    fail(scope, `${what} is ${value}.`, `Give a whole number from ${min} to ${max}.`);
  }
  return value;
}

export function checkNumber(scope: IConstruct, what: string, value: number, min: number, max: number): number {
  if (!(value >= min && value <= max)) {
    fail(scope, `${what} is ${value}.`, `Give a number from ${min} to ${max}.`);
  }
  return value;
}

export function checkVariable(scope: IConstruct, value: string): string {
  if (!VARIABLE.test(value) || value === '.' || value.startsWith('..')) {
    fail(
      scope,
      `Environment variable '${value}' has no legal name.`,
      "Use letters, digits, '_', '-' and '.', not beginning with a digit or '..'.",
    );
  }
  return value;
}

export function isLabelValue(value: string): boolean {
  return LABEL_VALUE.test(value);
}

/** A key that a ConfigMap or Secret can hold, and that cdk8s does not take for a part of JavaScript. */
export function isConfigKey(value: string): boolean {
  return CONFIG_KEY.test(value) && value !== '.' && !value.startsWith('..') && !JAVASCRIPT.includes(value);
}

/** The key of a Secret that something is read from. */
export function checkSecretKey(scope: IConstruct, key: string): string {
  return isConfigKey(key)
    ? key
    : fail(scope, `'${key}' cannot be a key of a Secret.`, "Use letters, digits, '-', '_' and '.'.");
}

/** The key of a label or annotation: a name, with a DNS name and a slash before it or not. */
export function checkQualifiedName(scope: IConstruct, what: string, value: string): string {
  const [name, prefix, ...rest] = value.split('/').reverse();
  if (
    rest.length > 0 ||
    !LABEL_VALUE.test(name) ||
    name === '' ||
    (prefix !== undefined && !DNS_SUBDOMAIN.test(prefix)) ||
    JAVASCRIPT.includes(value)
  ) {
    fail(
      scope,
      `${what} '${value}' is not one.`,
      "Write it as 'name' or 'example.com/name', with at most 63 letters, digits, '-', '_' and '.' in " + 'the name.',
    );
  }
  return value;
}

/** Labels as the API takes them. */
export function checkLabels(scope: IConstruct, what: string, labels: Record<string, string> = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    checkQualifiedName(scope, `the key of ${what}`, key);
    if (!isLabelValue(value)) {
      fail(
        scope,
        `${what.replace(/^a /, 'the ')} '${key}' has the value '${value}'.`,
        "Use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit.",
      );
    }
  }
}

/** An absolute path in a container, without a trailing slash, `.`, `..` or a colon. */
export function checkContainerPath(scope: IConstruct, what: string, value: string): string {
  if (
    !value.startsWith('/') ||
    value.includes(':') ||
    value.includes('\0') ||
    posix.normalize(value) !== value ||
    (value.length > 1 && value.endsWith('/'))
  ) {
    fail(
      scope,
      `${what} '${value}' is not an absolute path in a container.`,
      "Write it from '/', without '.', '..', ':', '//' or a slash at the end.",
    );
  }
  return value;
}

/** A path below a mount, as Kubernetes takes it. */
export function checkRelativePath(scope: IConstruct, path: string): void {
  const segments = path.split('/');
  if (
    segments.some(
      segment => segment === '' || segment === '.' || segment === '..' || Buffer.byteLength(segment) > 255,
    ) ||
    segments[0].startsWith('..') ||
    /[\0-\x1f\x7f:\\]/.test(path) ||
    path.length > 4096
  ) {
    fail(
      scope,
      `'${path}' is not a path below the mount.`,
      "Write it relative, with '/' between names, without '.', '..', ':', '\\' or control characters, " +
        "and not beginning with '..'.",
    );
  }
}

/** Namespace, labels and annotations of objects, as the API takes them. */
export function checkMetadata(scope: IConstruct, metadata: ApiObjectMetadata = {}): void {
  checkLabels(scope, 'a label', metadata.labels);
  const namespace = metadata.namespace ?? Chart.of(scope).namespace;
  if (namespace !== undefined) {
    checkLabel(scope, 'the namespace', namespace);
  }
  Object.keys(metadata.annotations ?? {}).forEach(key => checkQualifiedName(scope, 'the key of an annotation', key));
}

export function kibibytes(size: Size): number {
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** A size as Kubernetes writes it, in the largest unit that keeps it whole: `1Gi`, `1536Mi`. */
export function quantity(size: Size): string {
  let amount = Math.ceil(kibibytes(size));
  let unit = 0;
  while (amount !== 0 && amount % 1024 === 0 && unit < 4) {
    amount /= 1024;
    unit++;
  }
  return `${amount}${['Ki', 'Mi', 'Gi', 'Ti', 'Pi'][unit]}`;
}

/** A text as lower-case letters, digits and single '-', for a part of a name. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A size that must be more than nothing, and that Kubernetes can count in bytes. */
export function checkSize(scope: IConstruct, what: string, size: Size): Size {
  const amount = kibibytes(size);
  if (!(amount >= 1 && amount <= 2 ** 52)) {
    fail(scope, `${what} is ${amount}Ki.`, 'Give a size of at least 1Ki and at most 4Ei.');
  }
  return size;
}

export function seconds(duration: Duration): number {
  return Math.ceil(duration.toSeconds({ integral: false }));
}
