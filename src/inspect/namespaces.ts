import type { ManifestObject } from './manifest';
import { append } from '../checks/groups';

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

  /** Returns the objects in the namespace of `from`, as `NamespaceGroups.matching` does. */
  public matching<T extends InRoot>(objects: readonly T[], from: InRoot): readonly T[] {
    return this.group(objects).matching(from);
  }

  /** Groups objects by their namespaces, so that few of them are compared with each referrer. */
  public group<T extends InRoot>(objects: readonly T[]): NamespaceGroups<T> {
    return new NamespaceGroups(objects, this, this.areKnown);
  }
}

/** Objects by their namespaces. */
export class NamespaceGroups<T extends InRoot> {
  private readonly groups = new Map<string | undefined, T[]>();
  private readonly withNamespace: T[] = [];
  private readonly withoutNamespace: T[] = [];

  constructor(
    objects: readonly T[],
    private readonly namespaces: Namespaces,
    private readonly areKnown: boolean,
  ) {
    for (const object of objects) {
      append(this.groups, this.namespaceOf(object), object);
      (object.namespace === undefined ? this.withoutNamespace : this.withNamespace).push(object);
    }
  }

  /** Returns the objects in the namespace of `from`. */
  public inNamespace(from: InRoot): readonly T[] {
    return this.groups.get(this.namespaceOf(from)) ?? [];
  }

  /** Returns the objects that can be in the namespace of `from` because one of both has no namespace. */
  public possible(from: InRoot): readonly T[] {
    if (this.areKnown) {
      return [];
    }
    return from.namespace === undefined ? this.withNamespace : this.withoutNamespace;
  }

  /**
   * Returns the objects in the namespace of `from`. If there are none, returns those that can be in it, unless they are
   * in several.
   */
  public matching(from: InRoot): readonly T[] {
    const inNamespace = this.inNamespace(from);
    if (inNamespace.length > 0) {
      return inNamespace;
    }
    const possible = this.possible(from);
    return possible.some(({ namespace }) => namespace !== possible[0].namespace) ? [] : possible;
  }

  private namespaceOf(object: InRoot): string | undefined {
    return this.areKnown ? object.namespace : this.namespaces.of(object);
  }
}
