import type { Inventory, OmissionReason } from './inventory';
import { groupOf, ManifestObject } from './manifest';
import { operatorKindOf } from './operators';
import { isCustom, podsOf } from './pod-templates';

/** Objects of one kind. */
export interface KindCount {
  readonly apiVersion: string;
  readonly kind: string;
  readonly count: number;
}

/** What an audit looked at, in numbers. */
export interface Coverage {
  /** The number of objects of kinds that the audit knows. */
  readonly known: number;
  /** The objects of kinds that no rule knows, the most frequent kinds first. */
  readonly unknownKinds: readonly KindCount[];
  /** The objects that a tool renders into others, which can be audited then, the most frequent kinds first. */
  readonly renderFirst: readonly KindCount[];
  /** The workloads whose pods were not checked, by reason. */
  readonly omitted: readonly { readonly reason: OmissionReason; readonly count: number }[];
}

/**
 * The kinds whose objects a tool renders, by API group.
 *
 * @see https://fluxcd.io/flux/components/
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/
 * @see https://docs.k3s.io/helm#using-the-helm-controller
 */
const RENDERED_KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['helm.toolkit.fluxcd.io', ['HelmRelease']],
  ['kustomize.toolkit.fluxcd.io', ['Kustomization']],
  ['argoproj.io', ['Application', 'ApplicationSet']],
  ['helm.cattle.io', ['HelmChart']],
  ['fleet.cattle.io', ['Bundle', 'GitRepo']],
]);

/** The custom kinds that rules know besides those with pods or state. */
const KNOWN_CUSTOM_KINDS = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'GlobalNetworkPolicy'];

/** Returns what an audit of the inventory looks at. */
export function coverageOf({ objects, omissions }: Inventory): Coverage {
  const rendered = objects.filter(isRendered);
  const unknown = objects.filter(object => !isRendered(object) && !isKnown(object));
  return {
    known: objects.length - rendered.length - unknown.length,
    unknownKinds: countKinds(unknown),
    renderFirst: countKinds(rendered),
    omitted: (['created-by-controller', 'helm-test'] as const).flatMap(reason => {
      const count = omissions.filter(omission => omission.reason === reason).length;
      return count > 0 ? [{ reason, count }] : [];
    }),
  };
}

function isRendered(object: ManifestObject): boolean {
  return RENDERED_KINDS.get(groupOf(object))?.includes(object.kind) === true;
}

function isKnown(object: ManifestObject): boolean {
  return (
    !isCustom(object) ||
    KNOWN_CUSTOM_KINDS.includes(object.kind) ||
    operatorKindOf(object) !== undefined ||
    podsOf(object).length > 0
  );
}

function countKinds(objects: readonly ManifestObject[]): KindCount[] {
  const counts = new Map<string, KindCount>();
  for (const { apiVersion, kind } of objects) {
    const key = `${apiVersion}/${kind}`;
    counts.set(key, { apiVersion, kind, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
