import type { Lifetime, Sharing } from './model';
import { podStorage, Storage } from './storage';
import type { Inventory } from '../inspect/inventory';
import { at, record, text, texts } from '../inspect/json';
import { describeObject, isDouble, ManifestObject } from '../inspect/manifest';
import type { Pod, Volume } from '../inspect/pods';
import { writtenQuantity } from '../inspect/quantity';
import { isSingleNode } from '../predicates/is-single-node';
import { keptBy } from '../predicates/kept-by';

/** The PersistentVolumeClaims among the manifests, with the workloads that mount each. */
export class Claims {
  private readonly users = new Map<string, Set<ManifestObject>>();

  constructor(private readonly inventory: Inventory) {
    for (const pod of inventory.pods) {
      for (const { type, source } of pod.volumes) {
        if (type === 'persistentVolumeClaim') {
          this.addUser(claimKey(pod, text(source.claimName) ?? ''), pod.object);
        }
      }
    }
  }

  /** Describes a volume of an existing claim. */
  public describe(pod: Pod, { source }: Volume): Storage {
    const name = text(source.claimName) ?? '';
    const claim = this.inventory.find('PersistentVolumeClaim', name, pod.object);
    const modes = texts(at(claim?.content, 'spec', 'accessModes'));
    const mountsReadOnly = source.readOnly === true;
    const otherUsers = this.otherUsers(pod, name);
    return {
      kind: 'claim',
      source: name,
      sharing: claimSharing(claim, modes, otherUsers),
      otherUsers,
      lifetime: 'independent',
      readOnly: mountsReadOnly || isReadOnlyMany(modes),
      sizeLimit: requestedSize(claim?.content),
      objects: claim && [claim],
      notes: claimNotes(pod, claim, modes, mountsReadOnly),
    };
  }

  private addUser(key: string, user: ManifestObject): void {
    this.users.set(key, (this.users.get(key) ?? new Set()).add(user));
  }

  private otherUsers(pod: Pod, name: string): string[] {
    return [...(this.users.get(claimKey(pod, name)) ?? [])]
      .filter(user => user !== pod.object && !isDouble(user, pod.object))
      .map(describeObject);
  }
}

function claimKey({ object }: Pod, name: string): string {
  return `${object.root ?? ''}/${object.namespace ?? ''}/${name}`;
}

function claimSharing(
  claim: ManifestObject | undefined,
  modes: readonly string[],
  otherUsers: readonly string[],
): Sharing {
  const singleNode = isSingleNode(claim) === true;
  if (singleNode && modes.includes('ReadWriteOncePod')) {
    return 'one-pod-at-a-time';
  }
  if (otherUsers.length > 0) {
    return 'any-workload';
  }
  return singleNode ? 'replicas-on-a-node' : 'replicas';
}

function claimNotes(
  pod: Pod,
  claim: ManifestObject | undefined,
  modes: readonly string[],
  mountsReadOnly: boolean,
): string[] {
  const keepsPodsOnOneNode = isSingleNode(claim) === true && pod.replicas !== 1 && !modes.includes('ReadWriteOncePod');
  return [
    modes.length > 0 ? `Access modes: ${modes.join(', ')}.` : 'The manifests do not contain the claim.',
    ...storageClassNote(claim?.content),
    ...(keepsPodsOnOneNode ? ['Pods on other nodes do not start.'] : []),
    ...(isReadOnlyMany(modes) && !mountsReadOnly ? ['The driver, not Kubernetes, prevents writes.'] : []),
    ...(claim ? keptNote(keptBy(claim)) : []),
  ];
}

/** Returns the note on the tools that keep a claim. */
function keptNote(tools: readonly string[]): string[] {
  const [last, ...others] = [...tools].reverse();
  if (last === undefined) {
    return [];
  }
  return [
    others.length === 0 ? `${last} keeps the claim.` : `${others.reverse().join(', ')} and ${last} keep the claim.`,
  ];
}

/** Returns the note on the StorageClass or PersistentVolume that a claim names, which decides where the files are. */
function storageClassNote(claim: unknown): string[] {
  const { storageClassName, volumeName } = record(at(claim, 'spec'));
  return [
    ...(text(volumeName) ? [`PersistentVolume: ${text(volumeName)}.`] : []),
    ...(text(storageClassName) ? [`Storage class: ${text(storageClassName)}.`] : []),
  ];
}

function isReadOnlyMany(modes: readonly string[]): boolean {
  return modes.length > 0 && modes.every(mode => mode === 'ReadOnlyMany');
}

/** Describes the claims that a StatefulSet creates from a template, one for each replica. */
export function claimTemplate({ object }: Pod, { name, source }: Volume): Storage {
  const policy = record(at(object.content, 'spec', 'persistentVolumeClaimRetentionPolicy'));
  const deletedWhenDeleted = policy.whenDeleted === 'Delete';
  const deletedWhenScaled = policy.whenScaled === 'Delete';
  return {
    kind: 'claim-template',
    source: `${name}-${object.name}-…`,
    sharing: 'replica',
    lifetime: templateLifetime(deletedWhenDeleted, deletedWhenScaled),
    readOnly: false,
    sizeLimit: requestedSize(source),
    notes: [
      ...storageClassNote(source),
      deletedWhenScaled
        ? 'Scaling down deletes the claim.'
        : 'Scaling down keeps the claim, and scaling up mounts it again.',
      deletedWhenDeleted ? 'Deleting the StatefulSet deletes the claim.' : 'Deleting the StatefulSet keeps the claim.',
    ],
  };
}

function templateLifetime(deletedWhenDeleted: boolean, deletedWhenScaled: boolean): Lifetime {
  if (deletedWhenScaled) {
    return 'replica';
  }
  return deletedWhenDeleted ? 'stateful-set' : 'retained';
}

/** Describes a claim that is created and deleted with its pod. */
export function ephemeralClaim({ name, source: { volumeClaimTemplate } }: Volume): Storage {
  return podStorage('ephemeral-claim', `…-${name}`, {
    readOnly: false,
    sizeLimit: requestedSize(volumeClaimTemplate),
    notes: [...storageClassNote(volumeClaimTemplate), 'Each pod gets a new claim, which is deleted with the pod.'],
  });
}

function requestedSize(claim: unknown): string {
  return writtenQuantity(at(claim, 'spec', 'resources', 'requests', 'storage')) ?? 'unknown';
}
