import type { ContainerResources, CpuResources } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import { checkProps, OPTIONAL, PropTable } from '../checks/props';
import { checkInstance, shown } from '../checks/value-types';
import { checkSize } from '../checks/values';

const RESOURCES: PropTable<ContainerResources> = { cpu: OPTIONAL, memory: OPTIONAL, ephemeralStorage: OPTIONAL };
const BOUNDS: PropTable<CpuResources> = { request: OPTIONAL, limit: OPTIONAL };

const CPU = { type: 'an amount of CPU', member: 'amount', example: 'Cpu.millis(500)' };
const SIZE_EXAMPLE = 'Size.mebibytes(512)';

/** Refuses requests and limits that the API server rejects, or that would be ignored. */
export function checkResources(scope: IConstruct, container: string, resources: ContainerResources | undefined): void {
  if (!resources) {
    return;
  }
  checkProps(scope, resources, RESOURCES, `'resources' of container '${container}'`);
  const { cpu, memory, ephemeralStorage } = resources;
  for (const [resource, bounds] of Object.entries({ cpu, memory, ephemeralStorage })) {
    const subject = `'resources.${resource}' of container '${container}'`;
    if (!bounds) {
      continue;
    }
    if (!isStruct(bounds)) {
      fail(
        scope,
        `${subject} is ${typeof bounds === 'object' ? 'an amount' : shown(bounds)}, which has no request or limit.`,
        `Set a limit, for example '${resource}: { limit: ${resource === 'cpu' ? CPU.example : SIZE_EXAMPLE} }'.`,
      );
    }
    checkProps(scope, bounds, BOUNDS as PropTable<object>, subject);
  }
  for (const bound of ['request', 'limit'] as const) {
    checkInstance(scope, `'resources.cpu.${bound}' of container '${container}'`, cpu?.[bound], CPU);
    for (const [resource, bounds] of Object.entries({ memory, ephemeralStorage })) {
      const size = bounds?.[bound];
      if (size) {
        checkSize(scope, `'resources.${resource}.${bound}' of container '${container}'`, size);
      }
    }
  }
}

/** Whether a value is a struct and not an amount, such as a Size. */
function isStruct(value: unknown): boolean {
  const prototype = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === null || (prototype !== undefined && Object.getPrototypeOf(prototype) === null);
}
