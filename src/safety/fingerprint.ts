import { createHash } from 'crypto';
import type { Problem } from './rule';
import { at, JsonPath, record, text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/** The fields that identify an item of a list, the most specific first: of mounts, of ports, and of everything else. */
const NAMES = ['mountPath', 'containerPort', 'name'];

/**
 * Returns the fingerprint of a finding: a hash of its rule, its object and the path of the value.
 *
 * It stays the same when lines, files or other items of a list move, because items are identified by their names.
 * Several findings can share a fingerprint, for example those of an object that two files contain.
 */
export function fingerprintOf(ruleId: string, { object, at: path }: Pick<Problem, 'object' | 'at'>): string {
  const { apiVersion, kind, namespace = '' } = object;
  return createHash('sha256')
    .update([ruleId, apiVersion.split('/')[0], kind, namespace, nameOf(object), namedPath(object, path)].join('\n'))
    .digest('hex')
    .slice(0, 32);
}

/** Returns a path with the names of list items in place of their indices. */
function namedPath({ content }: ManifestObject, path: JsonPath): string {
  return JSON.stringify(
    path.map((key, i) => {
      const item = typeof key === 'number' ? record(at(content, ...path.slice(0, i + 1))) : {};
      const field = NAMES.find(name => item[name] !== undefined);
      return field === undefined ? key : `${field}=${String(item[field])}`;
    }),
  );
}

function nameOf({ name, content }: ManifestObject): string {
  return name || (text(at(content, 'metadata', 'generateName')) ?? '');
}
