import { at, record, text } from './json';
import type { ManifestObject, PassedOver } from './manifest';
import { NamespaceGroups, Namespaces } from './namespaces';
import { nearest } from './nearest';
import { controllerOf, creatorOf, isOfNode } from './owners';
import { registerPods } from './pod-inventory';
import { podsOf } from './pod-templates';
import type { Pod } from './pods';
import { SelectorIndex } from './selectors';
import { append, groupBy } from '../checks/groups';

export { selects } from './selectors';

/** The place from which a name refers to an object. */
type Referrer = Pick<ManifestObject, 'namespace' | 'root'> & Partial<Pick<ManifestObject, 'source'>>;

/**
 * An index of the objects that are checked together: by kind, by name and by the pods that they select. Objects of
 * different roots do not refer to each other.
 */
export class Inventory {
  /** All pods and pod templates, except the omitted ones. */
  public readonly pods: readonly Pod[];
  /** The workloads whose pods are omitted, because their problems are fixed elsewhere, in numbers. */
  public readonly passedOver: readonly PassedOver[];
  /** The objects whose pods cannot be read, because of an error in the reader. */
  public readonly failures: readonly { readonly object: ManifestObject; readonly error: unknown }[];
  private readonly namespaces: Namespaces;
  private readonly byKind = new Map<string, ManifestObject[]>();
  private readonly byRoot = new Map<string, ManifestObject[]>();
  private readonly byName = new Map<string, ManifestObject[]>();
  private readonly byNamespace = new Map<string, NamespaceGroups<ManifestObject>>();
  private names?: ReadonlyMap<string, readonly ManifestObject[]>;
  private readonly selectors = new Map<string, SelectorIndex>();
  private autoscalers?: ReadonlyMap<string, NamespaceGroups<ManifestObject>>;

  /** @param options whether the namespaces of the objects are known, as those of constructs are */
  constructor(
    public readonly objects: readonly ManifestObject[],
    { hasKnownNamespaces = false }: { readonly hasKnownNamespaces?: boolean } = {},
  ) {
    this.namespaces = new Namespaces(objects, hasKnownNamespaces);
    for (const object of objects) {
      append(this.byKind, object.kind, object);
      append(this.byRoot, nameKey(object.root, object.kind, ''), object);
      append(this.byName, nameKey(object.root, object.kind, object.name), object);
    }
    const created = objects.filter(object => this.isCreated(object));
    const tests = objects.filter(isTest);
    const omitted = new Set([...created, ...tests]);
    const failures: { object: ManifestObject; error: unknown }[] = [];
    const pods = objects.flatMap(object => {
      try {
        return omitted.has(object) ? [] : podsOf(object);
      } catch (error) {
        failures.push({ object, error });
        return [];
      }
    });
    this.failures = failures;
    this.pods = firstOfEach(pods);
    registerPods(this.pods, this);
    this.passedOver = [
      { count: created.length, reason: 'objects that a controller created' },
      { count: tests.length, reason: 'tests of Helm charts' },
    ].filter(({ count }) => count > 0);
  }

  /** Returns the objects of a kind; with `near`, those in the root of that object only. */
  public ofKind(kind: string, near?: ManifestObject): readonly ManifestObject[] {
    return (near === undefined ? this.byKind.get(kind) : this.byRoot.get(nameKey(near.root, kind, ''))) ?? [];
  }

  /**
   * Returns the object with a name in the namespace of `from`. If several files define it, the nearest one counts. If
   * one of both has no namespace, the object must be the only one with its name.
   */
  public find(kind: string, name: string | undefined, from: Referrer): ManifestObject | undefined {
    const key = nameKey(from.root, kind, name ?? '');
    const named = name === undefined ? undefined : this.byName.get(key);
    if (!named) {
      return undefined;
    }
    let groups = this.byNamespace.get(key);
    if (!groups) {
      groups = this.namespaces.group(named);
      this.byNamespace.set(key, groups);
    }
    return nearest(groups.matching(from), from.source?.file);
  }

  /** Returns the objects of a kind with a name, in all namespaces and roots. */
  public named(kind: string, name: string): readonly ManifestObject[] {
    this.names ??= groupBy(this.objects, object => nameKey(undefined, object.kind, object.name));
    return this.names.get(nameKey(undefined, kind, name)) ?? [];
  }

  /** Returns the objects of a kind whose selector, at `spec.selector` or at another path, matches a pod. */
  public selecting(kind: string, pod: Pod, ...selectorPath: string[]): readonly ManifestObject[] {
    const path = selectorPath.length > 0 ? selectorPath : ['spec', 'selector'];
    const indexKey = `${kind}/${path.join('/')}`;
    let index = this.selectors.get(indexKey);
    if (!index) {
      index = new SelectorIndex(this.ofKind(kind), path, this.namespaces);
      this.selectors.set(indexKey, index);
    }
    return index.selecting(pod);
  }

  /** Returns the pods that each object of a kind selects. */
  public podsSelectedBy(kind: string): ReadonlyMap<ManifestObject, readonly Pod[]> {
    const pods = new Map<ManifestObject, Pod[]>();
    this.pods.forEach(pod => this.selecting(kind, pod).forEach(object => append(pods, object, pod)));
    return pods;
  }

  /** Returns the HorizontalPodAutoscaler of an object. */
  public autoscalerOf(object: ManifestObject): ManifestObject | undefined {
    this.autoscalers ??= this.groupAutoscalers();
    const scalers = this.autoscalers.get(nameKey(object.root, object.kind, object.name));
    return scalers && nearest(scalers.matching(object), object.source.file);
  }

  private groupAutoscalers(): ReadonlyMap<string, NamespaceGroups<ManifestObject>> {
    const byTarget = groupBy(this.ofKind('HorizontalPodAutoscaler'), ({ root, content }) => {
      const target = record(at(content, 'spec', 'scaleTargetRef'));
      return nameKey(root, text(target.kind) ?? '', text(target.name) ?? '');
    });
    return new Map([...byTarget].map(([target, scalers]) => [target, this.namespaces.group(scalers)]));
  }

  /** Whether a node, or the controller of another object in the inventory, created the object. */
  private isCreated(object: ManifestObject): boolean {
    return isOfNode(object) || creatorOf(object, (kind, name) => this.find(kind, name, object)) !== undefined;
  }
}

/** Omits all but the first of the replicas that a missing controller created, unless they mount claims. */
function firstOfEach(pods: readonly Pod[]): Pod[] {
  const seen = new Set<string>();
  return pods.filter(({ object, containers, volumes }) => {
    const controller = controllerOf(object);
    if (controller === undefined || volumes.some(({ type }) => type === 'persistentVolumeClaim')) {
      return true;
    }
    const replicas = JSON.stringify([
      object.root,
      object.namespace,
      controller,
      containers.map(({ name, image }) => [name, image]),
    ]);
    const isFirst = !seen.has(replicas);
    seen.add(replicas);
    return isFirst;
  });
}

/** The hooks of Helm's tests. */
const TEST_HOOKS = ['test', 'test-success', 'test-failure'];

/** Whether Helm creates the pod to test a release, and at no other time. */
function isTest({ kind, content }: ManifestObject): boolean {
  const hooks = text(at(content, 'metadata', 'annotations', 'helm.sh/hook'))?.split(',') ?? [];
  return (
    (kind === 'Pod' || kind === 'Job') &&
    hooks.length > 0 &&
    hooks.every(hook => TEST_HOOKS.includes(hook.trim().toLowerCase()))
  );
}

function nameKey(root: string | undefined, kind: string, name: string): string {
  return `${root ?? ''}\n${kind}/${name}`;
}
