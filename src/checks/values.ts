import { posix } from 'path';
import { ApiObjectMetadata, Chart, Duration, Size, SizeRoundingBehavior } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from './fail';
import { message } from './message';
import { checkReadable } from './misread';
import { checkType } from './prop-type';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
/** The keys that cdk8s drops or replaces. */
export const RESERVED_KEYS: readonly string[] = ['__proto__', 'constructor'];
const CONFIG_KEY = /^[-._a-zA-Z0-9]{1,253}$/;
const KEY_REMEDY = "Use at most 253 letters, digits, '-', '_' and '.', and do not start with '..'.";

/** Refuses a string that is not a label of RFC 1123, as names of containers, volumes and extensions must be. */
export function checkLabel(scope: IConstruct, subject: string, value: string): string {
  if (!DNS_LABEL.test(value)) {
    fail(
      scope,
      `${subject} '${value}' is not a valid DNS label.`,
      "Use at most 63 lowercase letters, digits and '-', starting and ending with a letter or digit.",
    );
  }
  return value;
}

/** Refuses a string that is not a subdomain of RFC 1123, as names of most objects must be. */
export function checkObjectName(scope: IConstruct, subject: string, value: string): string {
  if (!DNS_SUBDOMAIN.test(value)) {
    fail(
      scope,
      `Invalid name '${value}' for ${subject}.`,
      "Use at most 253 lowercase letters, digits, '-' and '.', starting and ending with a letter or digit.",
    );
  }
  return value;
}

/** Refuses a string that is not a label of RFC 1035, as names of Services must be. */
export function checkServiceName(scope: IConstruct, value: string): string {
  if (!SERVICE_NAME.test(value)) {
    fail(
      scope,
      `Name '${value}' is not a valid Service name.`,
      "Use at most 63 lowercase letters, digits and '-', starting with a letter and ending with a letter or digit.",
    );
  }
  return value;
}

export function checkPortName(scope: IConstruct, subject: string, value: string): string {
  if (!PORT_NAME.test(value)) {
    fail(
      scope,
      `Invalid value '${value}' for ${subject}.`,
      "Use at most 15 lowercase letters, digits and single '-', with at least one letter.",
    );
  }
  return value;
}

export function checkPort(scope: IConstruct, subject: string, value: number): number {
  return checkInteger(scope, subject, value, 1, 65535);
}

export function checkInteger(scope: IConstruct, subject: string, value: number, min: number, max: number): number {
  if (!Number.isInteger(value) || value < min || value > max) {
    fail(scope, invalidNumber(subject, value), `Use a whole number from ${min} to ${max}.`);
  }
  return value;
}

export function checkNumber(scope: IConstruct, subject: string, value: number, min: number, max: number): number {
  if (!(value >= min && value <= max)) {
    fail(scope, invalidNumber(subject, value), `Use a number from ${min} to ${max}.`);
  }
  return value;
}

/** Quotes a string, so that a user of plain JavaScript sees the wrong type. */
function invalidNumber(subject: string, value: unknown): string {
  return `Invalid value ${typeof value === 'string' ? `'${value}'` : value} for ${subject}.`;
}

export function checkVariable(scope: IConstruct, value: string): string {
  if (!VARIABLE.test(value) || value === '.' || value.startsWith('..')) {
    fail(
      scope,
      `Invalid name '${value}' of an environment variable.`,
      "Use letters, digits, '_', '-' and '.', and do not start with a digit or '..'.",
    );
  }
  return value;
}

export function isLabelValue(value: string): boolean {
  return LABEL_VALUE.test(value);
}

/** Returns whether a string can be a key of a ConfigMap or Secret in a manifest that cdk8s writes. */
export function isConfigKey(value: string): boolean {
  return CONFIG_KEY.test(value) && value !== '.' && !value.startsWith('..') && !RESERVED_KEYS.includes(value);
}

export function checkSecretKey(scope: IConstruct, key: string): string {
  return checkConfigKey(scope, 'a Secret', key);
}

/**
 * Refuses a string that cannot be a key of a ConfigMap or Secret.
 *
 * @param owner the object, such as `Secret 'tls'`
 */
export function checkConfigKey(scope: IConstruct, owner: string, key: string): string {
  return isConfigKey(key) ? key : fail(scope, `Invalid key '${key}' of ${owner}.`, KEY_REMEDY);
}

/** Refuses a string that cannot be the key of a label or annotation: a name, with or without a DNS prefix. */
export function checkQualifiedName(scope: IConstruct, owner: string, key: string): string {
  const [name, prefix, ...rest] = key.split('/').reverse();
  if (
    rest.length > 0 ||
    !LABEL_VALUE.test(name) ||
    name === '' ||
    (prefix !== undefined && !DNS_SUBDOMAIN.test(prefix)) ||
    RESERVED_KEYS.includes(key)
  ) {
    fail(
      scope,
      `Invalid key '${key}' of ${owner}.`,
      "Use the form 'name' or 'example.com/name', with at most 63 letters, digits, '-', '_' and '.' in the name.",
    );
  }
  return key;
}

/** Refuses labels that the API server rejects. */
export function checkLabels(scope: IConstruct, owner: string, labels: Record<string, string> = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    checkEntry(scope, owner, key, value);
    if (!isLabelValue(value)) {
      fail(
        scope,
        `Invalid value '${value}' for key '${key}' of ${owner}.`,
        "Use at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit.",
      );
    }
  }
}

/** Refuses annotations that the API server rejects or kubectl misreads. */
export function checkAnnotations(scope: IConstruct, owner: string, annotations: Record<string, string> = {}): void {
  for (const [key, value] of Object.entries(annotations)) {
    checkEntry(scope, owner, key, value);
  }
}

function checkEntry(scope: IConstruct, owner: string, key: string, value: string): void {
  checkReadable(scope, `a key of ${owner}`, checkQualifiedName(scope, owner, key));
  checkReadable(scope, `the value of '${key}' in ${owner}`, value);
}

/** Refuses a string that is not an absolute, normalized path in a container. */
export function checkContainerPath(scope: IConstruct, subject: string, value: string): string {
  if (
    !value.startsWith('/') ||
    value.includes(':') ||
    value.includes('\0') ||
    posix.normalize(value) !== value ||
    (value.length > 1 && value.endsWith('/'))
  ) {
    fail(
      scope,
      `${subject} is '${value}', which is not an absolute path in a container.`,
      "Start it with '/', and do not use '.', '..', ':', '//' or a trailing '/'.",
    );
  }
  return value;
}

/** Refuses a string that Kubernetes rejects as a path below a mount. */
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
      `'${path}' is not a valid path below the mount.`,
      "Use a relative path with '/' between names, without '.', '..', ':', '\\' or control characters, that does not " +
        "start with '..'.",
    );
  }
}

/** Refuses metadata of a wrong type, before it is merged with other metadata. */
export function checkMetadataTypes(scope: IConstruct, metadata: ApiObjectMetadata = {}): void {
  for (const [prop, type] of Object.entries(METADATA)) {
    if (metadata[prop] !== undefined) {
      checkType(scope, `metadata.${prop}`, metadata[prop], type, '');
    }
  }
}

const METADATA = { name: 'string', namespace: 'string', labels: 'string{}', annotations: 'string{}' };

/** Refuses a namespace, labels or annotations that the API server rejects. */
export function checkMetadata(scope: IConstruct, metadata: ApiObjectMetadata = {}): void {
  checkMetadataTypes(scope, metadata);
  checkLabels(scope, "'metadata.labels'", metadata.labels);
  const namespace = metadata.namespace ?? Chart.of(scope).namespace;
  if (namespace !== undefined) {
    checkLabel(scope, 'namespace', namespace);
  }
  checkAnnotations(scope, "'metadata.annotations'", metadata.annotations);
}

const SIZE_REMEDY = "Use a Size, for example 'Size.gibibytes(1)'.";

/** Whether a value is a Size; JavaScript accepts anything. */
function isSize(value: unknown): value is Size {
  return typeof (value as Partial<Size> | undefined)?.toKibibytes === 'function';
}

export function kibibytes(size: Size): number {
  if (!isSize(size)) {
    throw new Error(message(`Invalid size '${String(size)}'.`, SIZE_REMEDY));
  }
  return size.toKibibytes({ rounding: SizeRoundingBehavior.NONE });
}

/** Formats a size as Kubernetes does, in the largest unit that keeps it whole: `1Gi`, `1536Mi`. */
export function quantity(size: Size): string {
  let amount = Math.ceil(kibibytes(size));
  let unit = 0;
  while (amount !== 0 && amount % 1024 === 0 && unit < 4) {
    amount /= 1024;
    unit++;
  }
  return `${amount}${['Ki', 'Mi', 'Gi', 'Ti', 'Pi'][unit]}`;
}

/** Converts a string to lowercase letters, digits and single '-', which names can contain. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Refuses a size that is not positive or that Kubernetes cannot count in bytes. */
export function checkSize(scope: IConstruct, subject: string, size: Size): Size {
  if (!isSize(size)) {
    fail(scope, `Invalid size '${String(size)}' for ${subject}.`, SIZE_REMEDY);
  }
  const amount = kibibytes(size);
  if (!(amount >= 1 && amount <= 2 ** 52)) {
    fail(scope, `Invalid size ${amount}Ki for ${subject}.`, 'Use a size from 1Ki to 4Ei.');
  }
  return size;
}

export function seconds(duration: Duration): number {
  if (typeof duration?.toSeconds !== 'function') {
    throw new Error(
      message(`Invalid duration '${String(duration)}'.`, "Use a Duration, for example 'Duration.seconds(30)'."),
    );
  }
  return Math.ceil(duration.toSeconds({ integral: false }));
}
