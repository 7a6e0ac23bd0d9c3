import { at, list, record, text, textMap } from './json';
import type { ManifestObject } from './manifest';
import { registerPods } from './pod-inventory';
import { Pod, podOf } from './pods';

/** An index of the objects that are checked together: by kind, by name and by the pods that they select. */
export class Inventory {
  /** All pods and pod templates, except those that the controller of another object in the inventory created. */
  public readonly pods: readonly Pod[];
  private readonly byKind = new Map<string, ManifestObject[]>();
  private readonly byName = new Map<string, ManifestObject>();
  private readonly selectors = new Map<string, SelectorIndex>();
  private autoscalers?: ReadonlyMap<string, ManifestObject>;

  constructor(public readonly objects: readonly ManifestObject[]) {
    for (const object of objects) {
      const sameKind = this.byKind.get(object.kind);
      if (sameKind) {
        sameKind.push(object);
      } else {
        this.byKind.set(object.kind, [object]);
      }
      this.byName.set(key(object.kind, object.namespace, object.name), object);
    }
    this.pods = firstOfEach(
      objects.flatMap(object => (this.isCreated(object) || isTest(object) ? [] : (podOf(object) ?? []))),
    );
    registerPods(this.pods, this);
  }

  /** Returns the objects of a kind. */
  public ofKind(kind: string): readonly ManifestObject[] {
    return this.byKind.get(kind) ?? [];
  }

  /** Returns the object with a name in the namespace of `from`. */
  public find(
    kind: string,
    name: string | undefined,
    from: Pick<ManifestObject, 'namespace'>,
  ): ManifestObject | undefined {
    return name === undefined ? undefined : this.byName.get(key(kind, from.namespace, name));
  }

  /** Returns the objects of a kind whose selector, at `spec.selector` or at another path, matches a pod. */
  public selecting(kind: string, pod: Pod, ...selectorPath: string[]): readonly ManifestObject[] {
    const path = selectorPath.length > 0 ? selectorPath : ['spec', 'selector'];
    const indexKey = `${kind}/${path.join('/')}`;
    let index = this.selectors.get(indexKey);
    if (!index) {
      index = new SelectorIndex(this.ofKind(kind), path);
      this.selectors.set(indexKey, index);
    }
    return index.selecting(pod);
  }

  /** Returns the HorizontalPodAutoscaler of an object. */
  public autoscalerOf({ kind, namespace, name }: ManifestObject): ManifestObject | undefined {
    this.autoscalers ??= new Map(
      this.ofKind('HorizontalPodAutoscaler').map(scaler => {
        const target = record(at(scaler.content, 'spec', 'scaleTargetRef'));
        return [key(text(target.kind) ?? '', scaler.namespace, text(target.name) ?? ''), scaler];
      }),
    );
    return this.autoscalers.get(key(kind, namespace, name));
  }

  /**
   * Whether a node, or the controller of another object in the inventory, created the object. Its problems are then
   * fixed in that object.
   */
  private isCreated(object: ManifestObject): boolean {
    return (
      list(at(object.content, 'metadata', 'ownerReferences')).some(owner => at(owner, 'kind') === 'Node') ||
      this.creatorOf(object) !== undefined
    );
  }

  /**
   * Returns the controller of an object. `kubectl get deployments,pods` omits ReplicaSets, so the controller can also
   * be the owner of one that is missing.
   */
  private creatorOf(object: ManifestObject): ManifestObject | undefined {
    const { kind, name } = controllerOf(object) ?? {};
    return kind === undefined
      ? undefined
      : (this.find(kind, name, object) ?? this.find(CREATORS[kind] ?? '', name?.replace(/-[^-]*$/, ''), object));
  }
}

/** The kind whose controller creates the objects of a kind, with its own name and a suffix. */
const CREATORS: Readonly<Record<string, string>> = { ReplicaSet: 'Deployment', Job: 'CronJob' };

function controllerOf({ content }: ManifestObject): { kind: string; name: string } | undefined {
  const owner = list(at(content, 'metadata', 'ownerReferences')).find(
    reference => at(reference, 'controller') === true,
  );
  return owner === undefined ? undefined : { kind: text(at(owner, 'kind')) ?? '', name: text(at(owner, 'name')) ?? '' };
}

/** Omits all but the first of the replicas that a missing controller created, unless they mount claims. */
function firstOfEach(pods: readonly Pod[]): Pod[] {
  const seen = new Set<string>();
  return pods.filter(({ object, containers, volumes }) => {
    const controller = controllerOf(object);
    if (controller === undefined || volumes.some(({ type }) => type === 'persistentVolumeClaim')) {
      return true;
    }
    const replicas = JSON.stringify([object.namespace, controller, containers.map(({ name, image }) => [name, image])]);
    const isFirst = !seen.has(replicas);
    seen.add(replicas);
    return isFirst;
  });
}

/** Whether Helm creates the pod to test a release. */
function isTest({ content }: ManifestObject): boolean {
  return text(at(content, 'metadata', 'annotations', 'helm.sh/hook'))?.includes('test') ?? false;
}

/** An index of objects by the rarest label that they select, so that few of them are compared with each pod. */
class SelectorIndex {
  private readonly byLabel = new Map<string, ManifestObject[]>();
  /** Objects whose selector contains no value of a label, by namespace. */
  private readonly others = new Map<string, ManifestObject[]>();

  constructor(
    objects: readonly ManifestObject[],
    private readonly path: readonly string[],
  ) {
    const labels = objects.map(({ namespace, content }) =>
      Object.entries(requiredLabels(at(content, ...path))).map(([label, value]) => labelKey(namespace, label, value)),
    );
    const counts = new Map<string, number>();
    labels.flat().forEach(label => counts.set(label, (counts.get(label) ?? 0) + 1));
    objects.forEach((object, i) => {
      const [rarest] = labels[i].sort((a, b) => counts.get(a)! - counts.get(b)!);
      const map = rarest === undefined ? this.others : this.byLabel;
      const indexKey = rarest ?? object.namespace ?? '';
      const sameKey = map.get(indexKey);
      if (sameKey) {
        sameKey.push(object);
      } else {
        map.set(indexKey, [object]);
      }
    });
  }

  public selecting({ labels, object: { namespace } }: Pod): readonly ManifestObject[] {
    const candidates = Object.entries(labels).flatMap(
      ([label, value]) => this.byLabel.get(labelKey(namespace, label, value)) ?? [],
    );
    return [...candidates, ...(this.others.get(namespace ?? '') ?? [])].filter(object =>
      selects(at(object.content, ...this.path), labels),
    );
  }
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function labelKey(namespace: string | undefined, label: string, value: string): string {
  return `${namespace ?? ''} ${label}=${value}`;
}

/** Returns the labels that a selector requires: the plain map of a Service, or `matchLabels`. */
function requiredLabels(selector: unknown): Readonly<Record<string, string>> {
  const { matchLabels, matchExpressions } = record(selector);
  return textMap(matchLabels ?? (matchExpressions ? {} : selector));
}

/** Whether a selector matches the labels. */
export function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined || selector === null) {
    return false;
  }
  return (
    Object.entries(requiredLabels(selector)).every(([label, value]) => labels[label] === value) &&
    list(at(selector, 'matchExpressions')).every(expression => satisfies(expression, labels))
  );
}

function satisfies(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[text(at(expression, 'key')) ?? ''];
  const listed = value !== undefined && list(at(expression, 'values')).includes(value);
  switch (at(expression, 'operator')) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
