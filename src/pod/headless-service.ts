import type { Construct } from 'constructs';
import type { Identity } from './identity';
import { checkServiceName } from '../checks/values';
import { ReadableApiObject } from '../objects/readable-api-object';

/** The label that distinguishes the headless Service from the Service for clients. */
export const HEADLESS = { 'app.kubernetes.io/component': 'headless' };

/** Defines a Service for the pods of a workload. */
export function podService(
  scope: Construct,
  id: string,
  { name, namespace, labels, podLabels }: Identity,
  spec: object,
): void {
  new ReadableApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: checkServiceName(scope, name), namespace, labels },
    spec: { selector: podLabels, ...spec },
  });
}

/** Defines the headless Service that gives each replica of a StatefulSet a name, before it is ready too. */
export function headlessService(
  scope: Construct,
  identity: Identity,
  name: string,
  ports: readonly { readonly name: string; readonly port: number }[],
): void {
  podService(
    scope,
    'Headless',
    { ...identity, name, labels: { ...identity.labels, ...HEADLESS } },
    {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      ports: ports.length > 0 ? ports.map(port => servicePort(port)) : undefined,
    },
  );
}

/** Returns a port of a Service that has the same number as the port of the pods. */
export function servicePort({ name, port }: { readonly name: string; readonly port: number }): object {
  return { name, port, targetPort: port, protocol: 'TCP' };
}
