import { ApiObject, Duration, Size } from 'cdk8s';
import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { capacity } from './capacity';
import type { CollectorPreset } from './collectors/preset';
import { LogCollector } from './log-collector';
import { logFiles } from './log-files';
import { LogFormat, LogMultiline } from './log-format';
import type { LogRotation } from './log-rotation';
import type { LogSink } from './log-sink';
import { checkFormat, checkMultiline } from './patterns';
import { CONFIG_DIRECTORY, STATE_DIRECTORY } from './pipeline';
import { ResolvedSinks, resolveSinks } from './sinks';
import { fail, listed, warn } from '../checks/fail';
import { checkContainerPath, checkSize, kibibytes, seconds } from '../checks/values';
import { configMapVolume, defineConfigMap } from '../config/config-map';
import { ConfigRollout } from '../config/config-rollout';
import { KubernetesVersion } from '../kubernetes-version';
import type { CapabilityBindOptions, ICapability, PodContribution } from '../pod/capability';
import { HealthCheck } from '../pod/health-check';
import { PodContainer, PodVolume } from '../pod/pod-parts';

/** How long a collector may take to see the app's last line. */
const LAST_LOOK_SECONDS = 2;

/** What ships an app's logs. */
export interface LogShippingProps {
  /** The program that reads the files. */
  readonly collector: LogCollector;

  /** Where the records go. */
  readonly sinks: LogSink[];

  /** Who rotates the files, and how much they hold at most. */
  readonly rotation: LogRotation;

  /**
   * The directory that the app writes its files to.
   *
   * @default '/var/log/app'
   */
  readonly directory?: string;

  /**
   * The files to read, by name or pattern. None may match the name of a rotated file.
   *
   * @default - every file named `*.log`
   */
  readonly files?: string[];

  /**
   * How a line becomes a record.
   *
   * @default LogFormat.text()
   */
  readonly format?: LogFormat;

  /**
   * Where a record of several lines begins.
   *
   * @default - each line is a record
   */
  readonly multiline?: LogMultiline;

  /**
   * The longest record; a longer one is split.
   *
   * @default Size.mebibytes(1)
   */
  readonly maxRecordSize?: Size;

  /**
   * How much logs, buffers and offsets may hold together. At most 80 % of it is planned for.
   *
   * @default - what rotation and buffers add up to
   */
  readonly sizeLimit?: Size;

  /**
   * Its name inside the workload: a DNS label of at most 50 characters.
   *
   * @default 'logs'
   */
  readonly id?: string;
}

/**
 * Ships an app's log files: the app writes to a bounded `emptyDir`, and a collector beside it reads them.
 *
 * The collector starts before the app and ends after it, keeps its offsets and buffers on disk in a bounded volume of its
 * own, and mounts the logs read-only. Defines a ConfigMap with its configuration, whose change rolls the pods, and a
 * NetworkPolicy that lets the pods reach the sinks.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/
 */
export class LogShipping implements ICapability {
  /** @see ICapability */
  public readonly capabilityId: string;

  /**
   * @param props what ships the logs
   */
  constructor(private readonly props: LogShippingProps) {
    this.capabilityId = props.id ?? 'logs';
  }

  /** @see ICapability */
  public bind(scope: Construct, options: CapabilityBindOptions): PodContribution {
    const { rotation, directory = '/var/log/app', files = ['*.log'], format = LogFormat.text(), multiline } = this.props;
    const maxRecordSize = checkSize(scope, '\'maxRecordSize\'', this.props.maxRecordSize ?? Size.mebibytes(1));
    const preset = this.props.collector._preset;
    const id = this.capabilityId;
    checkContainerPath(scope, '\'directory\'', directory);
    const read = logFiles(scope, files, rotation);
    checkFormat(scope, format);
    if (preset.unsupportedFormats?.[format.kind]) {
      fail(scope, `${preset.title} does not parse '${format.kind}'. ${preset.unsupportedFormats[format.kind]}`);
    }
    if (multiline) {
      checkMultiline(scope, multiline);
    }
    checkSinks(scope, this.props.sinks, preset);
    if (!KubernetesVersion.oldestServed(scope).isAtLeast(KubernetesVersion.V1_30)) {
      warn(scope, `on clusters before 1.30 ${preset.title} is stopped together with the app, and the app's last lines may not be shipped. serve clusters from 1.30 on where that matters`);
    }
    const resolved = resolveSinks(scope, id, this.props.sinks, preset);
    const buffers = resolved.sinks.filter(({ kind }) => kind !== 'stdout').map(({ name, buffer }) => ({ name, size: buffer }));
    const limits = capacity(scope, rotation, rotation.logs ?? files.length, buffers, this.props.sizeLimit);

    const configuration = defineConfigMap(scope, id, options, Object.entries(preset.render({
      directory,
      files: read,
      maxRecordBytes: kibibytes(maxRecordSize) * 1024,
      format,
      multiline: multiline?.pattern,
      app: options.workloadName,
      sinks: resolved.sinks,
      healthPort: preset.healthPort,
      metricsPort: preset.metricsPort,
      flushSeconds: seconds(preset.flush),
    })).map(([path, content]) => ({ path, content })), ConfigRollout.immutable());

    const logs = PodVolume.emptyDir(id, { sizeLimit: limits.logs });
    egressPolicy(scope, options, resolved);
    return {
      ...configuration.contribution,
      mounts: [{ path: directory, volume: logs }],
      sidecars: [collectorContainer(id, preset, resolved, options, [
        { path: directory, volume: logs, readOnly: true },
        { path: STATE_DIRECTORY, volume: PodVolume.emptyDir(`${id}-state`, { sizeLimit: limits.state }) },
        { path: CONFIG_DIRECTORY, volume: configMapVolume(`${id}-config`, configuration), readOnly: true },
      ])],
    };
  }
}

function collectorContainer(
  id: string, preset: CollectorPreset, { env, mounts }: ResolvedSinks, { stopTimeout }: CapabilityBindOptions, own: PodContainer['mounts'] = [],
): PodContainer {
  return {
    name: `${id}-${preset.name}`,
    image: preset.image,
    command: preset.command,
    args: preset.args,
    resources: preset.resources,
    env: {
      ...Object.fromEntries(Object.entries(preset.env ?? {}).map(([name, value]) => [name, EnvValue.fromValue(value)])),
      ...env,
      POD_NAME: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
      POD_NAMESPACE: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAMESPACE),
    },
    ports: { 'log-health': preset.healthPort, 'log-metrics': preset.metricsPort },
    health: HealthCheck.http(preset.healthPath, { port: preset.healthPort }),
    mounts: [...own, ...mounts],
    // a collector does not look again once it is told to stop, so it is told when the app has surely written its last line
    stopDelay: Duration.seconds(seconds(stopTimeout) + LAST_LOOK_SECONDS),
    stopTimeout: Duration.seconds(LAST_LOOK_SECONDS + seconds(preset.flush)),
  };
}

function checkSinks(scope: Construct, sinks: readonly LogSink[], preset: CollectorPreset): void {
  const other = sinks.find(({ _definition: { kind } }) => !preset.sinks.includes(kind));
  if (other) {
    fail(scope, `${preset.title} has no sink '${other.kind}'; it has ${listed([...preset.sinks])}. ${preset.sinkRemedy ?? 'use another collector'}`);
  }
}

/** Policies add up: this one lets the pods reach the sinks, wherever they are. */
function egressPolicy(scope: Construct, { workloadName, namespace, labels, podLabels }: CapabilityBindOptions, { egressPorts }: ResolvedSinks): void {
  if (egressPorts.length > 0) {
    new ApiObject(scope, 'NetworkPolicy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${workloadName}-${scope.node.id}-sinks`, namespace, labels },
      spec: {
        podSelector: { matchLabels: podLabels },
        policyTypes: ['Egress'],
        egress: [{ ports: egressPorts.map(port => ({ port, protocol: 'TCP' })) }],
      },
    });
  }
}
