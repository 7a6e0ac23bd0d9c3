import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';

/** Names of annotations of a pod template that contain a hash of another object. */
const CHECKSUM = /checksum|config-?hash|(?:^|[./-])hash(?:[./-]|$)|sha(?:256)?(?:sum)?$|md5|^rollme$/i;

/** A hash as a number with 128, 160 or 256 bits, which no other annotation of a pod template contains. */
const DIGEST = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

const RELOADER = 'reloader.stakater.com/';

/**
 * The annotation of a workload whose pods Wave replaces after a change.
 *
 * @see https://github.com/wave-k8s/wave
 */
const WAVE = 'wave.pusher.com/update-on-config-change';

type ConfigKind = 'ConfigMap' | 'Secret';
type Annotations = Readonly<Record<string, string>>;

/**
 * The reason why the pod template changes when a ConfigMap or Secret changes, as a clause; `undefined` if it does not.
 * Whether the controller then replaces its pods is another question.
 *
 * @param object the ConfigMap or Secret, if it is among the manifests
 */
export function answerToChange(
  pod: Pod,
  { kind, name }: { readonly kind: ConfigKind; readonly name: string },
  object: ManifestObject | undefined,
): string | undefined {
  if (object?.content.immutable === true) {
    return `the ${kind} is immutable, so a change needs a new name`;
  }
  if (endsInHash(name)) {
    return `the name of the ${kind} ends in a hash of its content`;
  }
  if (isReloaded(pod, kind, name, object)) {
    return 'Stakater Reloader reacts to it, if it runs in the cluster';
  }
  if (textMap(at(pod.object.content, 'metadata', 'annotations'))[WAVE] === 'true') {
    return 'Wave reacts to it, if it runs in the cluster';
  }
  const [checksum] =
    Object.entries(pod.annotations).find(
      ([key, value]) => DIGEST.test(value) || (CHECKSUM.test(key) && value !== ''),
    ) ?? [];
  return checksum === undefined ? undefined : `the annotation '${checksum}' changes with it`;
}

/** Whether a name ends in a hash, in the form of kustomize or of this library. */
function endsInHash(name: string): boolean {
  const suffix = /-([a-z0-9]{10})$/.exec(name)?.[1];
  return (
    suffix !== undefined &&
    /\d/.test(suffix) &&
    (/^[0-9a-f]{10}$/.test(suffix) || /^[2456789bcdfghkmt]{10}$/.test(suffix))
  );
}

/** Whether Reloader rolls out new pods when the object changes, by the annotations of the workload and the object. */
function isReloaded(pod: Pod, kind: ConfigKind, name: string, object: ManifestObject | undefined): boolean {
  const workload: Annotations = { ...textMap(at(pod.object.content, 'metadata', 'annotations')), ...pod.annotations };
  const config: Annotations = textMap(at(object?.content, 'metadata', 'annotations'));
  const prefix = kind.toLowerCase();
  if (items(workload[`${prefix}s.exclude.${RELOADER}reload`]).includes(name)) {
    return false;
  }
  return (
    isTrue(workload[`${RELOADER}auto`]) ||
    isTrue(workload[`${prefix}.${RELOADER}auto`]) ||
    items(workload[`${prefix}.${RELOADER}reload`]).some(pattern => matches(pattern, name)) ||
    (workload[`${RELOADER}search`] === 'true' && config[`${RELOADER}match`] === 'true')
  );
}

/** The items of a comma-separated list. */
function items(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(Boolean);
}

/** Whether Go parses a string as `true`. */
function isTrue(value: string | undefined): boolean {
  return ['1', 't', 'T', 'true', 'True', 'TRUE'].includes(value ?? '');
}

/** The longest name of an object. */
const MAX_NAME = 253;

/** The number of quantifiers with which an expression still ends quickly on a name. */
const MAX_QUANTIFIERS = 3;

/**
 * Whether a name is equal to a pattern, or matches it as a regular expression. An expression of a manifest must not
 * stop the audit, so only simple ones are tried. Others match, because the controller can find that they do.
 */
function matches(pattern: string, name: string): boolean {
  const quantifiers = (pattern.match(/[*+?{]/g) ?? []).length;
  if (/\)[*+?{]|\\\d/.test(pattern) || quantifiers > MAX_QUANTIFIERS || name.length > MAX_NAME) {
    return quantifiers > 0;
  }
  try {
    return new RegExp(`^${pattern}$`).test(name);
  } catch {
    return pattern === name;
  }
}
