import { FluentdPlugin, LogCollector } from '../../../src';

/** The ports of a cell. */
export interface Ports {
  readonly healthPort: number;
  readonly metricsPort: number;
}

/** A collector of the library, with the facts of its image that its root directory does not contain. */
export interface Collector {
  readonly name: string;
  readonly title: string;
  readonly formats: string[];
  /** The entrypoint of the image. */
  readonly entrypoint: string[];
  readonly env?: Record<string, string>;
  /** The command that prints the version. */
  readonly version: string[];
  make(ports: Ports): LogCollector;
}

/** An image of Fluentd with all plugins; the official image contains none of them. */
const FLUENTD_IMAGE = process.env.TEST_COLLECTOR_FLUENTD_IMAGE;
const WITH_PLUGINS = FLUENTD_IMAGE !== undefined || process.env.TEST_COLLECTOR_ROOTS !== undefined;

const fluentd: Collector = {
  name: 'fluentd',
  title: 'Fluentd',
  make: ports =>
    LogCollector.fluentd({
      ...ports,
      ...(WITH_PLUGINS && { image: FLUENTD_IMAGE ?? 'acme/fluentd:1.19.3', plugins: Object.values(FluentdPlugin) }),
    }),
  formats: WITH_PLUGINS ? ['text', 'json', 'logfmt'] : ['text', 'json'],
  entrypoint: ['tini', '--', '/bin/entrypoint.sh'],
  env: { LD_PRELOAD: '/usr/lib/libjemalloc.so.2', FLUENTD_CONF: 'fluent.conf', RUBYLIB: '' },
  version: ['fluentd', '--version'],
};

const fluentBit: Collector = {
  name: 'fluent-bit',
  title: 'Fluent Bit',
  make: ({ healthPort }) => LogCollector.fluentBit({ healthPort }),
  formats: ['text', 'json', 'logfmt'],
  entrypoint: ['/fluent-bit/bin/fluent-bit'],
  version: ['/fluent-bit/bin/fluent-bit', '--version'],
};

const vector: Collector = {
  name: 'vector',
  title: 'Vector',
  make: ports => LogCollector.vector(ports),
  formats: ['text', 'json', 'logfmt'],
  entrypoint: ['/usr/bin/vector'],
  version: ['/usr/bin/vector', '--version'],
};

const openTelemetry: Collector = {
  name: 'otel-collector',
  title: 'the OpenTelemetry Collector',
  make: ports => LogCollector.openTelemetry(ports),
  formats: ['text', 'json'],
  entrypoint: ['/otelcol-contrib'],
  version: ['/otelcol-contrib', '--version'],
};

export const COLLECTORS: readonly Collector[] = [fluentd, fluentBit, vector, openTelemetry];

export function collectorNamed(name: string): Collector {
  return (
    COLLECTORS.find(collector => collector.name === name) ??
    fail(`Unknown collector '${name}'. Known: ${COLLECTORS.map(collector => collector.name).join(', ')}.`)
  );
}

function fail(message: string): never {
  throw new Error(message);
}
