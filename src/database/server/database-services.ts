import type { Construct } from 'constructs';
import { METRICS_PORT, serviceMonitor } from './database-metrics';
import type { DatabaseMetricsOptions } from './stateful-database-props';
import { checkServiceName } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import type { Identity } from '../../pod/identity';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';

const HEADLESS = { 'app.kubernetes.io/component': 'headless' };

/**
 * Defines a Service for clients, unless replicas have data of their own, and the headless one that gives each replica
 * its
 * name; by the latter Prometheus finds them all.
 */
export function databaseServices(
  scope: Construct,
  { name, namespace, labels, podLabels }: Identity,
  headlessName: string,
  { port, exporter }: DatabaseEngineSpec,
  replicas: number,
  metrics?: DatabaseMetricsOptions,
): void {
  const service = (id: string, serviceName: string, ports: any[], more: any, moreLabels = {}) =>
    new ReadableApiObject(scope, id, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: checkServiceName(scope, serviceName), namespace, labels: { ...labels, ...moreLabels } },
      spec: { ...more, selector: podLabels, ports },
    });
  const portOf = (portName: string, number: number) => ({
    name: portName,
    port: number,
    targetPort: number,
    protocol: 'TCP',
  });

  const database = portOf('database', port);
  if (replicas <= 1) {
    service('Service', name, [database], { type: 'ClusterIP' });
  }
  const ports = [database, ...(metrics && exporter ? [portOf(METRICS_PORT, exporter.port)] : [])];
  service('Headless', headlessName, ports, { clusterIP: 'None', publishNotReadyAddresses: true }, HEADLESS);
  if (metrics?.serviceMonitor) {
    serviceMonitor(scope, { name, namespace, labels, podLabels }, metrics, { ...podLabels, ...HEADLESS });
  }
}
