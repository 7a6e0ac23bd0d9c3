import type { Lifetime, Rollout, Sharing, StorageKind } from './model';
import type { ManifestObject } from '../inspect/manifest';

/** The storage at a path, independent of the container that mounts it. */
export interface Storage {
  readonly kind: StorageKind;
  readonly source: string;
  readonly sharing: Sharing;
  /** The first of the other workloads that use the storage. */
  readonly otherUsers?: readonly string[];
  /** The number of the other workloads that `otherUsers` does not contain. */
  readonly unnamedUsers?: number;
  readonly lifetime: Lifetime;
  /** Whether no container can write, even through a mount without `readOnly`. */
  readonly readOnly: boolean;
  readonly sizeLimit?: string;
  readonly rollout?: Rollout;
  readonly notes?: readonly string[];
  /** Objects other than the pod's own whose findings concern the storage. */
  readonly objects?: readonly ManifestObject[];
}

/** The storage of one pod, whose files are gone with it. */
export function podStorage(kind: StorageKind, source: string, rest: Partial<Storage> = {}): Storage {
  return { kind, source, sharing: 'pod', lifetime: 'pod', readOnly: true, ...rest };
}
