import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isExclusive } from './volumes/claim';
import type { PodVolume } from './volumes/pod-volume';
import { fail } from '../checks/fail';
import { append } from '../checks/groups';
import { checkReason } from '../checks/reason';
import type { ControllerDefinition, ControllerKind } from '../controllers/controller-definition';
import { isWaived, recordWaivers, Waiver, waiverAnnotations } from '../safety/waiver';

/**
 * Refuses volumes that the pods of a controller cannot mount: pods on other nodes would never start, or two pods would
 * write to the same files.
 *
 * @param replicas the number that the user sets
 */
export function checkControllerVolumes(
  scope: IConstruct,
  controller: ControllerDefinition,
  volumes: readonly PodVolume[],
  replicas: number | undefined,
): void {
  for (const volume of volumes) {
    if (volume._facts.claim?.kind === 'replica' && !controller.hasClaimTemplates) {
      fail(
        scope,
        `Volume '${volume.name}' has a claim for each replica, which only a StatefulSet has.`,
        "Set 'controller: Controller.statefulSet()', or use 'PodVolume.newClaim' or 'PodVolume.sharedClaim'.",
      );
    }
    if (isExclusive(volume._facts) && !isWaived(scope, 'claim-has-one-writer')) {
      checkSinglePod(scope, controller, volume.name, replicas);
    }
  }
}

/** Records the waivers that follow from volumes, unless the workload has its own for the same rule. */
export function waiveVolumes(
  scope: IConstruct,
  object: ApiObject,
  volumes: readonly PodVolume[],
  waivers: readonly Waiver[] = [],
): void {
  const implied = impliedWaivers(scope, volumes).filter(({ rule }) => !waivers.some(waiver => waiver.rule === rule));
  if (implied.length > 0) {
    recordWaivers(scope, [...waivers, ...implied]);
    Object.entries(waiverAnnotations(implied)).forEach(([key, reason]) => object.metadata.addAnnotation(key, reason));
  }
}

/** Returns the waivers that follow from volumes, one for each rule, with the reasons of all volumes. */
function impliedWaivers(scope: IConstruct, volumes: readonly PodVolume[]): Waiver[] {
  const reasons = new Map<string, string[]>();
  for (const { name, _facts } of volumes) {
    for (const { rule, reason } of _facts.waivers ?? []) {
      checkReason(scope, `volume '${name}'`, reason);
      append(reasons, rule, reason.trim());
    }
  }
  return [...reasons].map(([rule, all]) => Waiver.of(rule, [...new Set(all)].join('; ')));
}

function checkSinglePod(
  scope: IConstruct,
  controller: ControllerDefinition,
  volume: string,
  replicas: number | undefined,
): void {
  const claim = `only one node can mount the claim of volume '${volume}'`;
  const share = `use 'PodVolume.sharedClaim', or set the 'accessMode' of an existing claim`;
  const surge = isWaived(scope, 'rollout-releases-claim') ? undefined : controller.surgeOption?.();
  if (controller.hasReplicas && replicas !== undefined && replicas > 1) {
    fail(
      scope,
      `'replicas' is ${replicas}, but ${claim}.`,
      `Omit 'replicas', ${share}, or use 'PodVolume.claimPerReplica' with 'Controller.statefulSet()'.`,
    );
  }
  if (surge !== undefined) {
    fail(
      scope,
      `An update with '${surge}' starts a new pod before it stops the old one, but ${claim}.`,
      `Omit '${surge}', or ${share}.`,
    );
  }
  if (controller.maxPods !== undefined && controller.maxPods > 1) {
    const reduce = controller.runsToCompletion ? ', or run one pod at a time' : '';
    fail(scope, `${POD_COUNT[controller.kind]}, but ${claim}.`, `${capitalized(share)}${reduce}.`);
  }
}

const POD_COUNT: Partial<Record<ControllerKind, string>> = {
  DaemonSet: 'A DaemonSet runs a pod on each node',
  Job: "'parallelism' is above 1",
  CronJob: "'parallelism' is above 1 or 'concurrencyPolicy' is 'Allow'",
};

function capitalized(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}`;
}
