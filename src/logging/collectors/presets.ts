import { fluentBit } from './fluent-bit';
import { fluentd } from './fluentd';
import { openTelemetry } from './opentelemetry';
import type { CollectorPreset } from './preset';
import { vector } from './vector';

/** The collectors of this library, by the factory of `LogCollector`. Fluentd is the official image, without plugins. */
export const PRESETS: Record<string, CollectorPreset> = { fluentd: fluentd([]), fluentBit, vector, openTelemetry };
