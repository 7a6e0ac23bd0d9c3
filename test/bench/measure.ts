/** Prints one measurement of `bench.ts` as JSON. */
import { performance } from 'perf_hooks';
import type { Chart } from 'cdk8s';
import type { Measurement } from './bench';

const [library, count] = process.argv.slice(2);

/* eslint-disable @typescript-eslint/no-require-imports -- measures the import of the compiled package */
function define(chart: Chart): (id: string) => void {
  if (library === 'storage-patterns') {
    const { ConfiguredApp, ConfigFiles, ConfigSource, HealthCheck } = require('../..') as typeof import('../../src');
    return id =>
      new ConfiguredApp(chart, id, {
        image: 'acme/app:1.0.0',
        port: 8080,
        healthCheck: HealthCheck.http('/ready'),
        config: new ConfigFiles({ sources: [ConfigSource.text('app.conf', `id = ${id}\n`)] }),
      });
  }
  const plus = require('cdk8s-plus-28') as typeof import('cdk8s-plus-28');
  return id => {
    // the same six objects, as far as cdk8s-plus-28 supports their fields
    const map = new plus.ConfigMap(chart, `${id}-config`, { data: { 'app.conf': `id = ${id}\n` }, immutable: true });
    const account = new plus.ServiceAccount(chart, `${id}-account`, { automountToken: false });
    const deployment = new plus.Deployment(chart, id, {
      replicas: 2,
      serviceAccount: account,
      securityContext: { user: 10001, group: 10001, fsGroup: 10001, ensureNonRoot: true },
    });
    const container = deployment.addContainer({
      image: 'acme/app:1.0.0',
      portNumber: 8080,
      readiness: plus.Probe.fromHttpGet('/ready'),
      liveness: plus.Probe.fromTcpSocket(),
      securityContext: { user: 10001, group: 10001, capabilities: { drop: [plus.Capability.ALL] } },
    });
    container.mount('/app/config', plus.Volume.fromConfigMap(chart, `${id}-config-volume`, map, { name: 'config' }), {
      readOnly: true,
    });
    container.mount(
      '/tmp',
      plus.Volume.fromEmptyDir(chart, `${id}-tmp-volume`, 'tmp', { sizeLimit: Size.mebibytes(64) }),
    );
    deployment.exposeViaService();
    new plus.NetworkPolicy(chart, `${id}-policy`, {
      selector: deployment,
      ingress: { rules: [{ peer: deployment, ports: [plus.NetworkPolicyPort.tcp(8080)] }] },
    });
    new plus.k8s.KubePodDisruptionBudget(chart, `${id}-budget`, {
      spec: { maxUnavailable: plus.k8s.IntOrString.fromNumber(1), selector: { matchLabels: { app: id } } },
    });
  };
}

const { App, Chart: CdkChart, Size, Yaml } = require('cdk8s') as typeof import('cdk8s');
const chart = new CdkChart(new App(), 'bench');

let start = performance.now();
const lap = () => {
  const [from, to] = [start, performance.now()];
  start = to;
  return to - from;
};
const defineApp = define(chart);
const importMs = lap();
for (let i = 0; i < Number(count); i++) {
  defineApp(`app-${i}`);
}
const constructMs = lap();
const objects = chart.toJson();
Yaml.stringify(...objects);
const synthMs = lap();
const measurement: Measurement = {
  importMs,
  constructMs,
  synthMs,
  peakMiB: process.resourceUsage().maxRSS / 1024,
  objects: objects.length,
};
console.log(JSON.stringify(measurement));
