import type { Lifetime, MappedContainer, MappedWorkload, Row, StorageKind } from './model';
import { plural, sentence } from '../checks/message';

export const KIND: Readonly<Record<StorageKind, string>> = {
  'image-layers': 'image layers',
  'writable-layer': 'writable layer',
  'shared-memory': 'shared memory',
  'config-map': 'ConfigMap',
  'secret': 'Secret',
  'projected': 'projected',
  'downward-api': 'downward API',
  'service-account-token': 'ServiceAccount token',
  'empty-dir': 'emptyDir',
  'memory-empty-dir': 'emptyDir in memory',
  'claim-template': 'claim per replica',
  'claim': 'claim',
  'ephemeral-claim': 'ephemeral claim',
  'nfs': 'NFS',
  'csi': 'CSI volume',
  'host-path': 'hostPath',
  'image-volume': 'image volume',
  'anonymous-volume': 'volume of the image',
  'other': 'volume',
  'missing': 'missing volume',
};

export const LIFETIME: Readonly<Record<Lifetime, string>> = {
  'container': 'container',
  'pod': 'pod',
  'replica': 'replica',
  'stateful-set': 'StatefulSet',
  'node': 'node',
  'retained': 'retained',
  'independent': 'independent',
};

export const ROLE = { 'app': '', 'init': 'init container', 'native-sidecar': 'sidecar' } as const;

/** Returns the kind and the source of the storage: `ConfigMap api-config-1a2b3c`. */
export function describeStorage({ kind, source, subPath, environment, writable }: Row): string {
  if (kind === 'writable-layer' && !writable) {
    return 'no writable layer (read-only root filesystem)';
  }
  return [
    `${environment ? 'variables from ' : ''}${KIND[kind]}`,
    ...(source ? [source] : []),
    ...(subPath === undefined ? [] : [`subPath ${subPath}`]),
  ].join(' ');
}

/** Returns the containers, pods or workloads that share the storage. */
export function describeSharing(row: Row): string {
  if (!isShared(row)) {
    return 'not shared';
  }
  const { sharing, sharedWith, sharedWithMore, container } = row;
  switch (sharing) {
    case 'container':
    case 'pod':
      return `containers ${enumerate([container, ...sharedWith])}`;
    case 'replica':
      return 'one replica';
    case 'one-pod-at-a-time':
      return 'one pod at a time';
    case 'replicas-on-a-node':
      return 'replicas on a node';
    case 'replicas':
      return 'all replicas';
    case 'node':
      return 'pods on the node';
    case 'any-workload':
      return sharedWith.length === 0 ? 'any workload' : `all replicas, ${enumerate(sharedWith, sharedWithMore)}`;
  }
}

/** Returns whether more than one container sees the files. */
export function isShared({ sharing, sharedWith }: Row): boolean {
  return sharing !== 'container' && (sharing !== 'pod' || sharedWith.length > 0);
}

/** Returns the containers that can write. */
export function describeWriters({ writers, kind, sharing }: Row): string {
  if (writers.length > 0) {
    return enumerate(writers);
  }
  return kind === 'host-path' || (sharing === 'any-workload' && kind !== 'claim') ? 'other pods' : 'none';
}

/** The number of names that a description contains. */
const MAX_NAMES = 12;

/** Joins names, and counts those that are too many to read, and further ones. */
function enumerate(names: readonly string[], further = 0): string {
  const others = names.length + further - MAX_NAMES;
  return others > 1 ? `${names.slice(0, MAX_NAMES).join(', ')} and ${others} others` : names.join(', ');
}

/** Returns further facts, each a sentence. */
export function describeNotes(row: Row): string[] {
  return [...row.notes, ...describeRollout(row), ...describeOverlaps(row)];
}

function describeRollout({ rollout, kind }: Row): string[] {
  if (rollout === undefined || kind === 'image-layers') {
    return [];
  }
  const effect = rollout.rolls ? 'rolls out new pods' : 'does not roll out new pods';
  return [sentence(`A change ${effect}: ${rollout.reason}`)];
}

/** Returns how the mount hides files of other mounts, and how they hide its files. */
export function describeOverlaps({ outerMount, nestedMounts }: Row): string[] {
  return [
    ...(outerMount === undefined ? [] : [`Hides the files that the mount ${outerMount} has at this path.`]),
    ...(nestedMounts.length === 0 ? [] : [`Files below ${nestedMounts.join(', ')} are hidden by other mounts.`]),
  ];
}

/** The columns of every table. */
export const COLUMNS: readonly { readonly title: string; readonly valueOf: (row: Row) => string }[] = [
  { title: 'path', valueOf: ({ path }) => path },
  { title: 'storage', valueOf: describeStorage },
  { title: 'shared by', valueOf: describeSharing },
  { title: 'lifetime', valueOf: ({ lifetime }) => LIFETIME[lifetime] },
  { title: 'writers', valueOf: describeWriters },
  { title: 'limit', valueOf: ({ sizeLimit = '' }) => sizeLimit },
  { title: 'rollout', valueOf: ({ rollout }) => (rollout === undefined ? '' : rollout.rolls ? 'yes' : 'no') },
];

/** Returns the pods of a workload and the schedule of its runs: `1 pod per run, schedule 0 2 * * *`. */
export function describeReplicas(workload: MappedWorkload): string {
  return [describePods(workload), ...describeSchedule(workload)].join(', ');
}

/** Returns the number of pods of a workload. */
export function describePods({ kind, replicas, minReplicas }: MappedWorkload): string {
  if (replicas === undefined) {
    return '1 pod per node';
  }
  if (minReplicas !== undefined) {
    return `${minReplicas} to ${plural(replicas, 'replica')}`;
  }
  switch (kind) {
    case 'Pod':
    case 'Job':
      return plural(replicas, 'pod');
    case 'CronJob':
      return `${plural(replicas, 'pod')} per run`;
    default:
      return plural(replicas, 'replica');
  }
}

/** Returns the schedule of a CronJob; empty for other workloads. */
export function describeSchedule({ schedule }: MappedWorkload): string[] {
  if (schedule === undefined) {
    return [];
  }
  const { cron, timeZone, suspended } = schedule;
  return [`schedule ${cron}${timeZone === undefined ? '' : ` (${timeZone})`}`, ...(suspended ? ['suspended'] : [])];
}

export function titleOf({ kind, name, namespace }: MappedWorkload): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name || '(no name)'}`;
}

export function describeContainer({ name, role }: MappedContainer): string {
  return ROLE[role] ? `${name} (${ROLE[role]})` : name;
}

/** Returns the file and line, or the construct path, that define a workload; empty if neither is known. */
export function originOf({ place, constructPath }: MappedWorkload): string {
  return place ? `${place.file}:${place.line}` : (constructPath ?? '');
}

/** Returns the findings that are not waived. */
export function openFindings({ findings }: Row): Row['findings'] {
  return findings.filter(({ reason }) => reason === undefined);
}

/** Returns a finding in one line: `warning pinned-image: Container 'app' uses the tag 'latest'.` */
export function describeFinding({ rule, severity, message }: Row['findings'][number]): string {
  return `${severity} ${rule.id}: ${sentence(message)}`;
}

/** A finding, and the paths that it concerns. */
export interface LocatedFinding {
  readonly finding: Row['findings'][number];
  readonly paths: readonly string[];
}

/** Returns each finding of a workload once, with all paths that it concerns. */
export function findingsOf({ rows }: MappedWorkload): LocatedFinding[] {
  const located = new Map<string, { finding: Row['findings'][number]; paths: Set<string> }>();
  for (const row of rows) {
    for (const finding of openFindings(row)) {
      const key = `${finding.rule.id} ${finding.message}`;
      located.set(key, located.get(key) ?? { finding, paths: new Set() });
      located.get(key)!.paths.add(row.path);
    }
  }
  return [...located.values()].map(({ finding, paths }) => ({ finding, paths: [...paths] }));
}
