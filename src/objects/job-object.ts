import { createHash } from 'crypto';
import { ReadableApiObject } from './readable-api-object';
import { compareBy } from '../checks/order';

/** The fields of a Job that can change after its creation. */
const MUTABLE = [
  'activeDeadlineSeconds',
  'backoffLimit',
  'maxFailedIndexes',
  'parallelism',
  'podReplacementPolicy',
  'suspend',
  'ttlSecondsAfterFinished',
];

/**
 * A Job whose name ends in a hash of its spec. Kubernetes rejects changes to the pods of a Job, so each change needs a
 * Job of another name.
 */
export class JobObject extends ReadableApiObject {
  public toJson(): any {
    const json = super.toJson();
    const { metadata, spec } = json;
    // a JSON patch can set another name, replace the spec, or remove the name, which is refused elsewhere
    return typeof metadata?.name !== 'string'
      ? json
      : { ...json, metadata: { ...metadata, name: `${metadata.name}-${hashOf(spec ?? {})}` } };
  }
}

function hashOf(spec: object): string {
  const fixed = sortedEntries(spec).filter(([name]) => !MUTABLE.includes(name));
  return createHash('sha256').update(JSON.stringify(fixed)).digest('hex').slice(0, 10);
}

/** Returns the entries of an object, in the order of their keys at every level. */
function sortedEntries(value: object): [key: string, value: unknown][] {
  return Object.entries(value)
    .sort(compareBy(([key]) => key))
    .map(([key, child]) => [key, sorted(child)]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null ? Object.fromEntries(sortedEntries(value)) : value;
}
