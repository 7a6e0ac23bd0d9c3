import { at, list, record, text, textMap } from './json';
import type { ManifestObject } from './manifest';
import { Pod, podOf } from './pods';

/** All objects that are looked at together, by kind, by name and by what they select. */
export class Inventory {
  /** Every pod, and every template of pods, less those that another object here has made. */
  public readonly pods: readonly Pod[];
  private readonly byKind = new Map<string, ManifestObject[]>();
  private readonly byName = new Map<string, ManifestObject>();
  private readonly selectors = new Map<string, SelectorIndex>();
  private autoscalers?: ReadonlyMap<string, ManifestObject>;

  constructor(public readonly objects: readonly ManifestObject[]) {
    for (const object of objects) {
      const alike = this.byKind.get(object.kind);
      if (alike) {
        alike.push(object);
      } else {
        this.byKind.set(object.kind, [object]);
      }
      this.byName.set(key(object.kind, object.namespace, object.name), object);
    }
    this.pods = firstOfEach(
      objects.flatMap(object => (this.isMade(object) || isTest(object) ? [] : (podOf(object) ?? []))),
    );
  }

  /** All objects of a kind. */
  public ofKind(kind: string): readonly ManifestObject[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The object that `from` means by a name in its own namespace. */
  public find(
    kind: string,
    name: string | undefined,
    from: Pick<ManifestObject, 'namespace'>,
  ): ManifestObject | undefined {
    return name === undefined ? undefined : this.byName.get(key(kind, from.namespace, name));
  }

  /** The objects of a kind that select a pod in their namespace, by `spec.selector` or by another path. */
  public selecting(kind: string, pod: Pod, ...selectorAt: string[]): readonly ManifestObject[] {
    const path = selectorAt.length > 0 ? selectorAt : ['spec', 'selector'];
    const indexKey = `${kind}/${path.join('/')}`;
    let index = this.selectors.get(indexKey);
    if (!index) {
      index = new SelectorIndex(this.ofKind(kind), path);
      this.selectors.set(indexKey, index);
    }
    return index.selecting(pod);
  }

  /** The HorizontalPodAutoscaler that scales an object. */
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
   * Whether a controller that stands here, or a node, has made the object: what is wrong with it is to be mended there.
   */
  private isMade(object: ManifestObject): boolean {
    return (
      list(at(object.content, 'metadata', 'ownerReferences')).some(owner => at(owner, 'kind') === 'Node') ||
      this.makerOf(object) !== undefined
    );
  }

  /**
   * The controller of an object, or that of a controller which is not here, as `kubectl get deployments,pods` leaves it
   * out.
   */
  private makerOf(object: ManifestObject): ManifestObject | undefined {
    const { kind, name } = controllerOf(object) ?? {};
    return kind === undefined
      ? undefined
      : (this.find(kind, name, object) ?? this.find(MAKERS[kind] ?? '', name?.replace(/-[^-]*$/, ''), object));
  }
}

/** What makes the objects of a kind, under its own name and a suffix. */
const MAKERS: Readonly<Record<string, string>> = { ReplicaSet: 'Deployment', Job: 'CronJob' };

function controllerOf({ content }: ManifestObject): { kind: string; name: string } | undefined {
  const owner = list(at(content, 'metadata', 'ownerReferences')).find(
    reference => at(reference, 'controller') === true,
  );
  return owner === undefined ? undefined : { kind: text(at(owner, 'kind')) ?? '', name: text(at(owner, 'name')) ?? '' };
}

/**
 * Of the like pods that a controller has made which is not here, the first stands for all, but not for claims of
 * theirs.
 */
function firstOfEach(pods: readonly Pod[]): Pod[] {
  const seen = new Set<string>();
  return pods.filter(({ object, containers, volumes }) => {
    const controller = controllerOf(object);
    if (controller === undefined || volumes.some(({ type }) => type === 'persistentVolumeClaim')) {
      return true;
    }
    const like = JSON.stringify([object.namespace, controller, containers.map(({ name, image }) => [name, image])]);
    const isFirst = !seen.has(like);
    seen.add(like);
    return isFirst;
  });
}

/** A pod that Helm makes when it is asked to test a release. */
function isTest({ content }: ManifestObject): boolean {
  return text(at(content, 'metadata', 'annotations', 'helm.sh/hook'))?.includes('test') ?? false;
}

/** Objects by one label that they select, the rarest, so that few are looked at for each pod. */
class SelectorIndex {
  private readonly byLabel = new Map<string, ManifestObject[]>();
  /** Those that select by no label's value, by namespace. */
  private readonly others = new Map<string, ManifestObject[]>();

  constructor(
    objects: readonly ManifestObject[],
    private readonly path: readonly string[],
  ) {
    const labels = objects.map(({ namespace, content }) =>
      Object.entries(wanted(at(content, ...path))).map(([label, value]) => labelKey(namespace, label, value)),
    );
    const counts = new Map<string, number>();
    labels.flat().forEach(label => counts.set(label, (counts.get(label) ?? 0) + 1));
    objects.forEach((object, i) => {
      const [rarest] = labels[i].sort((a, b) => counts.get(a)! - counts.get(b)!);
      const map = rarest === undefined ? this.others : this.byLabel;
      const place = rarest ?? object.namespace ?? '';
      const alike = map.get(place);
      if (alike) {
        alike.push(object);
      } else {
        map.set(place, [object]);
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

/** The labels that a selector asks for by their values, in both forms: the plain map of a Service and `matchLabels`. */
function wanted(selector: unknown): Readonly<Record<string, string>> {
  const { matchLabels, matchExpressions } = record(selector);
  return textMap(matchLabels ?? (matchExpressions ? {} : selector));
}

/** Whether a selector takes the labels. */
export function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined || selector === null) {
    return false;
  }
  return (
    Object.entries(wanted(selector)).every(([label, value]) => labels[label] === value) &&
    list(at(selector, 'matchExpressions')).every(expression => meets(expression, labels))
  );
}

function meets(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
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
