import type { Construct } from 'constructs';
import { capacity, Capacity } from './capacity';
import { collectorContainer } from './collector-container';
import { configurationFiles } from './configuration-files';
import type { ILogDelivery } from './log-delivery';
import { logFiles } from './log-files';
import { collectorPolicy, podMonitor, prometheusRule } from './log-network';
import { CompletedProps, completeProps } from './log-shipping-defaults';
import type { LogShippingProps } from './log-shipping-props';
import { CONFIG_DIRECTORY, LOG_DIRECTORY, STATE_DIRECTORY } from './pipeline';
import { rotatingSidecar } from './rotating-sidecar';
import { ResolvedSinks, resolveSinks } from './sink-resolution/resolve';
import { fail } from '../checks/fail';
import { checkProps, checkRequiredProps, PropTable, required, optional } from '../checks/props';
import { checkContainerPath } from '../checks/values';
import { ConfigMapFiles, configMapVolume, defineConfigMap } from '../config/config-map';
import { ConfigRollout } from '../config/config-rollout';
import type { PodExtensionContext, PodAdditions } from '../pod/pod-extension';
import type { PodMount } from '../pod/pod-parts';
import { PodVolume } from '../pod/volumes/pod-volume';

const PROPS: PropTable<LogShippingProps> = {
  collector: optional('LogCollector'),
  sinks: optional('LogSink[]'),
  rotation: required('LogRotation.byApp({ maxFileSize: Size.mebibytes(10), maxFiles: 4 })', 'LogRotation'),
  directory: optional('string'),
  files: optional('string[]'),
  format: optional('LogFormat'),
  multiline: optional('LogMultiline'),
  maxRecordSize: optional('Size'),
  sizeLimit: optional('Size'),
  podMonitor: optional('boolean'),
  prometheusRule: optional('boolean'),
  id: optional('string'),
};

/** The volumes of a log shipping, where its containers mount them. */
interface ShippingMounts {
  readonly logs: PodMount;
  readonly state: PodMount;
  readonly config: PodMount;
}

/**
 * Ships the log files of an app: the app writes them to a bounded `emptyDir`, and a collector in a sidecar reads them.
 *
 * The collector starts before the app and ends after it. It keeps its offsets and buffers in another bounded volume,
 * and mounts the logs read-only. Creates a ConfigMap with the configuration of the collector, whose changes roll out
 * new pods, a NetworkPolicy that opens the ports of the sinks, and optionally a PodMonitor and a PrometheusRule.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
export class LogShipping implements ILogDelivery {
  /** @see IPodExtension */
  public readonly id: string;

  /** @see ILogDelivery */
  public readonly directory: string;

  /**
   * @param props collector, sinks and rotation
   */
  constructor(private readonly props: LogShippingProps) {
    // subclasses can have more props
    const check = new.target === LogShipping ? checkProps<LogShippingProps> : checkRequiredProps<LogShippingProps>;
    check('LogShipping', props, PROPS);
    this.id = props.id ?? 'logs';
    this.directory = props.directory ?? LOG_DIRECTORY;
  }

  /** @see IPodExtension */
  public bind(scope: Construct, context: PodExtensionContext): PodAdditions {
    const { id, directory } = this;
    const props = completeProps(scope, this.props);
    this.checkValues(scope, props);
    const { _preset: collector } = props.collector;
    const files = logFiles(scope, props.files ?? ['*.log'], props.rotation);
    const sinks = resolveSinks(scope, id, props.sinks, collector);
    const limits = this.capacity(scope, props, files.current.length, sinks);
    const configuration = defineConfigMap(
      scope,
      id,
      context,
      configurationFiles(scope, props, { app: context.workloadName, directory, files, sinks: sinks.sinks }),
      ConfigRollout.immutable(),
    );
    const mounts = this.mounts(limits, configuration);
    this.defineObjects(scope, context, props, sinks);
    return {
      ...configuration.additions,
      mounts: [mounts.logs],
      sidecars: [
        collectorContainer(scope, id, collector, sinks, context, [
          { ...mounts.logs, readOnly: true },
          mounts.state,
          mounts.config,
        ]),
        ...rotatingSidecar(scope, id, props.rotation, mounts),
      ],
    };
  }

  /** Refuses an invalid directory, and alerts without metrics. */
  private checkValues(scope: Construct, { podMonitor: monitored, prometheusRule: alerted }: CompletedProps): void {
    checkDirectory(scope, this.directory);
    if (alerted && !monitored) {
      fail(
        scope,
        "'prometheusRule' is set without 'podMonitor', so Prometheus has no metrics to alert on.",
        "Set 'podMonitor: true' too.",
      );
    }
  }

  private capacity(
    scope: Construct,
    { rotation, sizeLimit }: CompletedProps,
    files: number,
    { sinks }: ResolvedSinks,
  ): Capacity {
    const buffers = sinks.flatMap(({ kind, name, buffer }) =>
      kind === 'stdout' || buffer === undefined ? [] : [{ name, size: buffer }],
    );
    return capacity(scope, rotation, rotation.logCount ?? files, buffers, sizeLimit);
  }

  private mounts(limits: Capacity, configuration: ConfigMapFiles): ShippingMounts {
    const { id, directory } = this;
    return {
      logs: { path: directory, volume: PodVolume.emptyDir(id, { sizeLimit: limits.logs }) },
      state: { path: STATE_DIRECTORY, volume: PodVolume.emptyDir(`${id}-state`, { sizeLimit: limits.state }) },
      config: { path: CONFIG_DIRECTORY, volume: configMapVolume(`${id}-config`, configuration), readOnly: true },
    };
  }

  private defineObjects(
    scope: Construct,
    context: PodExtensionContext,
    props: CompletedProps,
    { egressPorts }: ResolvedSinks,
  ): void {
    const { _preset: collector } = props.collector;
    collectorPolicy(scope, context, egressPorts, props.podMonitor ? collector.metricsPort : undefined);
    if (props.podMonitor) {
      podMonitor(scope, context, collector);
    }
    if (props.prometheusRule) {
      prometheusRule(scope, context, collector);
    }
  }
}

/** Refuses a directory that a collector or a shell would read as more than a path: a pattern, a variable, or code. */
function checkDirectory(scope: Construct, directory: string): void {
  if (!/^[-\w./]+$/.test(checkContainerPath(scope, "'directory'", directory))) {
    fail(
      scope,
      `'directory' is ${JSON.stringify(directory)}, which collectors do not read as one path.`,
      "Use letters, digits, '-', '_' and '.' between slashes.",
    );
  }
}
