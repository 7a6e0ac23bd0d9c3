import type { ContainerResources } from 'cdk8s-plus-28';
import { openTelemetry } from './collectors/opentelemetry';
import type { CollectorPreset } from './collectors/preset';

/** What can be said of a collector. */
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
}

/** The program beside the app that reads its log files and hands them on. */
export class LogCollector {
  /**
   * The OpenTelemetry Collector, of the distribution `contrib`.
   *
   * @param options image and resources
   * @see https://opentelemetry.io/docs/collector/
   */
  public static openTelemetry(options: LogCollectorOptions = {}): LogCollector {
    return LogCollector._of(openTelemetry, options);
  }

  /** @internal */
  public static _of(preset: CollectorPreset, options: LogCollectorOptions): LogCollector {
    return new LogCollector({ ...preset, image: options.image ?? preset.image, resources: { ...preset.resources, ...options.resources } });
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
