import type { ManifestObject } from './manifest';

type InRoot = Pick<ManifestObject, 'namespace' | 'root'>;

/**
 * The namespaces of objects. An object without a namespace can be created in any: `kubectl apply -n`, kustomize and
 * Helm set it.
 */
export class Namespaces {
  /** The only namespace in a root, or `undefined` if there are several. */
  private readonly only = new Map<string, string | undefined>();

  /** @param areKnown whether an object without a namespace is not in that of another one, as in an app of constructs */
  constructor(
    objects: readonly InRoot[],
    private readonly areKnown = false,
  ) {
    for (const { namespace, root = '' } of objects) {
      if (namespace !== undefined) {
        this.only.set(root, this.only.has(root) && this.only.get(root) !== namespace ? undefined : namespace);
      }
    }
  }

  /** Returns the namespace of an object. A missing one is the only namespace in the root, or `default`. */
  public of({ namespace, root = '' }: InRoot): string {
    return namespace ?? this.only.get(root) ?? 'default';
  }

  /**
   * Returns the objects in the namespace of `from`. If there are none, returns those that can be in it because one of
   * both has no namespace, unless they are in several.
   */
  public matching<T extends InRoot>(objects: readonly T[], from: InRoot): readonly T[] {
    if (this.areKnown) {
      return objects.filter(object => object.namespace === from.namespace);
    }
    const namespace = this.of(from);
    const inNamespace = objects.filter(object => this.of(object) === namespace);
    if (inNamespace.length > 0) {
      return inNamespace;
    }
    const possible = objects.filter(object => (object.namespace === undefined) !== (from.namespace === undefined));
    return new Set(possible.map(object => object.namespace)).size > 1 ? [] : possible;
  }
}
