import type { Lifetime, MappedWorkload, Row } from '../model';
import { describeLimit, describeSharing, LIFETIME, openFindings, WHAT } from '../words';

/** How long what a lane shows lives, from the top of the picture to its bottom. */
export const ZONES = ['container', 'pod', 'node', 'beyond'] as const;
export type Zone = (typeof ZONES)[number];

/** From where to where a bar reaches: one for each container, for each pod, or one for all pods. */
export type Reach = 'container' | 'pod' | 'all';

/** One thing that containers have at a path: a layer, a volume, variables of one object. */
export interface Lane {
  readonly zone: Zone;
  readonly reach: Reach;
  readonly tone: 'container' | 'pod' | 'node' | 'replica' | 'outside';
  readonly shape: 'layers' | 'bar' | 'disk';
  /** The paths, each once. */
  readonly paths: readonly string[];
  readonly kind: string;
  /** The name of what is there; empty where the kind says it all. */
  readonly name: string;
  /** What else there is to say of it, in few words. */
  readonly facts: readonly string[];
  /** What ends it, where the zone leaves that open. */
  readonly end?: string;
  readonly sharedBy: string;
  readonly rows: readonly Row[];
  readonly hasFindings: boolean;
}

export const ZONE_TITLE: Readonly<Record<Zone, string>> = {
  container: 'gone when the container restarts',
  pod: 'gone with the pod',
  node: 'kept by the node',
  beyond: 'outlives the pods',
};

/** The lanes of a workload, those of the shortest life first. */
export function lanesOf({ rows }: MappedWorkload): Lane[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const lanes = [...groups.values()].map(laneOf);
  return ZONES.flatMap(zone => lanes.filter(lane => lane.zone === zone).sort((a, b) => order(a) - order(b)));
}

function keyOf({ what, volume, subPath, source, environment, path }: Row): string {
  return JSON.stringify(
    what === 'writable-layer'
      ? [what]
      : what === 'image-layers' || environment
        ? [what, source]
        : [what, volume ?? path, subPath],
  );
}

function laneOf(rows: readonly Row[]): Lane {
  const [first] = rows;
  const { what, lifetime, sharing } = first;
  const zone = zoneOf(lifetime);
  return {
    zone,
    reach: sharing === 'container' ? 'container' : sharing === 'pod' || sharing === 'replica' ? 'pod' : 'all',
    tone:
      lifetime === 'stateful-set' || lifetime === 'beyond-stateful-set' || lifetime === 'replica'
        ? 'replica'
        : lifetime,
    shape:
      what === 'image-layers' || what === 'image-volume'
        ? 'layers'
        : ['claim', 'claim-template', 'ephemeral-claim', 'host-path', 'other'].includes(what)
          ? 'disk'
          : 'bar',
    paths:
      what === 'writable-layer'
        ? ['writable layer']
        : what === 'image-layers'
          ? [first.source || '(no image)']
          : [...new Set(rows.map(({ path }) => path))],
    ...describe(rows, zone),
    sharedBy: shortSharing(first),
    rows,
    hasFindings: rows.some(row => openFindings(row).length > 0),
  };
}

function describe(rows: readonly Row[], zone: Zone): Pick<Lane, 'kind' | 'name' | 'facts' | 'end'> {
  const [row] = rows;
  const { what, source, subPath, environment, lifetime } = row;
  if (what === 'writable-layer') {
    return {
      kind: rows.some(({ writable }) => writable)
        ? 'what each container changes in its image'
        : 'none: read-only root file systems',
      name: '',
      facts: [],
    };
  }
  const limit = describeLimit(row);
  return {
    kind:
      what === 'image-layers' ? 'image layers, read-only' : environment ? `variables from ${WHAT[what]}` : WHAT[what],
    name: what === 'image-layers' || what === 'claim-template' ? '' : source,
    facts: [
      ...(subPath === undefined ? [] : [`folder ${subPath}`]),
      ...(limit === 'none' ? ['no limit'] : limit && limit !== 'unknown' ? [limit] : []),
    ],
    end:
      zone !== 'beyond' || lifetime === 'outside'
        ? undefined
        : lifetime === 'beyond-stateful-set'
          ? 'beyond the StatefulSet'
          : `until the ${LIFETIME[lifetime]} goes`,
  };
}

function zoneOf(lifetime: Lifetime): Zone {
  return lifetime === 'container' || lifetime === 'pod' || lifetime === 'node' ? lifetime : 'beyond';
}

function shortSharing(row: Row): string {
  return row.sharing === 'pod' && row.sharedWith.length > 0
    ? 'one pod'
    : row.sharing === 'everybody'
      ? 'everybody'
      : describeSharing(row);
}

/** Claims before what is only read, what the app reads from its environment last. */
function order({ tone, shape, rows: [row] }: Lane): number {
  return row.what === 'shared-memory' || row.what === 'service-account-token'
    ? 3
    : row.environment
      ? 2
      : tone === 'replica' || shape === 'disk'
        ? 0
        : 1;
}
