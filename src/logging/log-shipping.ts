import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { capacity } from './capacity';
import { collectorContainer } from './collector-container';
import { fluentBit } from './collectors/fluent-bit';
import { fluentd } from './collectors/fluentd';
import { openTelemetry } from './collectors/opentelemetry';
import type { CollectorPreset } from './collectors/preset';
import { vector } from './collectors/vector';
import { logFiles } from './log-files';
import { LogFormat } from './log-format';
import { collectorPolicy, podMonitor } from './log-network';
import type { LogShippingProps, StdoutLogsProps } from './log-shipping-props';
import type { LogSink } from './log-sink';
import { checkFormat, checkMultiline } from './patterns';
import { CONFIG_DIRECTORY, STATE_DIRECTORY } from './pipeline';
import { rotatingSidecar, rotationFiles } from './rotating-sidecar';
import { resolveSinks } from './sinks';
import { stdoutLinks } from './stdout-links';
import { fail, listed } from '../checks/fail';
import { checkContainerPath, checkInteger, checkSize, kibibytes, seconds } from '../checks/values';
import { configMapVolume, defineConfigMap } from '../config/config-map';
import { ConfigRollout } from '../config/config-rollout';
import type { CapabilityBindOptions, ICapability, PodContribution } from '../pod/capability';
import { PodVolume } from '../pod/pod-parts';

/**
 * Ships an app's log files: the app writes to a bounded `emptyDir`, and a collector beside it reads them.
 *
 * The collector starts before the app and ends after it, keeps its offsets and buffers on disk in a bounded volume of its
 * own, and mounts the logs read-only. Defines a ConfigMap with its configuration, whose change rolls the pods, a
 * NetworkPolicy that lets the pods reach the sinks, and a PodMonitor on request.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
export class LogShipping implements ICapability {
  /**
   * Lets what the app writes to its log files come out on its own standard output, for clusters whose nodes run an
   * agent that reads that: each file is a link. No container runs beside the app. The app has to open its files for
   * appending and must not rotate them.
   *
   * @param props which files
   */
  public static toStdout(props: StdoutLogsProps = {}): LogShipping {
    const shipping = new LogShipping({ id: props.id } as LogShippingProps);
    shipping.links = props;
    return shipping;
  }

  /** @see ICapability */
  public readonly capabilityId: string;

  private links?: StdoutLogsProps;

  /**
   * @param props what ships the logs
   */
  constructor(private readonly props: LogShippingProps) {
    this.capabilityId = props.id ?? 'logs';
  }

  /** @see ICapability */
  public bind(scope: Construct, options: CapabilityBindOptions): PodContribution {
    return this.links ? stdoutLinks(scope, this.capabilityId, this.links) : ship(scope, this.capabilityId, this.props, options);
  }
}

function ship(scope: Construct, id: string, props: LogShippingProps, options: CapabilityBindOptions): PodContribution {
  const { collector, rotation, directory = '/var/log/app', files = ['*.log'], format = LogFormat.text(), multiline } = props;
  if (!rotation) {
    fail(scope, 'it has no \'rotation\', so that nobody knows how much its files may hold. state what the app does with \'LogRotation.byApp\', or let \'LogRotation.bySidecar\' do it');
  }
  const preset = collector._preset;
  const maxRecordSize = checkSize(scope, '\'maxRecordSize\'', props.maxRecordSize ?? Size.mebibytes(1));
  checkInteger(scope, `the flush timeout of ${preset.title} in seconds`, seconds(preset.flush), 10, 3600);
  checkContainerPath(scope, '\'directory\'', directory);
  const read = logFiles(scope, files, rotation);
  checkFormat(scope, format);
  if (preset.unsupportedFormats?.[format.kind]) {
    fail(scope, `${preset.title} does not parse '${format.kind}'. ${preset.unsupportedFormats[format.kind]}`);
  }
  if (multiline) {
    checkMultiline(scope, multiline);
  }
  checkSinks(scope, props.sinks, preset);
  const sinks = resolveSinks(scope, id, props.sinks, preset);
  const buffers = sinks.sinks.filter(({ kind }) => kind !== 'stdout').map(({ name, buffer }) => ({ name, size: buffer }));
  const limits = capacity(scope, rotation, rotation.logs ?? files.length, buffers, props.sizeLimit);

  const configuration = defineConfigMap(scope, id, options, Object.entries({
    ...preset.render({
      directory,
      files: read,
      maxRecordBytes: kibibytes(maxRecordSize) * 1024,
      format,
      multiline: multiline?.pattern,
      app: options.workloadName,
      sinks: sinks.sinks,
      healthPort: preset.healthPort,
      metricsPort: preset.metricsPort ?? preset.healthPort,
      flushSeconds: seconds(preset.flush),
    }),
    ...rotationFiles(scope, rotation, directory, read),
  }).map(([path, content]) => ({ path, content })), ConfigRollout.immutable());

  const mounts = {
    logs: { path: directory, volume: PodVolume.emptyDir(id, { sizeLimit: limits.logs }) },
    state: { path: STATE_DIRECTORY, volume: PodVolume.emptyDir(`${id}-state`, { sizeLimit: limits.state }) },
    config: { path: CONFIG_DIRECTORY, volume: configMapVolume(`${id}-config`, configuration), readOnly: true },
  };
  collectorPolicy(scope, options, sinks.egressPorts, props.podMonitor ? preset.metricsPort ?? preset.healthPort : undefined);
  if (props.podMonitor) {
    podMonitor(scope, options, preset);
  }
  return {
    ...configuration.contribution,
    mounts: [mounts.logs],
    sidecars: [
      collectorContainer(scope, id, preset, sinks, options, [{ ...mounts.logs, readOnly: true }, mounts.state, mounts.config]),
      ...rotatingSidecar(scope, id, rotation, mounts),
    ],
  };
}

/** The collectors to name to somebody whose own has not what is wanted. */
const COLLECTORS: Record<string, CollectorPreset> = { fluentd: fluentd([]), fluentBit, vector, openTelemetry };

function checkSinks(scope: Construct, sinks: readonly LogSink[], preset: CollectorPreset): void {
  const other = sinks.find(({ _definition: { kind } }) => preset.sinks && !preset.sinks.includes(kind));
  if (other) {
    const able = Object.keys(COLLECTORS).filter(name => COLLECTORS[name].sinks!.includes(other._definition.kind)).map(name => `LogCollector.${name}`);
    fail(scope, `${preset.title} has no sink '${other.kind}'; it has ${listed([...preset.sinks!])}. take ${listed(able, 'or')}${preset.sinkRemedy ? `, or ${preset.sinkRemedy}` : ''}`);
  }
}
