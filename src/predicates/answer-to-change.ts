import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';

/** Names of annotations of a pod template that hold a hash of something else. */
const CHECKSUM = /checksum|config-?hash|(?:^|[./-])hash(?:[./-]|$)|sha(?:256)?(?:sum)?$|md5/i;

const RELOADER = 'reloader.stakater.com/';

/**
 * What answers a change of a ConfigMap or Secret with a change of the pod's template, as a clause; `undefined` when
 * nothing
 * does. Whether the controller then replaces its pods is another question.
 *
 * @param object the ConfigMap or Secret itself, where it is among the manifests
 */
export function answerToChange(
  pod: Pod,
  { kind, name }: { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string },
  object: ManifestObject | undefined,
): string | undefined {
  if (object?.content.immutable === true) {
    return 'it is immutable, so that a change needs another name';
  }
  if (endsInHash(name)) {
    return 'its name ends in a hash, so that a change needs another name';
  }
  if (isReloaded(pod, kind, name, object)) {
    return 'Stakater Reloader answers a change, where it runs';
  }
  const [checksum] = Object.entries(pod.annotations).find(([key, value]) => CHECKSUM.test(key) && value !== '') ?? [];
  return checksum === undefined ? undefined : `the annotation '${checksum}' changes with it`;
}

/** As kustomize and this library end names. */
function endsInHash(name: string): boolean {
  const suffix = /-([a-z0-9]{10})$/.exec(name)?.[1];
  return (
    suffix !== undefined &&
    /\d/.test(suffix) &&
    (/^[0-9a-f]{10}$/.test(suffix) || /^[2456789bcdfghkmt]{10}$/.test(suffix))
  );
}

/**
 * As Reloader decides it: what is left out, all of one workload, those that are named, and those that say so
 * themselves.
 */
function isReloaded(pod: Pod, kind: 'ConfigMap' | 'Secret', name: string, object: ManifestObject | undefined): boolean {
  const annotations = { ...textMap(at(pod.object.content, 'metadata', 'annotations')), ...pod.annotations };
  const own = textMap(at(object?.content, 'metadata', 'annotations'));
  const of = kind.toLowerCase();
  const named = (key: string) =>
    (annotations[key] ?? '')
      .split(',')
      .map(item => item.trim())
      .filter(Boolean);
  if (named(`${of}s.exclude.${RELOADER}reload`).includes(name)) {
    return false;
  }
  return (
    isOn(annotations[`${RELOADER}auto`]) ||
    isOn(annotations[`${of}.${RELOADER}auto`]) ||
    named(`${of}.${RELOADER}reload`).some(pattern => matches(pattern, name)) ||
    (annotations[`${RELOADER}search`] === 'true' && own[`${RELOADER}match`] === 'true')
  );
}

/** What Go takes for true. */
function isOn(value: string | undefined): boolean {
  return ['1', 't', 'T', 'true', 'True', 'TRUE'].includes(value ?? '');
}

/** A name, or an expression that names match. */
function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(`^${pattern}$`).test(name);
  } catch {
    return pattern === name;
  }
}
