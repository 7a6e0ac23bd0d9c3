import { Inventory } from '../../src/inspect/inventory';
import type { Container, Pod } from '../../src/inspect/pods';
import { readYaml } from '../../src/inspect/read-yaml';
import { PodOptions, podOfKind } from '../safety/rules/fixtures';

/** Returns a pod, its container `app`, and the inventory of the pod and other documents. */
export function podWith(
  options: PodOptions,
  ...documents: readonly string[]
): { pod: Pod; container: Container; inventory: Inventory } {
  const yaml = [podOfKind('Deployment', options), ...documents].join('---\n');
  const inventory = new Inventory(readYaml(yaml, 'app.yaml').objects);
  const [pod] = inventory.pods;
  return { pod, container: pod.containers[0], inventory };
}
