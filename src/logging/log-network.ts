import type { Construct } from 'constructs';
import type { CollectorPreset } from './collectors/preset';
import { fail } from '../checks/fail';
import { ReadableApiObject } from '../checks/yaml';
import type { CapabilityBindOptions } from '../pod/capability';
import { networkPolicy, tcp } from '../pod/network-policy';
import { isWaived } from '../safety/waiver';

/** The names of a collector's ports. Several collectors of one pod have their own. */
export function portNames(id: string): { health: string; metrics: string } {
  const prefix = id === 'logs' ? 'log' : id.slice(0, 7).replace(/-+$/, '').replace(/--+/g, '-');
  return { health: `${prefix}-health`, metrics: `${prefix}-metrics` };
}

/** Policies add up: this one lets the pods reach the sinks, wherever they are, and Prometheus reach the metrics. */
export function collectorPolicy(
  scope: Construct, { workloadName, namespace, labels, podLabels }: CapabilityBindOptions, egressPorts: readonly number[], metricsPort?: number,
): void {
  if (isWaived(scope, 'network-policy') || (egressPorts.length === 0 && metricsPort === undefined)) {
    return;
  }
  networkPolicy(scope, 'NetworkPolicy', { name: `${workloadName}-${scope.node.id}-sinks`, namespace, labels, podLabels }, () => ({
    ingress: metricsPort === undefined ? undefined : [{ ports: tcp(metricsPort) }],
    egress: egressPorts.length === 0 ? undefined : [{ ports: tcp(...egressPorts) }],
  }));
}

/** Tells the Prometheus Operator to read the collector's metrics. */
export function podMonitor(scope: Construct, { workloadName, namespace, labels, podLabels }: CapabilityBindOptions, preset: CollectorPreset): void {
  if (preset.metricsPath === undefined) {
    fail(scope, `${preset.title} has no metrics for a PodMonitor to read. ${preset.metricsRemedy ?? 'leave \'podMonitor\' out'}`);
  }
  const names = portNames(scope.node.id);
  new ReadableApiObject(scope, 'PodMonitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: `${workloadName}-${scope.node.id}`, namespace, labels },
    spec: {
      selector: { matchLabels: podLabels },
      podMetricsEndpoints: [{ port: preset.metricsPort === preset.healthPort ? names.health : names.metrics, path: preset.metricsPath }],
    },
  });
}
