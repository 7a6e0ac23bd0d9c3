/** Measures the storage map of 1,000 workloads, which adds at most two seconds to the parsing of their manifests. */
import { Size, Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { LogCollector, LoggedApp, LogRotation, LogShipping, LogSink } from '../../src';
import { readYaml } from '../../src/inspect/read-yaml';
import { mapStorage } from '../../src/map/build';
import { toHtml } from '../../src/map/formats/html';
import { toText } from '../../src/map/formats/text';

const WORKLOADS = 1000;
const MAX_SECONDS = 2;

const chart = Testing.chart();
new LoggedApp(chart, 'app', {
  image: 'ghcr.io/acme/app:1.4.2',
  replicas: 3,
  port: 8080,
  logs: new LogShipping({
    collector: LogCollector.fluentBit(),
    rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(20), maxFiles: 5 }),
    sinks: [LogSink.stdout()],
  }),
});
const deployment = chart.toJson().find(({ kind }) => kind === 'Deployment');
const stream = Array.from(
  { length: WORKLOADS },
  (_, i) => `---\n${stringify({ ...deployment, metadata: { ...deployment.metadata, name: `shop-${i}` } })}`,
).join('');

function seconds<T>(work: () => T): [T, number] {
  const began = performance.now();
  return [work(), (performance.now() - began) / 1000];
}

const [manifests, parsing] = seconds(() => readYaml(stream, 'stream.yaml'));
const [model, mapping] = seconds(() => mapStorage(manifests));
const [, text] = seconds(() => toText(model));
const [, html] = seconds(() => toHtml(model));
console.log(
  `${model.workloads.length} workloads: parsed in ${parsing.toFixed(2)} s, mapped in ${mapping.toFixed(2)} s more ` +
    `(at most ${MAX_SECONDS}), written as text in ${text.toFixed(2)} s, as a page in ${html.toFixed(2)} s`,
);
if (mapping > MAX_SECONDS) {
  process.exitCode = 1;
}
