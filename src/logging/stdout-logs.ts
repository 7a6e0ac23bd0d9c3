import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ILogDelivery } from './log-delivery';
import { isGlob, logFiles } from './log-files';
import { LOG_DIRECTORY } from './pipeline';
import { fail } from '../checks/fail';
import { checkProps, checkRequiredProps, PropTable, optional } from '../checks/props';
import { checkContainerPath, checkSize } from '../checks/values';
import { withDigest } from '../facts/image-digests';
import type { PodAdditions, PodExtensionContext } from '../pod/pod-extension';
import { PodVolume } from '../pod/volumes/pod-volume';

/** Properties of `StdoutLogs`. */
export interface StdoutLogsProps {
  /**
   * The directory to which the app writes its files.
   *
   * @default '/var/log/app'
   */
  readonly directory?: string;

  /**
   * The exact names of the files that the app writes.
   *
   * @default ['app.log']
   */
  readonly files?: string[];

  /**
   * The size limit of the directory. It contains only links unless the app writes other files too.
   *
   * @default Size.mebibytes(16)
   */
  readonly sizeLimit?: Size;

  /**
   * An image with `/bin/ln`, pinned by a tag or digest, which creates the links before the app starts.
   *
   * @default 'docker.io/library/busybox:1.37.0'
   */
  readonly image?: string;

  /**
   * The ID of the extension in the workload: a DNS label of at most 50 characters.
   *
   * @default 'logs'
   */
  readonly id?: string;
}

const PROPS: PropTable<StdoutLogsProps> = {
  directory: optional('string'),
  files: optional('string[]'),
  sizeLimit: optional('Size'),
  image: optional('string'),
  id: optional('string'),
};

/**
 * Redirects the log files of an app to its standard output in clusters with a node agent that reads it. Each file is
 * a link, and the pod needs no sidecar. The app must open its files for appending, and must not rotate them.
 */
export class StdoutLogs implements ILogDelivery {
  /** @see IPodExtension */
  public readonly id: string;

  /** @see ILogDelivery */
  public readonly directory: string;

  /**
   * @param props directory and files
   */
  constructor(private readonly props: StdoutLogsProps = {}) {
    // subclasses can have more props
    const check = new.target === StdoutLogs ? checkProps<StdoutLogsProps> : checkRequiredProps<StdoutLogsProps>;
    check('StdoutLogs', props, PROPS);
    this.id = props.id ?? 'logs';
    this.directory = props.directory ?? LOG_DIRECTORY;
  }

  /** @see IPodExtension */
  public bind(scope: Construct, _context: PodExtensionContext): PodAdditions {
    const {
      files = ['app.log'],
      sizeLimit = Size.mebibytes(16),
      image = withDigest('docker.io/library/busybox:1.37.0'),
    } = this.props;
    const path = checkContainerPath(scope, "'directory'", this.directory);
    logFiles(scope, files);
    const glob = files.find(isGlob);
    if (glob !== undefined) {
      fail(
        scope,
        `'files' contains the pattern '${glob}', but a link to the standard output needs a file name.`,
        "Name each file, for example 'app.log'.",
      );
    }
    const volume = PodVolume.emptyDir(this.id, { sizeLimit: checkSize(scope, "'sizeLimit'", sizeLimit) });
    return {
      mounts: [{ path, volume }],
      initContainers: files.map((file, i) => ({
        name: `${this.id}-link${files.length > 1 ? `-${i + 1}` : ''}`,
        image,
        // the first process of the container, so that child processes of the app write there too
        command: ['ln', '-sfn', '/proc/1/fd/1', `${path}/${file}`],
        mounts: [{ path, volume }],
      })),
    };
  }
}
