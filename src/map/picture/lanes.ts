import { groupBy } from '../../checks/groups';
import type { Lifetime, MappedWorkload, Row, StorageKind } from '../model';
import { describeSharing, isShared, KIND, openFindings } from '../words';

/** The zones of the picture from top to bottom, which is from the shortest life to the longest. */
export const ZONES = ['container', 'pod', 'node', 'beyond'] as const;
export type Zone = (typeof ZONES)[number];

export const ZONE_TITLE: Readonly<Record<Zone, string>> = {
  container: 'Lost on container restart',
  pod: 'Deleted with the pod',
  node: 'Kept on the node',
  beyond: 'Outlives the pods',
};

/** The extent of the bars of a lane: one bar for each container, one for each pod, or one for all pods. */
export type Reach = 'container' | 'pod' | 'all';

/** A layer, a volume, or the variables from one object, with the paths at which containers use it. */
export interface Lane {
  readonly zone: Zone;
  readonly reach: Reach;
  readonly tone: 'container' | 'pod' | 'node' | 'replica' | 'outside';
  readonly shape: 'layers' | 'bar' | 'disk';
  /** The distinct paths. */
  readonly paths: readonly string[];
  readonly kind: string;
  /** The name of the storage; empty if the kind identifies it. */
  readonly name: string;
  /** Further facts in a few words. */
  readonly facts: readonly string[];
  /** The event that ends the life of the storage, if the zone does not tell. */
  readonly end?: string;
  readonly sharedBy: string;
  readonly rows: readonly Row[];
  readonly hasFindings: boolean;
}

/** Returns the lanes of a workload, those with the shortest life first. */
export function lanesOf({ rows }: MappedWorkload): Lane[] {
  const lanes = [...groupBy(rows, keyOf).values()].map(laneOf);
  return ZONES.flatMap(zone =>
    lanes.filter(lane => lane.zone === zone).sort((first, second) => rankOf(first) - rankOf(second)),
  );
}

/** Returns the same key for rows that show the same storage. */
function keyOf({ kind, volume, subPath, source, environment, path }: Row): string {
  if (kind === 'writable-layer') {
    return kind;
  }
  return JSON.stringify(kind === 'image-layers' || environment ? [kind, source] : [kind, volume ?? path, subPath]);
}

function laneOf(rows: readonly Row[]): Lane {
  const [row] = rows;
  return {
    zone: ZONE[row.lifetime],
    reach: reachOf(row),
    tone: TONE[row.lifetime],
    shape: shapeOf(row.kind),
    paths: pathsOf(rows),
    kind: kindOf(rows),
    name: ['writable-layer', 'image-layers', 'claim-template', 'ephemeral-claim'].includes(row.kind) ? '' : row.source,
    facts: factsOf(row),
    end: END[row.lifetime],
    sharedBy: shortSharing(row),
    rows,
    hasFindings: rows.some(candidate => openFindings(candidate).length > 0),
  };
}

const ZONE: Readonly<Record<Lifetime, Zone>> = {
  'container': 'container',
  'pod': 'pod',
  'node': 'node',
  'replica': 'beyond',
  'stateful-set': 'beyond',
  'retained': 'beyond',
  'independent': 'beyond',
};

const TONE: Readonly<Record<Lifetime, Lane['tone']>> = {
  'container': 'container',
  'pod': 'pod',
  'node': 'node',
  'replica': 'replica',
  'stateful-set': 'replica',
  'retained': 'replica',
  'independent': 'outside',
};

const END: Readonly<Partial<Record<Lifetime, string>>> = {
  'replica': 'deleted on scale-down',
  'stateful-set': 'deleted with the StatefulSet',
  'retained': 'retained',
};

function reachOf({ sharing }: Row): Reach {
  if (sharing === 'container' || sharing === 'pod') {
    return sharing;
  }
  return sharing === 'replica' ? 'pod' : 'all';
}

const DISKS: readonly StorageKind[] = ['claim', 'claim-template', 'ephemeral-claim', 'nfs', 'host-path', 'other'];

function shapeOf(kind: StorageKind): Lane['shape'] {
  if (kind === 'image-layers' || kind === 'image-volume') {
    return 'layers';
  }
  return DISKS.includes(kind) ? 'disk' : 'bar';
}

function pathsOf(rows: readonly Row[]): string[] {
  const [{ kind, source }] = rows;
  if (kind === 'writable-layer') {
    return ['writable layer'];
  }
  return kind === 'image-layers' ? [source || '(no image)'] : [...new Set(rows.map(({ path }) => path))];
}

function kindOf(rows: readonly Row[]): string {
  const [{ kind, environment }] = rows;
  if (kind === 'writable-layer') {
    return rows.some(({ writable }) => writable) ? 'changes to files of the image' : 'none: read-only root filesystem';
  }
  if (kind === 'image-layers') {
    return 'image layers, read-only';
  }
  return environment ? `variables from ${KIND[kind]}` : KIND[kind];
}

function factsOf({ kind, path, subPath, sizeLimit }: Row): string[] {
  if (kind === 'writable-layer') {
    return [];
  }
  return [
    ...(subPath === undefined || path.endsWith(`/${subPath}`) ? [] : [`subPath ${subPath}`]),
    ...(sizeLimit === undefined || sizeLimit === 'unknown' ? [] : [sizeLimit === 'none' ? 'no limit' : sizeLimit]),
  ];
}

/** Returns how the storage is shared, without names of containers and workloads. */
function shortSharing(row: Row): string {
  if (row.sharing === 'any-workload') {
    return 'any workload';
  }
  return row.sharing === 'pod' && isShared(row) ? 'one pod' : describeSharing(row);
}

/** Ranks writable and persistent storage first, and default mounts last. */
function rankOf({ tone, shape, rows: [{ kind, environment }] }: Lane): number {
  if (kind === 'shared-memory' || kind === 'service-account-token') {
    return 3;
  }
  if (environment) {
    return 2;
  }
  return tone === 'replica' || shape === 'disk' ? 0 : 1;
}
