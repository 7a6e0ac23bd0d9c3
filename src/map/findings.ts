import type { Draft } from './draft';
import type { StorageKind } from './model';
import { isWithin } from '../checks/paths';
import { isBelow } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';
import type { RuleId } from '../safety/rules';
import type { Finding } from '../safety/run';

/** The findings of each object. */
export type Findings = ReadonlyMap<ManifestObject, readonly Finding[]>;

const CLAIMS: readonly StorageKind[] = ['claim', 'claim-template', 'ephemeral-claim'];

/** The storage that findings concern which name neither a path nor a volume. */
const KINDS: Readonly<Partial<Record<RuleId, readonly StorageKind[]>>> = {
  'claims-are-retained': ['claim-template'],
  'collector-keeps-offsets': ['writable-layer'],
  'read-only-root-filesystem': ['writable-layer'],
  'resource-limits': ['writable-layer'],
  'shared-memory-for-postgres': ['shared-memory'],
  'volumes-belong-to-the-group': CLAIMS,
};

/**
 * Returns the findings of each row of a pod: those about the values of the row, those that name its path, its volume or
 * its kind of storage, and those of the other objects behind it.
 */
export function findingsOfRows(pod: Pod, drafts: readonly Draft[], findings: Findings): Map<Draft, Finding[]> {
  const assigned = new Map(drafts.map(draft => [draft, [] as Finding[]]));
  for (const finding of findings.get(pod.object) ?? []) {
    draftsOf(finding, pod, drafts).forEach(draft => assigned.get(draft)!.push(finding));
  }
  for (const draft of drafts) {
    assigned.get(draft)!.push(...draft.objects.flatMap(object => findings.get(object) ?? []));
  }
  return assigned;
}

/** Returns the rows that a finding of the pod's own object concerns. */
function draftsOf(finding: Finding, pod: Pod, drafts: readonly Draft[]): readonly Draft[] {
  const anchored = drafts.filter(({ anchors }) => anchors.some(anchor => isBelow(finding.at, anchor)));
  if (anchored.length > 0) {
    return anchored;
  }
  const container = pod.containers.find(({ at }) => isBelow(finding.at, at));
  const candidates = container ? drafts.filter(({ row }) => row.container === container.name) : drafts;
  return [ofPath, ofVolume, ofKind].map(select => select(finding, candidates)).find(({ length }) => length > 0) ?? [];
}

/** Returns the rows of the innermost mounts around the paths that a message names. */
function ofPath({ message }: Finding, drafts: readonly Draft[]): Draft[] {
  return [...message.matchAll(/'(\/[^']*)'/g)].flatMap(([, path]) => {
    const around = drafts.filter(
      ({ row }) => !row.environment && row.kind !== 'image-layers' && isWithin(path, row.path),
    );
    const depth = Math.max(...around.map(({ row }) => row.path.length));
    return around.filter(({ row }) => row.path.length === depth);
  });
}

/** Returns the rows of the volumes that a message names. */
function ofVolume({ message }: Finding, drafts: readonly Draft[]): Draft[] {
  const names = [...message.matchAll(/\b(?:volume|emptyDir|claim template) '([^']+)'/gi)].map(([, name]) => name);
  return drafts.filter(({ row }) => row.volume !== undefined && names.includes(row.volume));
}

/** Returns the rows of the kinds of storage that a rule is about. */
function ofKind({ rule, message }: Finding, drafts: readonly Draft[]): Draft[] {
  const kinds = KINDS[rule.id as RuleId] ?? [];
  const isOther = rule.id === 'resource-limits' && !message.includes('ephemeral storage');
  return isOther ? [] : drafts.filter(({ row }) => kinds.includes(row.kind));
}
