import { accountOf } from './gets-token';
import { configUses } from '../inspect/config-use';
import type { Inventory } from '../inspect/inventory';
import { at, JsonPath, text } from '../inspect/json';
import { apiGroupOf, ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';

/** A reference of an object to another object. */
export interface ObjectReference {
  readonly from: ManifestObject;
  readonly kind: string;
  readonly name: string;
  readonly at: JsonPath;
  /** The reference with its place in the pod or object, for messages: `volume 'data'`. */
  readonly description: string;
}

/** The kinds of objects that do not belong to a namespace. */
const CLUSTER_KINDS: readonly string[] = ['StorageClass', 'PriorityClass', 'VolumeSnapshotClass', 'PersistentVolume'];

/** The priority classes of every cluster. */
const BUILT_IN_PRIORITIES = ['system-cluster-critical', 'system-node-critical'];

/** Whether objects of a kind belong to a namespace. */
export function isNamespaced(kind: string): boolean {
  return !CLUSTER_KINDS.includes(kind);
}

/** Returns the references of pods, claims and volumes that are not optional. */
export function objectReferences(inventory: Inventory): ObjectReference[] {
  return [
    ...inventory.pods.flatMap(referencesOfPod),
    ...inventory
      .ofKind('PersistentVolumeClaim')
      .flatMap(claim => referencesOfClaim(claim, claim.content, [], `claim '${claim.name}'`)),
  ];
}

function referencesOfPod(pod: Pod): ObjectReference[] {
  const { object, spec, at: path } = pod;
  const reference = (kind: string, name: unknown, place: JsonPath, description: string): ObjectReference[] =>
    typeof name === 'string' && name !== '' ? [{ from: object, kind, name, at: place, description }] : [];
  return [
    ...pod.volumes.flatMap(volume => [
      ...(volume.type === 'persistentVolumeClaim'
        ? reference('PersistentVolumeClaim', volume.source.claimName, volume.at, `volume '${volume.name}'`)
        : []),
      ...(volume.type === 'volumeClaimTemplate'
        ? referencesOfClaim(object, volume.source, volume.at, `claim template '${volume.name}'`)
        : []),
    ]),
    ...configUses(pod)
      .filter(use => !isOptional(object.content, use.at))
      .flatMap(({ kind, name, volume, at: place }) =>
        reference(kind, name, place, volume ? `volume '${volume.name}'` : 'a variable'),
      ),
    ...(accountOf(pod) === 'default'
      ? []
      : reference('ServiceAccount', accountOf(pod), [...path, 'serviceAccountName'], 'the pod')),
    ...(BUILT_IN_PRIORITIES.includes(String(spec.priorityClassName))
      ? []
      : reference('PriorityClass', spec.priorityClassName, [...path, 'priorityClassName'], 'the pod')),
  ];
}

/** Whether the source at a path of an object, or a reference in it, is optional. */
function isOptional(content: unknown, path: JsonPath): boolean {
  return [at(content, ...path), at(content, ...path, 'valueFrom')].some(value =>
    ['configMap', 'secret', 'configMapRef', 'secretRef', 'configMapKeyRef', 'secretKeyRef'].some(
      field => at(value, field, 'optional') === true,
    ),
  );
}

function referencesOfClaim(
  from: ManifestObject,
  content: unknown,
  path: JsonPath,
  description: string,
): ObjectReference[] {
  const storageClass = text(at(content, 'spec', 'storageClassName'));
  const source = at(content, 'spec', 'dataSource');
  const [kind, name] = [text(at(source, 'kind')), text(at(source, 'name'))];
  return [
    ...(storageClass
      ? [{ from, kind: 'StorageClass', name: storageClass, at: [...path, 'spec', 'storageClassName'], description }]
      : []),
    ...(kind && name ? [{ from, kind, name, at: [...path, 'spec', 'dataSource'], description }] : []),
  ];
}

/** The claims that a template of a StatefulSet creates, one for each replica. */
export interface TemplateClaims {
  readonly namespace?: string;
  /** The names of the claims without the number of the replica. */
  readonly prefix: string;
}

/** Returns the claims that the templates of StatefulSets create. */
export function templateClaims(inventory: Inventory): TemplateClaims[] {
  return inventory.pods.flatMap(({ object, volumes }) =>
    volumes
      .filter(({ type }) => type === 'volumeClaimTemplate')
      .map(({ name }) => ({ namespace: object.namespace, prefix: `${name}-${object.name}-` })),
  );
}

/** The objects of extended API groups, such as custom resources, by the strings in their `spec`. */
export class Mentions {
  private readonly objects = new Map<string, Set<ManifestObject>>();

  constructor(objects: readonly ManifestObject[]) {
    objects.filter(object => apiGroupOf(object).includes('.')).forEach(object => this.add(object.content.spec, object));
  }

  /** Returns the objects that mention a name. */
  public of(name: string): readonly ManifestObject[] {
    return [...(this.objects.get(name) ?? [])];
  }

  private add(content: unknown, object: ManifestObject): void {
    if (typeof content === 'string') {
      this.objects.set(content, (this.objects.get(content) ?? new Set()).add(object));
    } else if (typeof content === 'object' && content !== null) {
      Object.values(content).forEach(item => this.add(item, object));
    }
  }
}
