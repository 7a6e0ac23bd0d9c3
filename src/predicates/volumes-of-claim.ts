import { classNameOf, storageClassOf } from './claims-of-pod';
import { append } from '../checks/groups';
import { keptByObject } from '../checks/memo';
import { Inventory, selects } from '../inspect/inventory';
import { at, record, text, textMap, texts } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import { parseQuantity } from '../inspect/quantity';

/** The provisioner of classes whose volumes are created by hand. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** The PersistentVolumes of an inventory. */
interface VolumeIndex {
  /** The volumes that name a claim. */
  readonly byClaim: ReadonlyMap<string, readonly ManifestObject[]>;
  /** The volumes that name a claim of a StatefulSet. */
  readonly byTemplate: ReadonlyMap<string, readonly ManifestObject[]>;
  /** The volumes that name no claim. */
  readonly unreserved: ReadonlyMap<string, readonly ManifestObject[]>;
}

const indexOf = keptByObject((inventory: Inventory) => createIndex(inventory.ofKind('PersistentVolume')));

function createIndex(volumes: readonly ManifestObject[]): VolumeIndex {
  const [byClaim, byTemplate, unreserved] = [1, 2, 3].map(() => new Map<string, ManifestObject[]>());
  for (const volume of volumes) {
    const { namespace, name } = record(at(volume.content, 'spec', 'claimRef'));
    if (typeof name === 'string') {
      const claim = { root: volume.root, namespace: text(namespace) };
      append(byClaim, claimKey(claim, name), volume);
      const [, template] = /^(.+)-\d+$/.exec(name) ?? [];
      if (template !== undefined) {
        append(byTemplate, claimKey(claim, template), volume);
      }
    } else {
      append(unreserved, claimKey({ root: volume.root }, classNameOf(volume.content) ?? ''), volume);
    }
  }
  return { byClaim, byTemplate, unreserved };
}

function claimKey({ root, namespace }: Pick<ManifestObject, 'root' | 'namespace'>, name: string): string {
  return `${root ?? ''}\n${namespace ?? ''}/${name}`;
}

/** Returns the PersistentVolume that a claim names, or that names the claim. */
export function namedVolume(claim: ManifestObject, inventory: Inventory): ManifestObject | undefined {
  const name = text(at(claim.content, 'spec', 'volumeName'));
  return name === undefined
    ? indexOf(inventory).byClaim.get(claimKey(claim, claim.name))?.[0]
    : inventory.find('PersistentVolume', name, { ...claim, namespace: undefined });
}

/** Whether a PersistentVolume is reserved for a claim. */
export function isReservedFor({ content }: ManifestObject, claim: ManifestObject): boolean {
  const reference = at(content, 'spec', 'claimRef');
  return at(reference, 'name') === claim.name && at(reference, 'namespace') === claim.namespace;
}

/** Returns the PersistentVolumes that are reserved for the claims of a template of a StatefulSet. */
export function volumesOfTemplate(
  statefulSet: ManifestObject,
  template: string,
  inventory: Inventory,
): readonly ManifestObject[] {
  return indexOf(inventory).byTemplate.get(claimKey(statefulSet, `${template}-${statefulSet.name}`)) ?? [];
}

/** Returns the PersistentVolumes of the class of a claim that name no claim, and to which it can bind. */
export function matchingVolumes(claim: ManifestObject, inventory: Inventory): readonly ManifestObject[] {
  const candidates = indexOf(inventory).unreserved.get(
    claimKey({ root: claim.root }, classNameOf(claim.content) ?? ''),
  );
  return (candidates ?? []).filter(volume => mismatchOf(volume, claim) === undefined);
}

/** Returns the PersistentVolumes that a claim can bind to: the one that is named, or those of a class by hand. */
export function possibleVolumes(claim: ManifestObject, inventory: Inventory): readonly ManifestObject[] {
  const named = namedVolume(claim, inventory);
  if (named) {
    return [named];
  }
  const className = classNameOf(claim.content);
  const storageClass = className ? storageClassOf(claim.content, inventory) : undefined;
  const isProvisioned = storageClass !== undefined && storageClass.content.provisioner !== NO_PROVISIONER;
  return className === undefined || isProvisioned || at(claim.content, 'spec', 'volumeName') !== undefined
    ? []
    : matchingVolumes(claim, inventory);
}

/**
 * Returns the reason why a claim does not bind to a PersistentVolume, apart from the class, as a clause with the claim
 * as its subject.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/controller/volume/persistentvolume/pv_controller.go
 */
export function mismatchOf(volume: ManifestObject, claim: ManifestObject): string | undefined {
  const [offered, wanted] = [volume, claim].map(({ content }) => texts(at(content, 'spec', 'accessModes')));
  const capacity = at(volume.content, 'spec', 'capacity', 'storage');
  const request = at(claim.content, 'spec', 'resources', 'requests', 'storage');
  const [has, needs] = [parseQuantity(capacity), parseQuantity(request)];
  if (has !== undefined && needs !== undefined && needs > has) {
    return `requests ${String(request)}, but the volume has ${String(capacity)}`;
  }
  const mode = wanted.find(candidate => offered.length > 0 && !offered.includes(candidate));
  if (mode !== undefined) {
    return `requests ${mode}, but the volume only allows ${offered.join(', ')}`;
  }
  const [volumeMode, claimMode] = [volume, claim].map(
    ({ content }) => text(at(content, 'spec', 'volumeMode')) ?? 'Filesystem',
  );
  if (volumeMode !== claimMode) {
    return `requests the volume mode ${claimMode}, but the volume has ${volumeMode}`;
  }
  const selector = at(claim.content, 'spec', 'selector');
  return selector !== undefined && !selects(selector, textMap(at(volume.content, 'metadata', 'labels')))
    ? "has a 'selector' that does not match the labels of the volume"
    : undefined;
}
