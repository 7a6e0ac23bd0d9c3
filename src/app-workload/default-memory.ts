import type { ContainerResources } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { warn } from '../checks/fail';
import { quantity } from '../checks/values';
import { MEMORY } from '../pod/default-resources';

/** The workloads of each app that set no memory. */
const WORKLOADS = new WeakMap<IConstruct, IConstruct[]>();

/** Records a workload without its own memory limit. The app says once, at synthesis, which workloads these are. */
export function noteDefaultMemory(workload: IConstruct, resources: ContainerResources = {}): void {
  if (resources.memory !== undefined) {
    return;
  }
  const { root } = workload.node;
  const workloads = WORKLOADS.get(root);
  if (workloads) {
    workloads.push(workload);
    return;
  }
  WORKLOADS.set(root, [workload]);
  let isSaid = false;
  root.node.addValidation({
    validate: () => {
      if (!isSaid) {
        isSaid = true;
        sayDefault(WORKLOADS.get(root)!);
      }
      return [];
    },
  });
}

function sayDefault(workloads: readonly IConstruct[]): void {
  const [first, ...others] = workloads;
  const more =
    others.length === 0 ? 'has' : `and ${others.length} other workload${others.length === 1 ? '' : 's'} have`;
  warn(
    first,
    `The workload ${more} no memory limit, so the default of ${quantity(MEMORY.app)} applies.`,
    "Set 'resources.memory.limit' to what the app needs, or a default with 'WorkloadDefaults.of(scope).set(...)'.",
  );
}
