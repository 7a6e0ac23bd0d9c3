import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Identity } from './identity';
import { ReadableApiObject } from '../objects/readable-api-object';

/**
 * What is let in and out, as in a manifest. A direction that is not named stays as other policies leave it; an empty
 * one is closed.
 */
export interface PolicyRules {
  readonly ingress?: any[];
  readonly egress?: any[];
}

/** TCP ports of a rule. */
export function tcp(...ports: number[]) {
  return ports.map(port => ({ port, protocol: 'TCP' }));
}

/**
 * Defines a policy for the pods of one workload. Policies only add to each other, but the first one for a direction
 * closes
 * it: so whoever waives policies must get none at all.
 *
 * @param rules asked at synthesis
 */
export function networkPolicy(
  scope: Construct,
  id: string,
  { name, namespace, labels, podLabels }: Identity,
  rules: () => PolicyRules,
): void {
  new ReadableApiObject(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels },
    spec: Lazy.any({
      produce: () => {
        const { ingress, egress } = rules();
        return {
          podSelector: { matchLabels: podLabels },
          policyTypes: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
          ingress: ingress?.length ? ingress : undefined,
          egress: egress?.length ? egress : undefined,
        };
      },
    }),
  });
}
