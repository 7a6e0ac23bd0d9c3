import type { Inventory } from '../inspect/inventory';
import { at, list, text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';

/** A name of a port that only monitoring connects to: `metrics`, `http-metrics`, `prometheus`. */
const MONITORING = /(?:^|-)(?:metrics|prometheus|prom|monitoring|telemetry)(?:-|$)/;

/** Whether a Service among the manifests routes connections of clients to a pod, and not only those of monitoring. */
export function isRoutedTo(pod: Pod, inventory: Inventory): boolean {
  return inventory
    .selecting('Service', pod)
    .some(service => at(service.content, 'spec', 'clusterIP') !== 'None' && hasClientPort(service));
}

function hasClientPort({ content }: ManifestObject): boolean {
  const ports = list(at(content, 'spec', 'ports'));
  return (
    ports.length === 0 ||
    ports.some(port => !['name', 'targetPort'].some(field => MONITORING.test(text(at(port, field)) ?? '')))
  );
}
