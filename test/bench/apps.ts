/**
 * Defines and synthesizes apps with this library or with cdk8s-plus-28, and prints the time as JSON. Arguments: the
 * library, or `SinglePassApp` for this library with its class of apps; the folder to write to; the number of charts;
 * the number of apps in each; and `warm` if the first app is defined before the time begins.
 */
import { readdirSync, statSync } from 'fs';
import { join } from 'path';
import type { Chart } from 'cdk8s';

const began = performance.now();
const [library, outdir, charts, appsOfChart, warm] = process.argv.slice(2);

/** The time and the output of the apps. */
export interface Synthesis {
  readonly ms: number;
  /** The time from the start of the program to the end of the import. */
  readonly importMs: number;
  readonly bytes: number;
  readonly objects: number;
}

/* oxlint-disable typescript/no-require-imports -- measures the import of the compiled package */
function definer(): (chart: Chart, id: string) => void {
  if (library !== 'cdk8s-plus-28') {
    const patterns = require('../..') as typeof import('../../src');
    return (chart, id) =>
      new patterns.ConfiguredApp(chart, id, {
        image: 'acme/app:1.0.0',
        port: 8080,
        healthCheck: patterns.HealthCheck.http('/ready'),
        config: new patterns.ConfigFiles({ sources: [patterns.ConfigSource.text('app.conf', `id = ${id}\n`)] }),
      });
  }
  const plus = require('cdk8s-plus-28') as typeof import('cdk8s-plus-28');
  return (chart, id) => {
    const { Size } = require('cdk8s') as typeof import('cdk8s');
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

const define = definer();
const importMs = performance.now() - began;

const { App, Chart: CdkChart } = require('cdk8s') as typeof import('cdk8s');
const newSinglePassApp = (outdirOfApp: string) =>
  new (require('../..') as typeof import('../../src')).SinglePassApp({ outdir: outdirOfApp });
/* oxlint-enable typescript/no-require-imports */
function synthesize(folder: string, numberOfCharts: number, numberOfApps: number): void {
  const app = library === 'SinglePassApp' ? newSinglePassApp(folder) : new App({ outdir: folder });
  for (let c = 0; c < numberOfCharts; c++) {
    const chart = new CdkChart(app, `bench-${c}`);
    for (let i = 0; i < numberOfApps; i++) {
      define(chart, `app-${i}`);
    }
  }
  app.synth();
}

if (warm) {
  synthesize(`${outdir}-warm`, 1, 1);
}
const start = performance.now();
synthesize(outdir, Number(charts), Number(appsOfChart));
const ms = performance.now() - start;
const files = readdirSync(outdir);
const synthesis: Synthesis = {
  ms,
  importMs,
  bytes: files.reduce((sum, file) => sum + statSync(join(outdir, file)).size, 0),
  objects: Number(charts) * Number(appsOfChart) * 6,
};
process.stdout.write(JSON.stringify(synthesis));
