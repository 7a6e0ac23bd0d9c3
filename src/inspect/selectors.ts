import { at, list, record, text, textMap } from './json';
import type { ManifestObject } from './manifest';
import type { NamespaceGroups, Namespaces } from './namespaces';
import type { Pod } from './pods';
import { append } from '../checks/groups';

/** An index of objects by the rarest label that they select, so that few of them are compared with each pod. */
export class SelectorIndex {
  /** By label; objects whose selector contains no value of a label by their root. */
  private readonly byLabel = new Map<string, ManifestObject[]>();
  private readonly groups = new Map<string, NamespaceGroups<ManifestObject>>();

  constructor(
    objects: readonly ManifestObject[],
    private readonly path: readonly string[],
    private readonly namespaces: Namespaces,
  ) {
    const labels = objects.map(({ root, content }) =>
      Object.entries(requiredLabels(at(content, ...path))).map(([label, value]) => labelKey(root, label, value)),
    );
    const counts = new Map<string, number>();
    labels.flat().forEach(label => counts.set(label, (counts.get(label) ?? 0) + 1));
    objects.forEach((object, i) => {
      const [rarest] = labels[i].sort((a, b) => counts.get(a)! - counts.get(b)!);
      const key = rarest ?? rootKey(object.root);
      append(this.byLabel, key, object);
    });
  }

  /**
   * Returns the objects in the namespace of a pod whose selector matches its labels. If there are none, returns those
   * that can be in it, unless they are in several.
   */
  public selecting({ labels, object }: Pod): readonly ManifestObject[] {
    const keys = Object.entries(labels).map(([label, value]) => labelKey(object.root, label, value));
    const groups = [...keys, rootKey(object.root)].flatMap(key => this.groupsOf(key) ?? []);
    const matches = ({ content }: ManifestObject) => selects(at(content, ...this.path), labels);
    const inNamespace = groups.flatMap(group => group.inNamespace(object).filter(matches));
    return inNamespace.length > 0 ? inNamespace : possible(groups, object, matches);
  }

  private groupsOf(key: string): NamespaceGroups<ManifestObject> | undefined {
    const objects = this.byLabel.get(key);
    let groups = this.groups.get(key);
    if (objects && !groups) {
      groups = this.namespaces.group(objects);
      this.groups.set(key, groups);
    }
    return groups;
  }
}

/** Returns the matching objects that can be in the namespace of a pod, unless they are in several. */
function possible(
  groups: readonly NamespaceGroups<ManifestObject>[],
  pod: ManifestObject,
  matches: (object: ManifestObject) => boolean,
): readonly ManifestObject[] {
  const found: ManifestObject[] = [];
  for (const group of groups) {
    for (const object of group.possible(pod)) {
      if (matches(object)) {
        found.push(object);
      }
      if (found.length > 1 && found[found.length - 1].namespace !== found[0].namespace) {
        return [];
      }
    }
  }
  return found;
}

function rootKey(root: string | undefined): string {
  return root ?? '';
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
