import type { Construct } from 'constructs';
import type { StatefulDatabaseProps } from './stateful-database-props';
import { fail } from '../../checks/fail';
import { checkReason } from '../../checks/reason';
import { checkInteger } from '../../checks/values';

/** Returns the number of replicas. More than one needs a volume for each, and a reason for different data. */
export function checkReplicas(
  scope: Construct,
  { replicas = 1, independentReplicas, storage }: StatefulDatabaseProps,
): number {
  checkInteger(scope, "'replicas'", replicas, 0, 1000);
  if (replicas > 1 && storage._claimName !== undefined) {
    fail(
      scope,
      `'replicas' is ${replicas}, but all replicas would write to the claim '${storage._claimName}' and destroy ` +
        'the data.',
      "Set it to 1, or use 'DatabaseStorage.provisioned'.",
    );
  }
  if (replicas > 1 && independentReplicas === undefined) {
    fail(
      scope,
      `'replicas' is ${replicas}, but replicas are not copies of each other: each has a volume with different data.`,
      "Set it to 1, or explain in 'independentReplicas' why you need different data.",
    );
  }
  if (independentReplicas !== undefined) {
    checkReason(scope, "'independentReplicas'", independentReplicas);
  }
  return replicas;
}
