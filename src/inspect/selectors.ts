import { at, list, record, text, textMap } from './json';
import type { ManifestObject } from './manifest';
import type { Pod } from './pods';

/** An index of objects by the rarest label that they select, so that few of them are compared with each pod. */
export class SelectorIndex {
  private readonly byLabel = new Map<string, ManifestObject[]>();
  /** Objects whose selector contains no value of a label, by root. */
  private readonly others = new Map<string, ManifestObject[]>();

  constructor(
    objects: readonly ManifestObject[],
    private readonly path: readonly string[],
  ) {
    const labels = objects.map(({ root, content }) =>
      Object.entries(requiredLabels(at(content, ...path))).map(([label, value]) => labelKey(root, label, value)),
    );
    const counts = new Map<string, number>();
    labels.flat().forEach(label => counts.set(label, (counts.get(label) ?? 0) + 1));
    objects.forEach((object, i) => {
      const [rarest] = labels[i].sort((a, b) => counts.get(a)! - counts.get(b)!);
      const map = rarest === undefined ? this.others : this.byLabel;
      const indexKey = rarest ?? object.root ?? '';
      const sameKey = map.get(indexKey);
      if (sameKey) {
        sameKey.push(object);
      } else {
        map.set(indexKey, [object]);
      }
    });
  }

  /** Returns the objects of the root of a pod whose selector matches its labels, in any namespace. */
  public selecting({ labels, object: { root } }: Pod): readonly ManifestObject[] {
    const candidates = Object.entries(labels).flatMap(
      ([label, value]) => this.byLabel.get(labelKey(root, label, value)) ?? [],
    );
    return [...candidates, ...(this.others.get(root ?? '') ?? [])].filter(object =>
      selects(at(object.content, ...this.path), labels),
    );
  }
}

function labelKey(root: string | undefined, label: string, value: string): string {
  return `${root ?? ''} ${label}=${value}`;
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
    Object.entries(requiredLabels(selector)).every(([label, value]) => at(labels, label) === value) &&
    list(at(selector, 'matchExpressions')).every(expression => satisfies(expression, labels))
  );
}

function satisfies(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
  const value = at(labels, text(at(expression, 'key')) ?? '');
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
