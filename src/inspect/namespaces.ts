import type { ManifestObject } from './manifest';

type InRoot = Pick<ManifestObject, 'namespace' | 'root'>;

/**
 * The namespaces of objects. An object without a namespace can be created in any: `kubectl apply -n`, kustomize and
 * Helm set it.
 */
export class Namespaces {
  /** The only namespace in a root, or `undefined` if there are several. */
  private readonly only = new Map<string, string | undefined>();

  constructor(objects: readonly InRoot[]) {
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
   * Returns the objects that can be in the namespace of `from`, because one of both has no namespace; none if they are
   * in several namespaces.
   */
  public possible<T extends InRoot>(objects: readonly T[], from: InRoot): readonly T[] {
    const possible = objects.filter(({ namespace }) => (namespace === undefined) !== (from.namespace === undefined));
    return new Set(possible.map(({ namespace }) => namespace)).size > 1 ? [] : possible;
  }
}
