import type { MappedWorkload, Model, Row } from './model';
import { Draft, rowsOf } from './rows';
import { Volumes } from './volumes';
import { Inventory } from '../inspect/inventory';
import { isBelow } from '../inspect/json';
import type { ManifestObject, Manifests } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';
import { RULES } from '../safety/rules';
import { audit, Finding } from '../safety/run';

/**
 * Maps the pods among objects that are looked at together.
 *
 * @param drawn which objects to map, for the others are only looked at
 */
export function mapStorage(
  { objects, problems }: Manifests,
  drawn: (object: ManifestObject) => boolean = () => true,
): Model {
  const inventory = new Inventory(objects);
  const { pods } = inventory;
  const volumes = new Volumes(inventory, pods);
  const findings = new Map<ManifestObject, Finding[]>();
  for (const finding of audit(inventory, { rules: RULES }).findings) {
    findings.set(finding.object, [...(findings.get(finding.object) ?? []), finding]);
  }
  return {
    workloads: pods
      .filter(({ object }) => drawn(object))
      .map(pod => mapPod(pod, rowsOf(pod, inventory, volumes), findings)),
    problems,
  };
}

type Findings = ReadonlyMap<ManifestObject, readonly Finding[]>;

function mapPod({ object, replicas, containers }: Pod, drafts: readonly Draft[], findings: Findings): MappedWorkload {
  const own = findings.get(object) ?? [];
  return {
    kind: object.kind,
    name: object.name,
    namespace: object.namespace,
    replicas,
    constructPath: object.source.constructPath,
    place: object.source.locate([]),
    containers: containers.map(({ name, role, image }) => ({ name, role, image })),
    rows: drafts.map(({ row, anchors, objects }): Row => ({
      ...row,
      findings: [
        ...own.filter(finding => anchors.some(anchor => isBelow(finding.at, anchor))),
        ...objects.flatMap(other => findings.get(other) ?? []),
      ],
    })),
  };
}
