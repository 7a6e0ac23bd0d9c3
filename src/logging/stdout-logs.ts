import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ILogDelivery } from './log-delivery';
import { isGlob, logFiles } from './log-files';
import { LOG_DIRECTORY } from './pipeline';
import { fail } from '../checks/fail';
import { checkContainerPath, checkSize } from '../checks/values';
import type { PodAdditions, PodExtensionContext } from '../pod/pod-extension';
import { PodVolume } from '../pod/pod-parts';

/** An app's logs on its standard output. */
export interface StdoutLogsProps {
  /**
   * The directory that the app writes its files to.
   *
   * @default '/var/log/app'
   */
  readonly directory?: string;

  /**
   * The files that the app writes, each by its exact name.
   *
   * @default ['app.log']
   */
  readonly files?: string[];

  /**
   * How much the directory may hold, which is nothing unless the app writes other files too.
   *
   * @default Size.mebibytes(16)
   */
  readonly sizeLimit?: Size;

  /**
   * An image with `/bin/ln`, pinned by a tag or digest, which makes the links before the app starts.
   *
   * @default 'docker.io/library/busybox:1.37.0'
   */
  readonly image?: string;

  /**
   * Its name inside the workload: a DNS label of at most 50 characters.
   *
   * @default 'logs'
   */
  readonly id?: string;
}

/**
 * Lets what an app writes to its log files come out on its own standard output, for clusters whose nodes run an agent
 * that reads that: each file is a link. No container runs beside the app. The app has to open its files for appending
 * and must not rotate them.
 */
export class StdoutLogs implements ILogDelivery {
  /** @see IPodExtension */
  public readonly id: string;

  /** @see ILogDelivery */
  public readonly directory: string;

  /**
   * @param props which files
   */
  constructor(private readonly props: StdoutLogsProps = {}) {
    this.id = props.id ?? 'logs';
    this.directory = props.directory ?? LOG_DIRECTORY;
  }

  /** @see IPodExtension */
  public bind(scope: Construct, _context: PodExtensionContext): PodAdditions {
    const {
      files = ['app.log'],
      sizeLimit = Size.mebibytes(16),
      image = 'docker.io/library/busybox:1.37.0',
    } = this.props;
    const path = checkContainerPath(scope, "'directory'", this.directory);
    logFiles(scope, files);
    const glob = files.find(isGlob);
    if (glob !== undefined) {
      fail(
        scope,
        `'files' has '${glob}', a pattern, and a link to the standard output needs a name.`,
        "Name each file, for example 'app.log'.",
      );
    }
    const volume = PodVolume.emptyDir(this.id, { sizeLimit: checkSize(scope, "'sizeLimit'", sizeLimit) });
    return {
      mounts: [{ path, volume }],
      initContainers: files.map((file, i) => ({
        name: `${this.id}-link${files.length > 1 ? `-${i + 1}` : ''}`,
        image,
        // the first process of the app's container, so that the app's own children write there too
        command: ['ln', '-sfn', '/proc/1/fd/1', `${path}/${file}`],
        mounts: [{ path, volume }],
      })),
    };
  }
}
