import { classNameOf, storageClassOf } from './claims-of-pod';
import { Inventory, selects } from '../inspect/inventory';
import { at, text, textMap, texts } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import { parseQuantity } from '../inspect/quantity';

/** The provisioner of classes whose volumes are created by hand. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** Returns the PersistentVolume that a claim names, or that names the claim. */
export function namedVolume(claim: ManifestObject, inventory: Inventory): ManifestObject | undefined {
  const name = text(at(claim.content, 'spec', 'volumeName'));
  return inventory
    .ofKind('PersistentVolume')
    .find(volume => (name === undefined ? isReservedFor(volume, claim) : volume.name === name));
}

/** Whether a PersistentVolume is reserved for a claim. */
export function isReservedFor({ content }: ManifestObject, claim: ManifestObject): boolean {
  const reference = at(content, 'spec', 'claimRef');
  return at(reference, 'name') === claim.name && at(reference, 'namespace') === claim.namespace;
}

/** Returns the PersistentVolumes that a claim can bind to: the one that is named, or those of a class by hand. */
export function possibleVolumes(claim: ManifestObject, inventory: Inventory): ManifestObject[] {
  const named = namedVolume(claim, inventory);
  if (named) {
    return [named];
  }
  const className = classNameOf(claim.content);
  const storageClass = className ? storageClassOf(claim.content, inventory) : undefined;
  const isProvisioned = storageClass !== undefined && storageClass.content.provisioner !== NO_PROVISIONER;
  return className === undefined || isProvisioned || at(claim.content, 'spec', 'volumeName') !== undefined
    ? []
    : inventory
        .ofKind('PersistentVolume')
        .filter(volume => (classNameOf(volume.content) ?? '') === className && mismatchOf(volume, claim) === undefined);
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
