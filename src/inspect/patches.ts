import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Counts the JSON patches of the objects below a construct; `Infinity` if cdk8s does not expose them. */
export function countPatches(scope: IConstruct): number {
  const objects = scope.node.findAll().filter(construct => ApiObject.isApiObject(construct)) as unknown as {
    patches?: unknown[];
  }[];
  return objects.reduce((sum, { patches }) => sum + (patches?.length ?? Infinity), 0);
}
