import type { Draft } from './draft';
import { Findings, findingsOfRows } from './findings';
import type { MappedWorkload, Model, Schedule } from './model';
import { rowsOf } from './rows';
import { Volumes } from './volumes';
import { groupBy } from '../checks/groups';
import { replicaBounds } from '../inspect/cluster';
import { Inventory } from '../inspect/inventory';
import { at, wholeNumber, record, text } from '../inspect/json';
import type { ManifestObject, ManifestProblem, Manifests } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';
import { INTERNAL_ERROR, toFailure } from '../safety/internal-error';
import type { Problem } from '../safety/rule';
import { RULES } from '../safety/rules';
import { audit, AuditOptions } from '../safety/run';

export interface MapOptions {
  /** The objects whose pods are mapped; all if omitted. The others are only read, for example as users of a claim. */
  readonly included?: (object: ManifestObject) => boolean;
  /** The rules whose findings the map shows, and their waivers; all built-in rules if omitted. */
  readonly audit?: AuditOptions;
}

/** Maps the storage of the pods among the manifests. */
export function mapStorage(
  { objects, problems }: Manifests,
  { included = () => true, audit: auditOptions = { rules: RULES } }: MapOptions = {},
): Model {
  const inventory = new Inventory(objects);
  const volumes = new Volumes(inventory);
  const findings = groupBy(audit(inventory, auditOptions).findings, ({ object }) => object);
  const failures: Problem[] = [...findings.values()].flat().filter(({ rule }) => rule === INTERNAL_ERROR);
  const workloads = inventory.pods
    .filter(({ object }) => included(object))
    .flatMap(pod => {
      try {
        return [mapPod(pod, inventory, rowsOf(pod, inventory, volumes), findings)];
      } catch (error) {
        failures.push(toFailure(pod.object, 'the storage map', error));
        return [];
      }
    });
  return { workloads, problems: [...problems, ...failures.map(toProblem)] };
}

function toProblem({ object: { source }, message }: Problem): ManifestProblem {
  return { file: source.constructPath ?? '', line: 1, column: 1, ...source.locate([]), message };
}

function mapPod(pod: Pod, inventory: Inventory, drafts: readonly Draft[], findings: Findings): MappedWorkload {
  const { object, containers } = pod;
  const findingsOf = findingsOfRows(pod, drafts, findings);
  return {
    kind: object.kind,
    name: object.name,
    namespace: object.namespace,
    ...replicasOf(pod, inventory),
    startOrdinal: wholeNumber(at(object.content, 'spec', 'ordinals', 'start')) || undefined,
    schedule: scheduleOf(object),
    constructPath: object.source.constructPath,
    place: object.source.locate([]),
    containers: containers.map(({ name, role, image }) => ({ name, role, image })),
    rows: drafts.map(draft => ({ ...draft.row, findings: findingsOf.get(draft)! })),
  };
}

/** Returns the number of pods at once, which an autoscaler varies. */
function replicasOf(pod: Pod, inventory: Inventory): Pick<MappedWorkload, 'replicas' | 'minReplicas'> {
  if (pod.replicas === undefined || !inventory.autoscalerOf(pod.object)) {
    return { replicas: pod.replicas };
  }
  const { min, max } = replicaBounds(pod, inventory);
  return { replicas: max, minReplicas: min };
}

function scheduleOf({ kind, content }: ManifestObject): Schedule | undefined {
  const { schedule, timeZone, suspend } = record(content.spec);
  return kind === 'CronJob'
    ? { cron: text(schedule) ?? '', timeZone: text(timeZone), suspended: suspend === true }
    : undefined;
}
