import type { Lifetime, Sharing } from './model';
import { backingNotes, backingOf, capacityOf, classOf, isOnNode } from './persistent-volumes';
import { podStorage, Storage } from './storage';
import { replicaBounds } from '../inspect/cluster';
import type { Inventory } from '../inspect/inventory';
import { at, record, text, texts } from '../inspect/json';
import { apiGroupOf, describeObject, ManifestObject } from '../inspect/manifest';
import type { Pod, Volume } from '../inspect/pods';
import { writtenQuantity } from '../inspect/quantity';
import { isSingleNode } from '../predicates/is-single-node';
import { keptBy } from '../predicates/kept-by';

/** The number of other users that a row names. All of them at each user would be the square of their number. */
const MAX_USERS = 100;

/** The workloads that mount a claim. Several definitions of one object count once. */
type Users = Map<string | ManifestObject, ManifestObject>;

/** The PersistentVolumeClaims among the manifests, with the workloads that mount each. */
export class Claims {
  /** The workloads by the claims that they mount by name, and by the templates whose claims these are. */
  private readonly users = new Map<string, Users>();
  /** The claims among the manifests that a StatefulSet adopts as those of a template. */
  private readonly adopted = new Map<string, ManifestObject[]>();

  constructor(private readonly inventory: Inventory) {
    const templates = new Map<string, ManifestObject>();
    for (const { object, volumes } of inventory.pods) {
      for (const { name } of volumes.filter(({ type }) => type === 'volumeClaimTemplate')) {
        templates.set(claimKey(object, `${name}-${object.name}`), object);
      }
    }
    for (const { object, volumes } of inventory.pods) {
      for (const { source } of volumes.filter(({ type }) => type === 'persistentVolumeClaim')) {
        const key = claimKey(object, text(source.claimName) ?? '');
        const template = templateKey(key);
        const statefulSet = template === undefined ? undefined : templates.get(template);
        addTo(this.users, key, object);
        if (template !== undefined && statefulSet) {
          addTo(this.users, key, statefulSet);
          addTo(this.users, template, object);
        }
      }
    }
    for (const claim of inventory.ofKind('PersistentVolumeClaim')) {
      const template = templateKey(claimKey(claim, claim.name));
      if (template !== undefined && templates.has(template)) {
        const claims = this.adopted.get(template) ?? [];
        this.adopted.set(template, claims);
        claims.push(claim);
      }
    }
  }

  /** Describes a volume of an existing claim. */
  public describe(pod: Pod, { source }: Volume): Storage {
    const name = text(source.claimName) ?? '';
    const claim = this.inventory.find('PersistentVolumeClaim', name, pod.object);
    const modes = texts(at(claim?.content, 'spec', 'accessModes'));
    const mountsReadOnly = source.readOnly === true;
    const { otherUsers, unnamedUsers } = this.otherUsers(pod, claimKey(pod.object, name));
    const backing = backingOf(claim, this.inventory);
    return {
      kind: 'claim',
      source: name,
      sharing: claimSharing(claim, modes, otherUsers),
      otherUsers,
      unnamedUsers,
      lifetime: isOnNode(backing) ? 'node' : 'independent',
      readOnly: mountsReadOnly || isReadOnlyMany(modes),
      sizeLimit: capacityOf(backing) ?? requestedSize(claim?.content),
      objects: [claim, backing.volume, backing.storageClass].flatMap(object => object ?? []),
      notes: [
        ...claimNotes(this.maxReplicas(pod), claim, modes, mountsReadOnly),
        ...backingNotes(pod, backing),
        ...(claim ? keptNote(keptBy(claim)) : []),
      ],
    };
  }

  /** Describes the claims that a StatefulSet creates from a template, one for each replica. */
  public describeTemplate(pod: Pod, { name, source }: Volume): Storage {
    const { object } = pod;
    const policy = record(at(object.content, 'spec', 'persistentVolumeClaimRetentionPolicy'));
    const deletedWhenDeleted = policy.whenDeleted === 'Delete';
    const deletedWhenScaled = policy.whenScaled === 'Delete';
    const template = claimKey(object, `${name}-${object.name}`);
    const { otherUsers, unnamedUsers } = this.otherUsers(pod, template);
    const adopted = this.adopted.get(template) ?? [];
    const backing = { storageClass: classOf(source, object, this.inventory) };
    return {
      kind: 'claim-template',
      source: `${name}-${object.name}-…`,
      sharing: otherUsers.length > 0 ? 'any-workload' : 'replica',
      otherUsers,
      unnamedUsers,
      lifetime: templateLifetime(deletedWhenDeleted, deletedWhenScaled),
      readOnly: false,
      sizeLimit: requestedSize(source),
      objects: [...adopted, ...(backing.storageClass ? [backing.storageClass] : [])],
      notes: [
        ...storageClassNote(source),
        deletedWhenScaled
          ? 'Scaling down deletes the claim.'
          : 'Scaling down keeps the claim, and scaling up mounts it again.',
        deletedWhenDeleted
          ? 'Deleting the StatefulSet deletes the claim.'
          : 'Deleting the StatefulSet keeps the claim.',
        ...(adopted.length > 0 ? [`The manifests contain ${adopted.map(claim => claim.name).join(', ')}.`] : []),
        ...backingNotes(pod, backing),
      ],
    };
  }

  /** Returns the maximum number of pods at once; `undefined` for a pod on each node. */
  private maxReplicas(pod: Pod): number | undefined {
    return pod.replicas === undefined ? undefined : replicaBounds(pod, this.inventory).max;
  }

  private otherUsers({ object }: Pod, key: string): Required<Pick<Storage, 'otherUsers' | 'unnamedUsers'>> {
    const users: Users = this.users.get(key) ?? new Map();
    const identity = identityOf(object);
    const otherUsers: string[] = [];
    for (const [other, user] of users) {
      if (otherUsers.length === MAX_USERS) {
        break;
      }
      if (other !== identity) {
        otherUsers.push(describeObject(user));
      }
    }
    const count = users.has(identity) ? users.size - 1 : users.size;
    return { otherUsers, unnamedUsers: count - otherUsers.length };
  }
}

function addTo(users: Map<string, Users>, key: string, user: ManifestObject): void {
  users.set(key, (users.get(key) ?? new Map()).set(identityOf(user), user));
}

/** Identifies an object among its definitions. An object without a name differs from all others. */
function identityOf(object: ManifestObject): string | ManifestObject {
  return object.name === '' ? object : `${apiGroupOf(object)} ${describeObject(object)}`;
}

function claimKey({ root, namespace }: ManifestObject, name: string): string {
  return `${root ?? ''}/${namespace ?? ''}/${name}`;
}

/** Returns the key of the template that a claim can come from: `data-agent` for `data-agent-0`. */
function templateKey(key: string): string | undefined {
  return /^(.+)-\d+$/.exec(key)?.[1];
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
  replicas: number | undefined,
  claim: ManifestObject | undefined,
  modes: readonly string[],
  mountsReadOnly: boolean,
): string[] {
  const keepsPodsOnOneNode = isSingleNode(claim) === true && replicas !== 1 && !modes.includes('ReadWriteOncePod');
  return [
    modes.length > 0 ? `Access modes: ${modes.join(', ')}.` : 'The manifests do not contain the claim.',
    ...storageClassNote(claim?.content),
    ...(keepsPodsOnOneNode ? ['Pods on other nodes do not start.'] : []),
    ...(isReadOnlyMany(modes) && !mountsReadOnly ? ['The driver, not Kubernetes, prevents writes.'] : []),
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
