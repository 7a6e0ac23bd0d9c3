import { at, record, text, textMap } from './json';
import type { ManifestObject } from './manifest';
import { Pod, podOf } from './pods';

/** All objects that are looked at together, by kind, by name and by what they select. */
export class Inventory {
  /** Every pod, and every template of pods. */
  public readonly pods: readonly Pod[];
  private readonly byKind = new Map<string, ManifestObject[]>();
  private readonly byName = new Map<string, ManifestObject>();

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
    this.pods = objects.flatMap(object => podOf(object) ?? []);
  }

  /** All objects of a kind. */
  public ofKind(kind: string): readonly ManifestObject[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The object that `from` means by a name in its own namespace. */
  public find(kind: string, name: string | undefined, from: Pick<ManifestObject, 'namespace'>): ManifestObject | undefined {
    return name === undefined ? undefined : this.byName.get(key(kind, from.namespace, name));
  }

  /** The objects of a kind that select a pod in their namespace, by `spec.selector` or by another path. */
  public selecting(kind: string, pod: Pod, ...selectorAt: string[]): readonly ManifestObject[] {
    return this.ofKind(kind).filter(object => object.namespace === pod.object.namespace
      && selects(at(object.content, ...(selectorAt.length > 0 ? selectorAt : ['spec', 'selector'])), pod.labels));
  }
}

function key(kind: string, namespace: string | undefined, name: string): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** Whether a selector takes the labels; both forms are understood, the plain map of a Service and `matchLabels`. */
export function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  if (selector === undefined || selector === null) {
    return false;
  }
  const { matchLabels, matchExpressions } = record(selector);
  const wanted = textMap(matchLabels ?? (matchExpressions ? {} : selector));
  return Object.entries(wanted).every(([label, value]) => labels[label] === value)
    && (Array.isArray(matchExpressions) ? matchExpressions : []).every(expression => meets(expression, labels));
}

function meets(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = labels[text(at(expression, 'key')) ?? ''];
  const values = at(expression, 'values');
  const listed = Array.isArray(values) && values.includes(value);
  switch (at(expression, 'operator')) {
    case 'In': return listed;
    case 'NotIn': return !listed;
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return false;
  }
}
