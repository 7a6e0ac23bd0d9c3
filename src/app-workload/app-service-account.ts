import { Chart } from 'cdk8s';
import { IServiceAccount, ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { fail } from '../checks/fail';
import type { ControlledPods } from '../pod/controlled-pods';

const ID = 'Account';

/** Returns the ServiceAccount of an app as a reference, which bindings of cdk8s-plus-28 accept. */
export function appServiceAccount(scope: Construct, { identity, accountName }: ControlledPods): IServiceAccount {
  const existing = scope.node.tryFindChild(ID) as IServiceAccount | undefined;
  if (existing) {
    return existing;
  }
  const namespaceName =
    identity.namespace ??
    Chart.of(scope).namespace ??
    // cdk8s-plus-28 would use the namespace 'default'
    fail(
      scope,
      "'serviceAccount' is used, but the namespace of the workload is not known, and a role binding must name it.",
      "Set 'namespace' of the chart, or 'metadata.namespace' of the workload.",
    );
  return ServiceAccount.fromServiceAccountName(scope, ID, accountName, { namespaceName });
}
