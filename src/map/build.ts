import type { Draft } from './draft';
import type { MappedWorkload, Model, Schedule } from './model';
import { rowsOf } from './rows';
import { Volumes } from './volumes';
import { Inventory } from '../inspect/inventory';
import { at, isBelow, number, record, text } from '../inspect/json';
import type { ManifestObject, Manifests } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';
import { RULES } from '../safety/rules';
import { audit, Finding } from '../safety/run';

/**
 * Maps the storage of all pods among the manifests.
 *
 * @param included the objects whose pods are mapped; the others are only read, for example as users of a shared claim
 */
export function mapStorage(
  { objects, problems }: Manifests,
  included: (object: ManifestObject) => boolean = () => true,
): Model {
  const inventory = new Inventory(objects);
  const volumes = new Volumes(inventory);
  const findings = findingsByObject(inventory);
  return {
    workloads: inventory.pods
      .filter(({ object }) => included(object))
      .map(pod => mapPod(pod, rowsOf(pod, inventory, volumes), findings)),
    problems,
  };
}

type Findings = ReadonlyMap<ManifestObject, readonly Finding[]>;

function findingsByObject(inventory: Inventory): Findings {
  const findings = new Map<ManifestObject, Finding[]>();
  for (const finding of audit(inventory, { rules: RULES }).findings) {
    findings.set(finding.object, [...(findings.get(finding.object) ?? []), finding]);
  }
  return findings;
}

function mapPod({ object, replicas, containers }: Pod, drafts: readonly Draft[], findings: Findings): MappedWorkload {
  return {
    kind: object.kind,
    name: object.name,
    namespace: object.namespace,
    replicas,
    startOrdinal: number(at(object.content, 'spec', 'ordinals', 'start')) || undefined,
    schedule: scheduleOf(object),
    constructPath: object.source.constructPath,
    place: object.source.locate([]),
    containers: containers.map(({ name, role, image }) => ({ name, role, image })),
    rows: drafts.map(draft => ({ ...draft.row, findings: findingsOf(draft, object, findings) })),
  };
}

function scheduleOf({ kind, content }: ManifestObject): Schedule | undefined {
  const { schedule, timeZone, suspend } = record(content.spec);
  return kind === 'CronJob'
    ? { cron: text(schedule) ?? '', timeZone: text(timeZone), suspended: suspend === true }
    : undefined;
}

/** Returns the findings about the values of a row in the pod's own object, and those about its other objects. */
function findingsOf({ anchors, objects }: Draft, podObject: ManifestObject, findings: Findings): Finding[] {
  const podFindings = findings.get(podObject) ?? [];
  return [
    ...podFindings.filter(({ at: path }) => anchors.some(anchor => isBelow(path, anchor))),
    ...objects.flatMap(object => findings.get(object) ?? []),
  ];
}
