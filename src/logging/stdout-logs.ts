import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { IAppLogs } from './app-logs';
import { isGlob, logFiles } from './log-files';
import type { StdoutLogsProps } from './log-shipping-props';
import { LOG_DIRECTORY } from './pipeline';
import { fail } from '../checks/fail';
import { checkContainerPath, checkSize } from '../checks/values';
import type { PodContribution } from '../pod/capability';
import { PodVolume } from '../pod/pod-parts';

/** Lets what the app writes to its log files come out on its standard output, where node agents read it. */
export class StdoutLogs implements IAppLogs {
  public readonly capabilityId: string;
  public readonly directory: string;

  constructor(private readonly props: StdoutLogsProps) {
    this.capabilityId = props.id ?? 'logs';
    this.directory = props.directory ?? LOG_DIRECTORY;
  }

  public bind(scope: Construct): PodContribution {
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
        `'files' has '${glob}', a pattern, and a link to the standard output needs a name. name each file, for ` +
          `example 'app.log'`,
      );
    }
    const volume = PodVolume.emptyDir(this.capabilityId, { sizeLimit: checkSize(scope, "'sizeLimit'", sizeLimit) });
    return {
      mounts: [{ path, volume }],
      initContainers: files.map((file, i) => ({
        name: `${this.capabilityId}-link${files.length > 1 ? `-${i + 1}` : ''}`,
        image,
        // the first process of the app's container, so that the app's own children write there too
        command: ['ln', '-sfn', '/proc/1/fd/1', `${path}/${file}`],
        mounts: [{ path, volume }],
      })),
    };
  }
}
