import { groupBy } from '../../checks/groups';
import { Inventory } from '../../inspect/inventory';
import { describeObject, ManifestObject } from '../../inspect/manifest';
import { isCustom } from '../../inspect/pod-templates';
import {
  isNamespaced,
  Mentions,
  ObjectReference,
  objectReferences,
  templateClaims,
} from '../../predicates/object-references';
import { SimilarNames } from '../../predicates/similar-names';
import type { Problem, Rule } from '../rule';

export const referencesResolve: Rule<'references-resolve'> = {
  id: 'references-resolve',
  summary: 'Pods and claims refer to objects that exist.',
  rationale: 'A pod whose claim, ConfigMap, Secret or ServiceAccount does not exist never starts.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/',
  fix: {
    construct: 'Pass the construct of the object in place of its name.',
    yaml: "Correct the name or the namespace, so that it matches the object's.",
  },
  check: inventory => {
    const references = objectReferences(inventory);
    const missing = references.filter(reference => !exists(reference, inventory));
    if (missing.length === 0) {
      return [];
    }
    const mentions = new Mentions(inventory.objects);
    const custom = groupBy(inventory.objects.filter(isCustom), object => object.name);
    const unused = new UnusedObjects(inventory, references, mentions);
    return missing.flatMap((reference): Problem[] => {
      const message = problemOf(reference, unused);
      return message === undefined || isCreatedByCustomResource(reference, custom, mentions)
        ? []
        : [{ object: reference.from, at: reference.at, message }];
    });
  },
};

function exists({ kind, name, from }: ObjectReference, inventory: Inventory): boolean {
  return isNamespaced(kind) ? inventory.find(kind, name, from) !== undefined : inventory.named(kind, name).length > 0;
}

/**
 * Returns the problem with a reference to an object that is not among the manifests. It can exist in the cluster, so
 * only an object that nothing else uses and that is likely to be the intended one is evidence.
 */
function problemOf({ kind, name, from, description }: ObjectReference, unused: UnusedObjects): string | undefined {
  const likely =
    unused.similar(kind, name, from) ??
    (kind === 'PersistentVolumeClaim' ? unused.claimInFileOf(from)?.name : undefined);
  const subject = `${description.charAt(0).toUpperCase()}${description.slice(1)} refers to ${kind} '${name}', which`;
  if (likely !== undefined) {
    return `${subject} does not exist; nothing uses ${kind} '${likely}'.`;
  }
  const elsewhere = isNamespaced(kind)
    ? unused.named(kind, name).find(object => areOtherNamespaces(object, from))
    : undefined;
  return elsewhere && `${subject} is in another namespace: ${describeObject(elsewhere)}.`;
}

/** Whether a custom resource creates the object, such as a Certificate its Secret. */
function isCreatedByCustomResource(
  { kind, name, from }: ObjectReference,
  custom: ReadonlyMap<string, readonly ManifestObject[]>,
  mentions: Mentions,
): boolean {
  const isCreator = (object: ManifestObject) => object !== from && object.kind !== kind && isCustom(object);
  return [...(custom.get(name) ?? []), ...mentions.of(name)].some(isCreator);
}

function areOtherNamespaces(object: ManifestObject, from: ManifestObject): boolean {
  return object.namespace !== undefined && from.namespace !== undefined && object.namespace !== from.namespace;
}

/** The objects of an inventory to which nothing refers. */
class UnusedObjects {
  private readonly used: ReadonlySet<string>;
  private readonly byKind = new Map<string, readonly ManifestObject[]>();
  private readonly byName = new Map<string, ReadonlyMap<string, readonly ManifestObject[]>>();
  private readonly names = new Map<string, ReadonlyMap<string, SimilarNames>>();
  private claims?: ReadonlyMap<string, readonly ManifestObject[]>;

  constructor(
    private readonly inventory: Inventory,
    references: readonly ObjectReference[],
    private readonly mentions: Mentions,
  ) {
    this.used = new Set(references.map(({ kind, name, from }) => idOf(kind, name, from)));
  }

  /** Returns the name in the namespace of a reference that it misspells. */
  public similar(kind: string, name: string, from: ManifestObject): string | undefined {
    const namespaceOf = (object: ManifestObject) => (isNamespaced(kind) ? (object.namespace ?? '') : '');
    let byNamespace = this.names.get(kind);
    if (!byNamespace) {
      const groups = groupBy(this.ofKind(kind), namespaceOf);
      byNamespace = new Map(
        [...groups].map(([key, objects]) => [key, new SimilarNames(objects.map(object => object.name))]),
      );
      this.names.set(kind, byNamespace);
    }
    return byNamespace.get(namespaceOf(from))?.correct(name);
  }

  /** Returns the first claim in the file and the namespace of an object. */
  public claimInFileOf({ source, namespace }: ManifestObject): ManifestObject | undefined {
    this.claims ??= groupBy(this.ofKind('PersistentVolumeClaim'), fileKey);
    return source.file === undefined ? undefined : this.claims.get(fileKey({ source, namespace }))?.[0];
  }

  public named(kind: string, name: string): readonly ManifestObject[] {
    let objects = this.byName.get(kind);
    if (!objects) {
      objects = groupBy(this.ofKind(kind), object => object.name);
      this.byName.set(kind, objects);
    }
    return objects.get(name) ?? [];
  }

  private ofKind(kind: string): readonly ManifestObject[] {
    let objects = this.byKind.get(kind);
    if (!objects) {
      const templates = new Set(
        kind === 'PersistentVolumeClaim'
          ? templateClaims(this.inventory).map(({ namespace, prefix }) => templateKey(namespace, prefix))
          : [],
      );
      objects = this.inventory
        .ofKind(kind)
        .filter(
          object =>
            !this.used.has(idOf(kind, object.name, object)) &&
            !templates.has(templateKey(object.namespace, object.name.replace(/(?<!\d)\d+$/, ''))) &&
            !this.isMentioned(object),
        );
      this.byKind.set(kind, objects);
    }
    return objects;
  }

  /** Whether an object of a kind that is not known mentions the name, such as a custom resource. */
  private isMentioned({ kind, name }: ManifestObject): boolean {
    return this.mentions.of(name).some(object => object.kind !== kind);
  }
}

function fileKey({ source, namespace }: Pick<ManifestObject, 'source' | 'namespace'>): string {
  return `${namespace ?? ''}\n${source.file ?? ''}`;
}

function idOf(kind: string, name: string, { namespace }: Pick<ManifestObject, 'namespace'>): string {
  return isNamespaced(kind) ? `${kind}/${namespace ?? ''}/${name}` : `${kind}/${name}`;
}

function templateKey(namespace: string | undefined, prefix: string): string {
  return `${namespace ?? ''}\n${prefix}`;
}
