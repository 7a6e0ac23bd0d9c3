import { fluentBit } from './fluent-bit';
import { fluentd } from './fluentd';
import { openTelemetry } from './opentelemetry';
import type { CollectorPreset } from './preset';
import { vector } from './vector';

/** The collectors to name to somebody whose own has not what is wanted. */
export const PRESETS: Record<string, CollectorPreset> = { fluentd: fluentd([]), fluentBit, vector, openTelemetry };
