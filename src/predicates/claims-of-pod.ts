import type { Inventory } from '../inspect/inventory';
import { at, JsonPath, text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod, Volume } from '../inspect/pods';

/** A claim of a pod: an object, or the template of one. */
export interface PodClaim {
  readonly volume: Volume;
  /** The claim or its template, with `spec`. */
  readonly content: unknown;
  /** The claim, if it is an object. */
  readonly object?: ManifestObject;
  readonly at: JsonPath;
}

/** Returns the claims of a pod that are among the manifests. */
export function claimsOfPod(pod: Pod, inventory: Inventory): PodClaim[] {
  return pod.volumes.flatMap((volume): PodClaim[] => {
    const { type, source, at: path } = volume;
    switch (type) {
      case 'persistentVolumeClaim': {
        const object = inventory.find('PersistentVolumeClaim', text(source.claimName), pod.object);
        return object ? [{ volume, content: object.content, object, at: path }] : [];
      }
      case 'volumeClaimTemplate':
        return [{ volume, content: source, at: path }];
      case 'ephemeral':
        return [{ volume, content: source.volumeClaimTemplate, at: path }];
      default:
        return [];
    }
  });
}

/** The annotation of Kubernetes 1.5 for the class of a claim or volume, which still precedes the field. */
const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** Returns the class of a claim or volume; `undefined` if it is not set, so that a claim gets the default class. */
export function classNameOf(content: unknown): string | undefined {
  return (
    text(at(content, 'metadata', 'annotations', CLASS_ANNOTATION)) ?? text(at(content, 'spec', 'storageClassName'))
  );
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Returns the StorageClass of a claim, or the default class, if it is among the manifests. */
export function storageClassOf(content: unknown, inventory: Inventory): ManifestObject | undefined {
  const name = classNameOf(content);
  return name === undefined ? defaultClass(inventory) : inventory.named('StorageClass', name)[0];
}

const DEFAULT_CLASSES = new WeakMap<Inventory, ManifestObject | undefined>();

function defaultClass(inventory: Inventory): ManifestObject | undefined {
  if (!DEFAULT_CLASSES.has(inventory)) {
    const isDefault = (object: ManifestObject) =>
      at(object.content, 'metadata', 'annotations', DEFAULT_CLASS) === 'true';
    DEFAULT_CLASSES.set(inventory, inventory.ofKind('StorageClass').find(isDefault));
  }
  return DEFAULT_CLASSES.get(inventory);
}
