import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import { KubernetesVersion } from '../kubernetes-version';

/** Refuses a prop or a volume that the minimum cluster version does not support. */
export function checkMinimum(scope: IConstruct, subject: string, since: KubernetesVersion): void {
  const minimum = KubernetesVersion.minimumOf(scope);
  if (!minimum.isAtLeast(since)) {
    fail(
      scope,
      `${subject} requires Kubernetes ${since.toString()}, but the minimum cluster version is ${minimum.toString()}.`,
      `Raise it with 'KubernetesVersion.setMinimum(app, KubernetesVersion.V1_${since.minor})'.`,
    );
  }
}
