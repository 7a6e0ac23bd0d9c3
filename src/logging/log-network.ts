import type { Construct } from 'constructs';
import type { CollectorPreset, Counter } from './collectors/preset';
import { fail } from '../checks/fail';
import { trimEnd } from '../checks/paths';
import { ReadableApiObject } from '../objects/readable-api-object';
import { isIsolated } from '../pod/isolation';
import { networkPolicy, tcp } from '../pod/network-policy';
import type { PodExtensionContext } from '../pod/pod-extension';

/** Returns the names of the ports of a collector, which are different for several collectors of a pod. */
export function portNames(id: string): { health: string; metrics: string } {
  const prefix = id === 'logs' ? 'log' : trimEnd(id.slice(0, 7), '-').replace(/--+/g, '-');
  return { health: `${prefix}-health`, metrics: `${prefix}-metrics` };
}

/**
 * Creates a policy, in addition to others, that opens the ports of the sinks and the metrics port for Prometheus. Pods
 * whose traffic is not restricted need none.
 */
export function collectorPolicy(
  scope: Construct,
  context: PodExtensionContext,
  sinkPorts: readonly number[],
  metricsPort?: number,
): void {
  const ingress = metricsPort !== undefined && isIsolated(scope, 'Ingress') ? [{ ports: tcp(metricsPort) }] : undefined;
  const egress = sinkPorts.length > 0 && isIsolated(scope, 'Egress') ? [{ ports: tcp(...sinkPorts) }] : undefined;
  if (ingress || egress) {
    const { workloadName, namespace, labels, podLabels } = context;
    const name = `${workloadName}-${scope.node.id}-sinks`;
    networkPolicy(scope, 'NetworkPolicy', { name, namespace, labels, podLabels }, () => ({ ingress, egress }));
  }
}

/** Creates a `PodMonitor` for the metrics of a collector. */
export function podMonitor(
  scope: Construct,
  { workloadName, namespace, labels, podLabels }: PodExtensionContext,
  preset: CollectorPreset,
): void {
  if (preset.metricsPath === undefined) {
    fail(
      scope,
      `'podMonitor' is set, but ${preset.title} has no metrics for Prometheus.`,
      preset.metricsRemedy ?? "Omit 'podMonitor'.",
    );
  }
  const names = portNames(scope.node.id);
  new ReadableApiObject(scope, 'PodMonitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: `${workloadName}-${scope.node.id}`, namespace, labels },
    spec: {
      selector: { matchLabels: podLabels },
      podMetricsEndpoints: [
        { port: preset.metricsPort === preset.healthPort ? names.health : names.metrics, path: preset.metricsPath },
      ],
    },
  });
}

const ALERTS = {
  LogRecordsLost: {
    counters: 'lost',
    for: '0m',
    severity: 'warning',
    summary: 'Log records of {{ $labels.namespace }}/{{ $labels.pod }} are lost',
    description:
      'The log collector lost records: a buffer was full, a sink rejected them for good, or a file was deleted ' +
      'before it was read.',
  },
  LogSinkFailing: {
    counters: 'retried',
    for: '10m',
    severity: 'warning',
    summary: 'A log sink of {{ $labels.namespace }}/{{ $labels.pod }} fails',
    description:
      'The log collector has retried for ten minutes. Records wait on disk and are lost when their buffer is full.',
  },
} as const;

/** Creates a `PrometheusRule` with alerts on lost records and on failing sinks, the same for all collectors. */
export function prometheusRule(
  scope: Construct,
  { workloadName, namespace, labels }: PodExtensionContext,
  preset: CollectorPreset,
): void {
  const { lossMetrics, title } = preset;
  if (lossMetrics === undefined) {
    fail(
      scope,
      `'prometheusRule' is set, but this library does not know the counters of ${title}.`,
      "Omit 'prometheusRule', and write a 'PrometheusRule' with the metrics of the collector.",
    );
  }
  const pods = `pod=~"${workloadName}-.+",container="${scope.node.id}-${preset.name}"`;
  const condition = (counter: Counter) =>
    counter.expression?.(pods) ??
    `sum by (namespace, pod) (increase(${counter.name}{${[pods, counter.labels ?? []].flat().join(',')}}[10m])) > 0`;
  new ReadableApiObject(scope, 'PrometheusRule', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: `${workloadName}-${scope.node.id}`, namespace, labels },
    spec: {
      groups: [
        {
          name: `${workloadName}-${scope.node.id}`,
          rules: Object.entries(ALERTS).map(([alert, { counters, for: time, severity, summary, description }]) => ({
            alert,
            expr: lossMetrics[counters].map(condition).join('\nor\n'),
            for: time,
            labels: { severity },
            annotations: { summary, description },
          })),
        },
      ],
    },
  });
}
