import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ILogDelivery } from './log-delivery';
import { capacity } from './capacity';
import { collectorContainer } from './collector-container';
import type { CollectorPreset } from './collectors/preset';
import { LogFiles, logFiles } from './log-files';
import { LogFormat } from './log-format';
import { collectorPolicy, podMonitor, prometheusRule } from './log-network';
import type { LogShippingProps } from './log-shipping-props';
import { checkFormat, checkMultiline, checkTime } from './patterns';
import { CONFIG_DIRECTORY, LOG_DIRECTORY, STATE_DIRECTORY } from './pipeline';
import { rotatingSidecar, rotationFiles } from './rotating-sidecar';
import { ResolvedSinks, resolveSinks } from './sinks';
import { fail } from '../checks/fail';
import {
  checkContainerPath,
  checkInteger,
  checkSize,
  isConfigKey,
  kibibytes,
  quantity,
  seconds,
} from '../checks/values';
import { ConfigMapFiles, configMapVolume, defineConfigMap } from '../config/config-map';
import { ConfigRollout } from '../config/config-rollout';
import type { PodExtensionContext, PodAdditions } from '../pod/pod-extension';
import { PodVolume } from '../pod/pod-parts';

/**
 * Ships an app's log files: the app writes to a bounded `emptyDir`, and a collector beside it reads them.
 *
 * The collector starts before the app and ends after it, keeps its offsets and buffers on disk in a bounded volume of
 * its
 * own, and mounts the logs read-only. Defines a ConfigMap with its configuration, whose change rolls the pods, a
 * NetworkPolicy that lets the pods reach the sinks, and a PodMonitor on request.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
export class LogShipping implements ILogDelivery {
  /** @see IPodExtension */
  public readonly id: string;

  /** @see ILogDelivery */
  public readonly directory: string;

  /**
   * @param props what ships the logs
   */
  constructor(private readonly props: LogShippingProps) {
    this.id = props.id ?? 'logs';
    this.directory = props.directory ?? LOG_DIRECTORY;
  }

  /** @see IPodExtension */
  public bind(scope: Construct, options: PodExtensionContext): PodAdditions {
    const {
      id,
      directory,
      props: {
        collector: { _preset: preset },
        rotation,
        sizeLimit,
      },
    } = this;
    checkContainerPath(scope, "'directory'", directory);
    if (!rotation) {
      fail(
        scope,
        "It has no 'rotation', so that nobody knows how much its files may hold.",
        "State what the app does with 'LogRotation.byApp', or let 'LogRotation.bySidecar' do it.",
      );
    }
    const files = logFiles(scope, this.props.files ?? ['*.log'], rotation);
    const sinks = resolveSinks(scope, id, this.props.sinks, preset);
    const buffers = sinks.sinks.flatMap(({ kind, name, buffer }) =>
      kind === 'stdout' || buffer === undefined ? [] : [{ name, size: buffer }],
    );
    const limits = capacity(scope, rotation, rotation.logCount ?? files.current.length, buffers, sizeLimit);
    const configuration = this.configuration(scope, options, preset, files, sinks);

    const mounts = {
      logs: { path: directory, volume: PodVolume.emptyDir(id, { sizeLimit: limits.logs }) },
      state: { path: STATE_DIRECTORY, volume: PodVolume.emptyDir(`${id}-state`, { sizeLimit: limits.state }) },
      config: { path: CONFIG_DIRECTORY, volume: configMapVolume(`${id}-config`, configuration), readOnly: true },
    };
    collectorPolicy(scope, options, sinks.egressPorts, this.props.podMonitor ? preset.metricsPort : undefined);
    if (this.props.podMonitor) {
      podMonitor(scope, options, preset);
    }
    if (this.props.prometheusRule) {
      if (!this.props.podMonitor) {
        fail(
          scope,
          "It has 'prometheusRule' without 'podMonitor', so that Prometheus would have no metrics to alert " + 'on.',
          "Set 'podMonitor: true' too.",
        );
      }
      prometheusRule(scope, options, preset);
    }
    return {
      ...configuration.additions,
      mounts: [mounts.logs],
      sidecars: [
        collectorContainer(scope, id, preset, sinks, options, [
          { ...mounts.logs, readOnly: true },
          mounts.state,
          mounts.config,
        ]),
        ...rotatingSidecar(scope, id, rotation, mounts),
      ],
    };
  }

  /** The files that collector and rotation are told what to do with. */
  private configuration(
    scope: Construct,
    options: PodExtensionContext,
    preset: CollectorPreset,
    files: LogFiles,
    { sinks }: ResolvedSinks,
  ): ConfigMapFiles {
    const { format = LogFormat.text(), multiline, rotation, maxRecordSize = Size.mebibytes(1) } = this.props;
    const maxRecordBytes = kibibytes(checkSize(scope, "'maxRecordSize'", maxRecordSize)) * 1024;
    const least = Size.kibibytes(Math.ceil((preset.leastBuffer?.(maxRecordBytes, format) ?? 0) / 1024));
    const small = sinks.find(
      ({ kind, buffer }) => kind !== 'stdout' && buffer !== undefined && kibibytes(buffer) < kibibytes(least),
    );
    if (small) {
      fail(
        scope,
        `Sink '${small.name}' has a buffer of ${quantity(small.buffer!)}, less than the ` +
          `${quantity(least)} that ${preset.title} needs for records of ${quantity(maxRecordSize)}.`,
        "Raise 'bufferSize'.",
      );
    }
    const rendered = preset.render({
      directory: this.directory,
      files,
      maxRecordBytes,
      format: checkFormat(scope, format, preset),
      multiline: multiline && checkMultiline(scope, multiline),
      time: checkTime(scope, format),
      app: options.workloadName,
      sinks,
      healthPort: preset.healthPort,
      metricsPort: preset.metricsPort ?? preset.healthPort,
      flushSeconds: checkInteger(
        scope,
        `the flush timeout of ${preset.title} in seconds`,
        seconds(preset.flush),
        10,
        3600,
      ),
    });
    const rotating = rotationFiles(rotation, this.directory, files);
    const wrong = Object.keys(rendered).find(name => !isConfigKey(name) || rotating.some(([own]) => own === name));
    if (wrong !== undefined) {
      fail(
        scope,
        `The collector has a file '${wrong}', which ` +
          `${isConfigKey(wrong) ? "is the rotating sidecar's" : 'a ConfigMap cannot hold'}.`,
        "Give it another name, of letters, digits, '-', '_' and '.'.",
      );
    }
    const all = Object.entries(rendered)
      .concat(rotating)
      .map(([path, content]) => ({ path, content }));
    return defineConfigMap(scope, this.id, options, all, ConfigRollout.immutable());
  }
}
