import type { Construct } from 'constructs';
import { METRICS_PORT, serviceMonitor } from './database-metrics';
import type { DatabaseMetricsOptions } from './stateful-database-props';
import { HEADLESS, headlessService, podService, servicePort } from '../../pod/headless-service';
import type { Identity } from '../../pod/identity';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';

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
  const databasePort = { name: 'database', port };
  if (replicas <= 1) {
    podService(scope, 'Service', identity, { type: 'ClusterIP', ports: [servicePort(databasePort)] });
  }
  const metricsPorts = metrics && exporter ? [{ name: METRICS_PORT, port: exporter.port }] : [];
  headlessService(scope, identity, headlessName, [databasePort, ...metricsPorts]);
  if (metrics?.serviceMonitor) {
    serviceMonitor(scope, identity, metrics, { ...identity.podLabels, ...HEADLESS });
  }
}
