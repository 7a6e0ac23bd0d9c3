import { suggest } from '../../checks/suggest';
import type { Inventory } from '../../inspect/inventory';
import { describeObject, ManifestObject } from '../../inspect/manifest';
import { isCustom } from '../../inspect/pod-templates';
import {
  isNamespaced,
  Mentions,
  ObjectReference,
  objectReferences,
  templateClaims,
} from '../../predicates/object-references';
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
    const unused = new UnusedObjects(inventory, references, mentions);
    return missing.flatMap((reference): Problem[] => {
      const message = problemOf(reference, unused);
      return message === undefined || isCreatedByCustomResource(reference, inventory, mentions)
        ? []
        : [{ object: reference.from, at: reference.at, message }];
    });
  },
};

function exists({ kind, name, from }: ObjectReference, inventory: Inventory): boolean {
  return isNamespaced(kind)
    ? inventory.find(kind, name, from) !== undefined
    : inventory.ofKind(kind).some(object => object.name === name);
}

/**
 * Returns the problem with a reference to an object that is not among the manifests. It can exist in the cluster, so
 * only an object that nothing else uses and that is likely to be the intended one is evidence.
 */
function problemOf({ kind, name, from, description }: ObjectReference, unused: UnusedObjects): string | undefined {
  const near = unused.ofKind(kind).filter(({ namespace }) => !isNamespaced(kind) || namespace === from.namespace);
  const [similar] = suggest(
    name,
    near.map(object => object.name),
  ).filter(candidate => isTypo(name, candidate));
  const likely =
    similar ?? (kind === 'PersistentVolumeClaim' ? near.find(claim => isFromSameFile(claim, from))?.name : undefined);
  const subject = `${description.charAt(0).toUpperCase()}${description.slice(1)} refers to ${kind} '${name}', which`;
  if (likely !== undefined) {
    return `${subject} does not exist; nothing uses ${kind} '${likely}'.`;
  }
  const elsewhere = isNamespaced(kind)
    ? unused.ofKind(kind).find(object => object.name === name && areOtherNamespaces(object, from))
    : undefined;
  return elsewhere && `${subject} is in another namespace: ${describeObject(elsewhere)}.`;
}

/** Whether two names are too similar to be those of different objects. */
function isTypo(name: string, candidate: string): boolean {
  const letters = (value: string) => value.replace(/[-._]/g, '');
  const isSuffix = name.startsWith(candidate) || candidate.startsWith(name);
  const differsInNumber = name.replace(/\d+/g, '0') === candidate.replace(/\d+/g, '0');
  return (
    letters(name) === letters(candidate) ||
    (!isSuffix &&
      !differsInNumber &&
      Math.abs(name.length - candidate.length) <= 2 &&
      haveSimilarWords(name, candidate))
  );
}

/** Whether each word of a name is the same as in another name, or a misspelling of it, and not another word. */
function haveSimilarWords(name: string, candidate: string): boolean {
  const [words, others] = [name, candidate].map(value => value.split(/[-._]/));
  return words.length === others.length && words.every((word, i) => suggest(word, [others[i]]).length > 0);
}

/** Whether a custom resource creates the object, such as a Certificate its Secret. */
function isCreatedByCustomResource(
  { kind, name, from }: ObjectReference,
  { objects }: Inventory,
  mentions: Mentions,
): boolean {
  const isCreator = (object: ManifestObject) => object !== from && object.kind !== kind && isCustom(object);
  return objects.some(object => object.name === name && isCreator(object)) || mentions.of(name).some(isCreator);
}

function isFromSameFile(claim: ManifestObject, { source }: ManifestObject): boolean {
  return claim.source.file !== undefined && claim.source.file === source.file;
}

function areOtherNamespaces(object: ManifestObject, from: ManifestObject): boolean {
  return object.namespace !== undefined && from.namespace !== undefined && object.namespace !== from.namespace;
}

/** The objects of an inventory to which nothing refers. */
class UnusedObjects {
  private readonly used: ReadonlySet<string>;
  private readonly byKind = new Map<string, readonly ManifestObject[]>();

  constructor(
    private readonly inventory: Inventory,
    references: readonly ObjectReference[],
    private readonly mentions: Mentions,
  ) {
    this.used = new Set(references.map(({ kind, name, from }) => idOf(kind, name, from)));
  }

  public ofKind(kind: string): readonly ManifestObject[] {
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

function idOf(kind: string, name: string, { namespace }: Pick<ManifestObject, 'namespace'>): string {
  return isNamespaced(kind) ? `${kind}/${namespace ?? ''}/${name}` : `${kind}/${name}`;
}

function templateKey(namespace: string | undefined, prefix: string): string {
  return `${namespace ?? ''}\n${prefix}`;
}
