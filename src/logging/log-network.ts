import type { Construct } from 'constructs';
import type { CollectorPreset, Counter } from './collectors/preset';
import { fail } from '../checks/fail';
import { ReadableApiObject } from '../objects/readable-api-object';
import type { PodExtensionContext } from '../pod/pod-extension';
import { networkPolicy, tcp } from '../pod/network-policy';
import { isWaived } from '../safety/waiver';

/** The names of a collector's ports. Several collectors of one pod have their own. */
export function portNames(id: string): { health: string; metrics: string } {
  const prefix = id === 'logs' ? 'log' : id.slice(0, 7).replace(/-+$/, '').replace(/--+/g, '-');
  return { health: `${prefix}-health`, metrics: `${prefix}-metrics` };
}

/** Policies add up: this one lets the pods reach the sinks, wherever they are, and Prometheus reach the metrics. */
export function collectorPolicy(
  scope: Construct,
  { workloadName, namespace, labels, podLabels }: PodExtensionContext,
  egressPorts: readonly number[],
  metricsPort?: number,
): void {
  if (isWaived(scope, 'network-policy') || (egressPorts.length === 0 && metricsPort === undefined)) {
    return;
  }
  networkPolicy(
    scope,
    'NetworkPolicy',
    { name: `${workloadName}-${scope.node.id}-sinks`, namespace, labels, podLabels },
    () => ({
      ingress: metricsPort === undefined ? undefined : [{ ports: tcp(metricsPort) }],
      egress: egressPorts.length === 0 ? undefined : [{ ports: tcp(...egressPorts) }],
    }),
  );
}

/** Tells the Prometheus Operator to read the collector's metrics. */
export function podMonitor(
  scope: Construct,
  { workloadName, namespace, labels, podLabels }: PodExtensionContext,
  preset: CollectorPreset,
): void {
  if (preset.metricsPath === undefined) {
    fail(
      scope,
      `${preset.title} has no metrics for a PodMonitor to read.`,
      `${preset.metricsRemedy ?? "leave 'podMonitor' out"}.`,
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
    what: 'lost',
    for: '0m',
    severity: 'warning',
    summary: 'Log records of {{ $labels.namespace }}/{{ $labels.pod }} are lost',
    description:
      'The log collector gave records up: a buffer was full, a sink refused them for good, or a file was deleted ' +
      'before it was read.',
  },
  LogSinkFailing: {
    what: 'retried',
    for: '10m',
    severity: 'warning',
    summary: 'A log sink of {{ $labels.namespace }}/{{ $labels.pod }} does not take its records',
    description:
      'The log collector has been trying again for ten minutes. Records wait on disk and are lost when their ' +
      'buffer is full.',
  },
} as const;

/**
 * Alerts on what is lost and on what does not arrive, from the collector's own counters; the same for every collector.
 */
export function prometheusRule(
  scope: Construct,
  { workloadName, namespace, labels }: PodExtensionContext,
  preset: CollectorPreset,
): void {
  const { lossMetrics, title } = preset;
  if (lossMetrics === undefined) {
    fail(
      scope,
      `${title} has no counters that are known.`,
      "Leave 'prometheusRule' out, and write the rule in its own words.",
    );
  }
  const own = `pod=~"${workloadName}-.+",container="${scope.node.id}-${preset.name}"`;
  const grows = ({ name, labels: more, expression }: Counter) =>
    expression?.(own) ??
    `sum by (namespace, pod) (increase(${name}{${more === undefined ? own : `${own},${more}`}}[10m])) > 0`;
  new ReadableApiObject(scope, 'PrometheusRule', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: `${workloadName}-${scope.node.id}`, namespace, labels },
    spec: {
      groups: [
        {
          name: `${workloadName}-${scope.node.id}`,
          rules: Object.entries(ALERTS).map(([alert, { what, for: time, severity, summary, description }]) => ({
            alert,
            expr: lossMetrics[what].map(grows).join('\nor\n'),
            for: time,
            labels: { severity },
            annotations: { summary, description },
          })),
        },
      ],
    },
  });
}
