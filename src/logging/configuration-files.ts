import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Collector } from './collectors/preset';
import { LogFormat } from './log-format';
import type { CompletedProps } from './log-shipping-defaults';
import type { Pipeline, Sink } from './pipeline';
import { checkFormat, checkMultiline } from './record-format';
import { checkTime } from './record-time';
import { rotationFiles } from './rotating-sidecar';
import { fail } from '../checks/fail';
import { checkInteger, checkSize, isConfigKey, kibibytes, quantity, seconds } from '../checks/values';

/** A file of a ConfigMap. */
interface ConfigurationFile {
  readonly path: string;
  readonly content: string;
}

/** Returns the configuration of the collector and of logrotate. */
export function configurationFiles(
  scope: IConstruct,
  props: CompletedProps,
  pipeline: Pick<Pipeline, 'app' | 'directory' | 'files' | 'sinks'>,
): ConfigurationFile[] {
  const { collector, format = LogFormat.text(), multiline, rotation, maxRecordSize = Size.mebibytes(1) } = props;
  const { _preset: preset } = collector;
  const maxRecordBytes = kibibytes(checkSize(scope, "'maxRecordSize'", maxRecordSize)) * 1024;
  checkBuffers(scope, pipeline.sinks, preset, maxRecordSize, preset.leastBuffer?.(maxRecordBytes, format) ?? 0);
  const rendered = preset.render({
    ...pipeline,
    maxRecordBytes,
    format: checkFormat(scope, format, preset),
    multiline: multiline && checkMultiline(scope, multiline),
    time: checkTime(scope, format),
    healthPort: preset.healthPort,
    metricsPort: preset.metricsPort ?? preset.healthPort,
    flushSeconds: checkInteger(scope, "'collector.flushTimeout' in seconds", seconds(preset.flush), 10, 3600),
  });
  const rotating = rotationFiles(rotation, pipeline.directory, pipeline.files);
  checkFileNames(scope, Object.keys(rendered), Object.keys(rotating));
  return Object.entries({ ...rendered, ...rotating }).map(([path, content]) => ({ path, content }));
}

/** Refuses a buffer into which the largest record does not fit. */
function checkBuffers(
  scope: IConstruct,
  sinks: readonly Sink[],
  { title }: Collector,
  maxRecordSize: Size,
  leastBytes: number,
): void {
  const least = Size.kibibytes(Math.ceil(leastBytes / 1024));
  sinks.forEach(({ kind, buffer }, i) => {
    if (kind !== 'stdout' && buffer !== undefined && kibibytes(buffer) < kibibytes(least)) {
      fail(
        scope,
        `'sinks[${i}].bufferSize' is ${quantity(buffer)}, but ${title} needs ${quantity(least)} for records of ` +
          `${quantity(maxRecordSize)}.`,
        `Set it to at least ${quantity(least)}.`,
      );
    }
  });
}

/** Refuses names that a ConfigMap does not allow, and names of files of the rotation. */
function checkFileNames(scope: IConstruct, names: readonly string[], reserved: readonly string[]): void {
  const invalid = names.find(name => !isConfigKey(name) || reserved.includes(name));
  if (invalid !== undefined) {
    fail(
      scope,
      `'files' of the collector contains '${invalid}', which ` +
        `${isConfigKey(invalid) ? 'the rotating sidecar uses' : 'is not a valid key of a ConfigMap'}.`,
      "Use another name of letters, digits, '-', '_' and '.'.",
    );
  }
}
