import type { Construct } from 'constructs';
import { isIsolated } from '../pod/isolation';
import { networkPolicy } from '../pod/network-policy';
import type { PodExtensionContext } from '../pod/pod-extension';

/** Creates a policy that opens a destination, in addition to others. Pods whose traffic is not restricted need none. */
export function destinationPolicy(
  scope: Construct,
  { workloadName, namespace, labels, podLabels }: PodExtensionContext,
  egress: readonly object[],
): void {
  if (egress.length > 0 && isIsolated(scope, 'Egress')) {
    const name = `${workloadName}-to-backups`;
    networkPolicy(scope, 'Destination', { name, namespace, labels, podLabels }, () => ({ egress: [...egress] }));
  }
}
