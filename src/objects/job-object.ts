import { createHash } from 'crypto';
import { ReadableApiObject } from './readable-api-object';

/** The fields of a Job that can change after its creation. */
const MUTABLE = ['parallelism', 'suspend', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'];

/**
 * A Job whose name ends in a hash of its spec. Kubernetes rejects changes to the pods of a Job, so each change needs a
 * Job of another name.
 */
export class JobObject extends ReadableApiObject {
  public toJson(): any {
    const json = super.toJson();
    const fixed = Object.entries(json.spec).filter(([name]) => !MUTABLE.includes(name));
    const hash = createHash('sha256').update(JSON.stringify(fixed)).digest('hex').slice(0, 10);
    return { ...json, metadata: { ...json.metadata, name: `${this.name}-${hash}` } };
  }
}
