import { ApiObject, JsonPatch } from 'cdk8s';
import { IPodSelector, Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { checkPort, checkServiceName } from '../checks/values';
import type { Identity } from '../pod/identity';

/** A port of the app container. */
export interface AppPort {
  readonly name: string;
  readonly port: number;
}

/** Defines the Service that exposes the port of an app. */
export function defineService(
  scope: Construct & IPodSelector,
  { name, namespace, labels }: Identity,
  { name: portName, port: targetPort }: AppPort,
  servicePort: number,
): Service {
  const service = new Service(scope, 'Service', {
    metadata: { name: checkServiceName(scope, name), namespace, labels },
    selector: scope,
    ports: [{ name: portName, port: checkPort(scope, "'servicePort'", servicePort), targetPort }],
  });
  // cdk8s-plus-28 renders an empty list, which some admission policies refuse
  ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
  return service;
}
