import { FluentdPlugin, LogCollector } from '../../../src';

/** Ports that no other cell has. */
export interface Ports {
  readonly healthPort: number;
  readonly metricsPort: number;
}

/**
 * One of the library's collectors, and what is to be known of its image where only the image's root directory is there.
 */
export interface Collector {
  readonly name: string;
  readonly title: string;
  readonly formats: string[];
  /** The image's entrypoint and variables. */
  readonly entrypoint: string[];
  readonly env?: Record<string, string>;
  /** What prints its version, in the image. */
  readonly version: string[];
  make(ports: Ports): LogCollector;
}

/** An image of Fluentd with all plugins, of your own; the official one has those of http and forward alone. */
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
    COLLECTORS.find(one => one.name === name) ??
    fail(`no collector is called '${name}': ${COLLECTORS.map(one => one.name).join(', ')}`)
  );
}

function fail(sentence: string): never {
  throw new Error(sentence);
}
