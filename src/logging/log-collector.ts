import { Duration } from 'cdk8s';
import type { ContainerResources } from 'cdk8s-plus-28';
import { fluentBit } from './collectors/fluent-bit';
import { fluentd, FluentdPlugin } from './collectors/fluentd';
import { openTelemetry } from './collectors/opentelemetry';
import { CollectorPreset, collectorResources } from './collectors/preset';
import { vector } from './collectors/vector';

/** Options common to all collectors. */
export interface LogCollectorOptions {
  /**
   * The image, pinned by a tag or digest, such as one of a registry of your own.
   *
   * @default - the one that the preset was made for
   */
  readonly image?: string;

  /**
   * Requests and limits.
   *
   * @default - the preset's
   */
  readonly resources?: ContainerResources;

  /**
   * The port of its health checks. Containers of a pod share its ports. Fluent Bit serves its metrics there too.
   *
   * @default - the collector's own
   */
  readonly healthPort?: number;

  /**
   * How long it may take, once the app has ended, to hand over what it holds. Part of the pod's grace period. At least
   * 10 seconds.
   *
   * @default - the preset's, 15 or 20 seconds
   */
  readonly flushTimeout?: Duration;
}

/** Options of collectors that serve their metrics on a port of their own. */
export interface LogCollectorWithMetricsOptions extends LogCollectorOptions {
  /**
   * The port of its metrics. Containers of a pod share its ports.
   *
   * @default - the collector's own
   */
  readonly metricsPort?: number;
}

/** Options of Fluentd. */
export interface FluentdOptions extends LogCollectorWithMetricsOptions {
  /**
   * The plugins that `image` holds beside Fluentd's own. The official image holds none.
   *
   * @default - none
   */
  readonly plugins?: FluentdPlugin[];
}

/** A collector that this library does not know. */
export interface CustomLogCollectorOptions {
  /** Its name, as the last part of the container's name: a DNS label. */
  readonly name: string;

  /** Its image, pinned by a tag or digest. */
  readonly image: string;

  /**
   * The program, in place of the image's entrypoint.
   *
   * @default - the image's
   */
  readonly command?: string[];

  /**
   * Its arguments, in place of the image's.
   *
   * @default - the image's
   */
  readonly args?: string[];

  /**
   * Its configuration in its own words, by file name, in `/etc/log-collector`. Names are keys of a ConfigMap: no
   * directories. Offsets and buffers belong in
   * `/var/lib/log-collector`. Credentials of sinks are in the variables `LOG_<SINK>_USERNAME`, `_PASSWORD`, `_TOKEN`,
   * `_SHARED_KEY`, `_ACCESS_KEY_ID` and `_SECRET_ACCESS_KEY`, the pod's name and namespace in `POD_NAME` and
   * `POD_NAMESPACE`. What the sinks say beside that, write yourself.
   */
  readonly files: Record<string, string>;

  /** The port that it listens on for health checks, on all addresses. */
  readonly healthPort: number;

  /**
   * The path that says whether it runs. It must not depend on the sinks: a sink that is away would take the app out of
   * service.
   *
   * @default '/'
   */
  readonly healthPath?: string;

  /**
   * The port of its metrics for Prometheus.
   *
   * @default - it has none
   */
  readonly metricsPort?: number;

  /**
   * The path of its metrics.
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
   * How long it may take to hand over what it holds.
   *
   * @default Duration.seconds(20)
   */
  readonly flushTimeout?: Duration;
}

/**
 * The program beside the app that reads its log files and hands them on. It runs as the app's user, so that it can read
 * what the app writes, with a read-only root file system.
 */
export class LogCollector {
  /**
   * Fluentd. The official image prints, forwards and posts; Elasticsearch, OpenSearch, Loki, S3 and Kafka are plugins
   * that an image of your own has to hold.
   *
   * @param options image, plugins and resources
   * @see https://docs.fluentd.org/
   */
  public static fluentd(options: FluentdOptions = {}): LogCollector {
    return LogCollector._of(fluentd(options.plugins ?? []), options);
  }

  /**
   * Fluent Bit, which has all sinks and needs the least memory.
   *
   * @param options image and resources
   * @see https://docs.fluentbit.io/manual/
   */
  public static fluentBit(options: LogCollectorOptions = {}): LogCollector {
    return LogCollector._of(fluentBit, { ...options, metricsPort: options.healthPort });
  }

  /**
   * Vector. It has no buffers beside the log files: each line waits there until its sink has taken it.
   *
   * @param options image and resources
   * @see https://vector.dev/docs/
   */
  public static vector(options: LogCollectorWithMetricsOptions = {}): LogCollector {
    return LogCollector._of(vector, options);
  }

  /**
   * The OpenTelemetry Collector, of the distribution `contrib`.
   *
   * @param options image and resources
   * @see https://opentelemetry.io/docs/collector/
   */
  public static openTelemetry(options: LogCollectorWithMetricsOptions = {}): LogCollector {
    return LogCollector._of(openTelemetry, options);
  }

  /**
   * Any other collector, with a configuration in its own words.
   *
   * @param options image, configuration and ports
   */
  public static custom(options: CustomLogCollectorOptions): LogCollector {
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
      metricsRemedy: "give it a 'metricsPort'",
      flush: options.flushTimeout ?? Duration.seconds(20),
      render: () => options.files,
    });
  }

  /** @internal */
  public static _of(preset: CollectorPreset, options: LogCollectorWithMetricsOptions): LogCollector {
    return new LogCollector({
      ...preset,
      image: options.image ?? preset.image,
      // an image with a shell of its own has `sleep`; of others that is not known
      imageWithSleep: options.image === undefined ? preset.imageWithSleep : preset.command && options.image,
      resources: { ...preset.resources, ...options.resources },
      healthPort: options.healthPort ?? preset.healthPort,
      metricsPort: preset.metricsPort === undefined ? undefined : (options.metricsPort ?? preset.metricsPort),
      flush: options.flushTimeout ?? preset.flush,
    });
  }

  /** @internal */
  public readonly _preset: CollectorPreset;

  private constructor(preset: CollectorPreset) {
    this._preset = preset;
  }

  /** Its image. */
  public get image(): string {
    return this._preset.image;
  }
}
