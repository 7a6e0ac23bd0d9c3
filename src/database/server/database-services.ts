import type { Construct } from 'constructs';
import { METRICS_PORT, serviceMonitor } from './database-metrics';
import type { DatabaseMetricsOptions } from './stateful-database-props';
import { checkServiceName } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import type { Identity } from '../../pod/identity';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';

const HEADLESS = { 'app.kubernetes.io/component': 'headless' };

/**
 * Creates the Service for clients, unless replicas contain different data, and the headless Service that gives each
 * replica a name. Prometheus finds all replicas by the headless Service.
 */
export function databaseServices(
  scope: Construct,
  identity: Identity,
  headlessName: string,
  { port, exporter }: DatabaseEngineSpec,
  replicas: number,
  metrics?: DatabaseMetricsOptions,
): void {
  const databasePort = servicePort('database', port);
  if (replicas <= 1) {
    service(scope, 'Service', identity, { type: 'ClusterIP', ports: [databasePort] });
  }
  const headless = { ...identity, name: headlessName, labels: { ...identity.labels, ...HEADLESS } };
  const metricsPorts = metrics && exporter ? [servicePort(METRICS_PORT, exporter.port)] : [];
  service(scope, 'Headless', headless, {
    clusterIP: 'None',
    publishNotReadyAddresses: true,
    ports: [databasePort, ...metricsPorts],
  });
  if (metrics?.serviceMonitor) {
    serviceMonitor(scope, identity, metrics, { ...identity.podLabels, ...HEADLESS });
  }
}

function service(scope: Construct, id: string, { name, namespace, labels, podLabels }: Identity, spec: object): void {
  new ReadableApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: checkServiceName(scope, name), namespace, labels },
    spec: { selector: podLabels, ...spec },
  });
}

function servicePort(name: string, port: number): object {
  return { name, port, targetPort: port, protocol: 'TCP' };
}
