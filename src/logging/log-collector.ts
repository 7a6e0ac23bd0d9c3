import { Duration } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-28';
import { fluentd } from './collectors/fluentd';
import { checkPlugins } from './collectors/fluentd-gems';
import { checkMinimumVersion } from './collectors/minimum-version';
import { Collector, CollectorPreset, collectorResources } from './collectors/preset';
import { PRESETS } from './collectors/presets';
import type { FluentdPlugin } from './fluentd-plugin';
import { checkProps, PropTable, required, optional } from '../checks/props';

/** Options common to all collectors. */
export interface LogCollectorOptions {
  /**
   * The image, pinned by a tag or digest, for example from a private registry. The official image must contain Fluentd
   * 1.19.3, Fluent Bit 4.2, Vector 0.57, the OpenTelemetry Collector 0.149, or a later version.
   *
   * @default - the image that the configuration was tested with
   */
  readonly image?: string;

  /**
   * Requests and limits.
   *
   * @default - 20m to 1 CPU and 128Mi of memory for Fluent Bit; 50m to 1 CPU and 256Mi of memory for the others
   */
  readonly resources?: ContainerResources;

  /**
   * The port of the health check. Containers of a pod share its ports. Fluent Bit serves its metrics on this port too.
   *
   * @default - 24220 for Fluentd, 2020 for Fluent Bit, 8686 for Vector, 13133 for the OpenTelemetry Collector
   */
  readonly healthPort?: number;

  /**
   * The time to send the remaining records after the app has ended. Part of the termination
   * grace period of the pod. At least 10 seconds.
   *
   * @default - 25 seconds for the OpenTelemetry Collector; 20 seconds for the others
   */
  readonly flushTimeout?: Duration;
}

/** Options of collectors that serve their metrics on a separate port. */
export interface LogCollectorWithMetricsOptions extends LogCollectorOptions {
  /**
   * The port of the metrics. Containers of a pod share its ports.
   *
   * @default - 24231 for Fluentd, 9598 for Vector, 8888 for the OpenTelemetry Collector
   */
  readonly metricsPort?: number;
}

/** Options of `LogCollector.fluentd`. */
export interface FluentdOptions extends LogCollectorWithMetricsOptions {
  /**
   * The plugins that `image` contains in addition to the built-in plugins. The official image contains none of them, so
   * plugins without an `image` are refused.
   *
   * @default - none
   */
  readonly plugins?: FluentdPlugin[];
}

/** Options of `LogCollector.custom`. */
export interface CustomLogCollectorOptions {
  /** The last part of the name of the container: a DNS label. */
  readonly name: string;

  /** The image, pinned by a tag or digest. */
  readonly image: string;

  /**
   * The program, instead of the entrypoint of the image.
   *
   * @default - the entrypoint of the image
   */
  readonly command?: string[];

  /**
   * The arguments, instead of those of the image.
   *
   * @default - the arguments of the image
   */
  readonly args?: string[];

  /**
   * The configuration files in `/etc/log-collector`, by file name. File names are keys of a ConfigMap, so they contain
   * no directories. Use `/var/lib/log-collector` for offsets and buffers. The variables `LOG_<SINK>_USERNAME`,
   * `_PASSWORD`, `_TOKEN`, `_SHARED_KEY`, `_ACCESS_KEY_ID` and `_SECRET_ACCESS_KEY` contain the credentials of the
   * sinks, and `POD_NAME` and `POD_NAMESPACE` contain the name and namespace of the pod. Configure all other options of
   * the sinks in these files.
   */
  readonly files: Record<string, string>;

  /** The port of the health check, which must listen on all addresses. */
  readonly healthPort: number;

  /**
   * The path of the health check. It must not depend on the sinks: an unavailable sink would restart the collector.
   *
   * @default '/'
   */
  readonly healthPath?: string;

  /**
   * The port of the metrics for Prometheus.
   *
   * @default - no metrics
   */
  readonly metricsPort?: number;

  /**
   * The path of the metrics.
   *
   * @default '/metrics'
   */
  readonly metricsPath?: string;

  /**
   * Requests and limits.
   *
   * @default - 50m to 1 CPU, 256Mi of memory
   */
  readonly resources?: ContainerResources;

  /**
   * The time to send the remaining records after the app has ended. At least 10 seconds.
   *
   * @default Duration.seconds(20)
   */
  readonly flushTimeout?: Duration;
}

const OPTIONS: PropTable<LogCollectorOptions> = {
  image: optional('string'),
  resources: optional('object'),
  healthPort: optional('number'),
  flushTimeout: optional('Duration'),
};
const WITH_METRICS: PropTable<LogCollectorWithMetricsOptions> = { ...OPTIONS, metricsPort: optional('number') };
const FLUENTD: PropTable<FluentdOptions> = { ...WITH_METRICS, plugins: optional('string[]') };
const CUSTOM: PropTable<CustomLogCollectorOptions> = {
  name: required('"rsyslog"', 'string'),
  image: required('"registry.example.com/rsyslog:8.2408.0"', 'string'),
  files: required('{ "rsyslog.conf": "..." }', 'string{}'),
  healthPort: required('8080', 'number'),
  command: optional('string[]'),
  args: optional('string[]'),
  healthPath: optional('string'),
  metricsPort: optional('number'),
  metricsPath: optional('string'),
  resources: optional('object'),
  flushTimeout: optional('Duration'),
};

/**
 * The sidecar that reads the log files of an app and sends them to sinks. It runs as the user of the app, which can
 * read the files, and with a read-only root filesystem.
 */
export class LogCollector {
  /**
   * Uses Fluentd. The official image supports the sinks stdout, forward and HTTP. Elasticsearch, OpenSearch, Loki, S3
   * and Kafka need an image with their plugins.
   *
   * @param options image, plugins and resources
   * @throws if `plugins` is set without an image that can contain them
   * @see https://docs.fluentd.org/
   */
  public static fluentd(options: FluentdOptions = {}): LogCollector {
    checkProps('LogCollector.fluentd', options, FLUENTD);
    const { plugins = [], image } = options;
    checkPlugins(plugins, image);
    return LogCollector.fromPreset('fluentd', fluentd(plugins), options);
  }

  /**
   * Uses Fluent Bit, which supports all sinks except Kafka and needs the least memory.
   *
   * @param options image and resources
   * @see https://docs.fluentbit.io/manual/
   */
  public static fluentBit(options: LogCollectorOptions = {}): LogCollector {
    checkProps('LogCollector.fluentBit', options, OPTIONS);
    return LogCollector.fromPreset('fluentBit', PRESETS.fluentBit, { ...options, metricsPort: options.healthPort });
  }

  /**
   * Uses Vector. It has no buffers: each line waits in its log file until the sink has accepted it.
   *
   * @param options image and resources
   * @see https://vector.dev/docs/
   */
  public static vector(options: LogCollectorWithMetricsOptions = {}): LogCollector {
    checkProps('LogCollector.vector', options, WITH_METRICS);
    return LogCollector.fromPreset('vector', PRESETS.vector, options);
  }

  /**
   * Uses the OpenTelemetry Collector, in the distribution `contrib`.
   *
   * @param options image and resources
   * @see https://opentelemetry.io/docs/collector/
   */
  public static openTelemetry(options: LogCollectorWithMetricsOptions = {}): LogCollector {
    checkProps('LogCollector.openTelemetry', options, WITH_METRICS);
    return LogCollector.fromPreset('openTelemetry', PRESETS.openTelemetry, options);
  }

  /**
   * Uses any other collector, with configuration files in its own syntax.
   *
   * @param options image, configuration and ports
   */
  public static custom(options: CustomLogCollectorOptions): LogCollector {
    checkProps('LogCollector.custom', options, CUSTOM);
    return new LogCollector({
      name: options.name,
      title: options.name,
      image: options.image,
      command: options.command,
      args: () => options.args,
      resources: options.resources ?? collectorResources(50, 256),
      healthPath: options.healthPath ?? '/',
      healthPort: options.healthPort,
      metricsPort: options.metricsPort,
      metricsPath: options.metricsPort === undefined ? undefined : (options.metricsPath ?? '/metrics'),
      metricsRemedy: "Set 'metricsPort' of the collector.",
      flush: options.flushTimeout ?? Duration.seconds(20),
      render: () => options.files,
    });
  }

  private static fromPreset(
    factory: string,
    preset: CollectorPreset,
    options: LogCollectorWithMetricsOptions,
  ): LogCollector {
    if (options.image !== undefined) {
      checkMinimumVersion(preset, factory, options.image);
    }
    return new LogCollector({
      ...preset,
      image: options.image ?? preset.image,
      // a command needs a shell, so other images for this preset contain `sleep` too
      imageWithSleep: options.image === undefined ? preset.imageWithSleep : preset.command && options.image,
      resources: { ...preset.resources, ...options.resources },
      healthPort: options.healthPort ?? preset.healthPort,
      metricsPort: preset.metricsPort === undefined ? undefined : (options.metricsPort ?? preset.metricsPort),
      flush: options.flushTimeout ?? preset.flush,
    });
  }

  /** @internal */
  public readonly _preset: Collector;

  private constructor(preset: CollectorPreset) {
    this._preset = {
      ...preset,
      alternatives: hasProperty =>
        Object.keys(PRESETS)
          .filter(name => hasProperty(PRESETS[name]))
          .map(name => `LogCollector.${name}`),
    };
  }

  /** The image of the collector. */
  public get image(): string {
    return this._preset.image;
  }
}
