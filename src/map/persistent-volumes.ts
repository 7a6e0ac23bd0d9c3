import type { Inventory } from '../inspect/inventory';
import { at, record, text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import { HOST_NAME, selectorTerms } from '../inspect/node-terms';
import type { Pod } from '../inspect/pods';
import { writtenQuantity } from '../inspect/quantity';
import { matchingVolumes, namedVolume } from '../predicates/volumes-of-claim';

/** The objects behind a claim that are among the manifests. */
export interface Backing {
  readonly volume?: ManifestObject;
  readonly storageClass?: ManifestObject;
  /** The volume that a claim without a class only gets in a cluster without a default class. */
  readonly missedVolume?: ManifestObject;
}

/** Returns the class that a claim, or a claim template of an object, names. */
export function classOf(claim: unknown, object: ManifestObject, inventory: Inventory): ManifestObject | undefined {
  const name = text(at(claim, 'spec', 'storageClassName'));
  return inventory.find('StorageClass', name, { ...object, namespace: undefined });
}

/**
 * Returns the objects behind a claim. Its volume is the one that the claim names, that names the claim, or that is the
 * only one of its class that fits.
 */
export function backingOf(claim: ManifestObject | undefined, inventory: Inventory): Backing {
  if (claim === undefined) {
    return {};
  }
  const { storageClassName, volumeName } = record(claim.content.spec);
  const named = namedVolume(claim, inventory);
  const matches = named || text(volumeName) ? [] : matchingVolumes(claim, inventory);
  const match = matches.length === 1 ? matches[0] : undefined;
  return storageClassName === undefined
    ? { volume: named, missedVolume: match }
    : { volume: named ?? match, storageClass: classOf(claim.content, claim, inventory) };
}

/** The types of PersistentVolumes that are a directory, whose capacity limits nothing, with their names. */
const DIRECTORIES: Readonly<Record<string, string>> = {
  nfs: 'an NFS volume',
  hostPath: 'a directory of a node',
  local: 'a local volume',
  cephfs: 'a CephFS volume',
};

/** Returns the capacity of the volume behind a claim, or `none` if nothing enforces it. */
export function capacityOf({ volume }: Backing): string | undefined {
  if (volume && directoryOf(volume) !== undefined) {
    return 'none';
  }
  return writtenQuantity(at(volume?.content, 'spec', 'capacity', 'storage'));
}

function directoryOf({ content }: ManifestObject): string | undefined {
  return Object.entries(DIRECTORIES).find(([type]) => at(content, 'spec', type) !== undefined)?.[1];
}

/** Whether the files behind a claim are on a node. */
export function isOnNode({ volume }: Backing): boolean {
  return volume !== undefined && ['local', 'hostPath'].some(type => at(volume.content, 'spec', type) !== undefined);
}

/** Returns the facts about the volume and the class behind a claim, each as a sentence. */
export function backingNotes(pod: Pod, { volume, storageClass, missedVolume }: Backing): string[] {
  const policy = volume
    ? (text(at(volume.content, 'spec', 'persistentVolumeReclaimPolicy')) ?? 'Retain')
    : storageClass && (text(storageClass.content.reclaimPolicy) ?? 'Delete');
  return [
    ...(volume ? volumeNotes(pod, volume) : []),
    ...(missedVolume
      ? [
          "The claim has no 'storageClassName': a default class creates another volume, so the claim is not bound to " +
            `PersistentVolume ${missedVolume.name}.`,
        ]
      : []),
    ...(policy === undefined
      ? []
      : [`Deleting the claim ${policy === 'Retain' ? 'keeps' : 'deletes'} the volume (reclaim policy ${policy}).`]),
  ];
}

function volumeNotes(pod: Pod, volume: ManifestObject): string[] {
  const directory = directoryOf(volume);
  const nodes = nodesOf(volume);
  const required = text(at(pod.spec, 'nodeName')) ?? text(at(pod.spec, 'nodeSelector', 'kubernetes.io/hostname'));
  return [
    ...(directory === undefined
      ? []
      : [`PersistentVolume ${volume.name} is ${directory}, whose size is not enforced.`]),
    ...(nodes.length === 0
      ? []
      : [`The files are on the ${nodes.length === 1 ? 'node' : 'nodes'} ${nodes.join(', ')}.`]),
    ...(required !== undefined && nodes.length > 0 && !nodes.includes(required)
      ? [`The pod requires the node ${required}, so it cannot mount the volume.`]
      : []),
  ];
}

/** Returns the host names of the nodes that can mount a volume; empty if its node affinity names none. */
function nodesOf({ content }: ManifestObject): readonly string[] {
  return selectorTerms(at(content, 'spec', 'nodeAffinity', 'required'))
    .flat()
    .flatMap(({ key, operator, values }) => (key === HOST_NAME && operator === 'In' ? values : []));
}
