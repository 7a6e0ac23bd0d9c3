import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Identity } from './identity';
import { ReadableApiObject } from '../objects/readable-api-object';

/** Rules as in a manifest. Other policies still apply to an omitted direction; an empty one allows no traffic. */
export interface PolicyRules {
  readonly ingress?: any[];
  readonly egress?: any[];
}

/** A port as in a rule. */
export interface PolicyPort {
  readonly port: number;
  readonly protocol: string;
}

/** Returns TCP ports as in a rule. */
export function tcp(...ports: number[]): PolicyPort[] {
  return ports.map(port => ({ port, protocol: 'TCP' }));
}

/**
 * Defines a NetworkPolicy for the pods of one workload.
 *
 * Policies only add rules, but the first policy for a direction denies all other traffic in that direction. Therefore a
 * workload that waives network policies must have none.
 *
 * @param rules returns the rules; called at synthesis
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
