import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { isGlob, logFiles } from './log-files';
import type { StdoutLogsProps } from './log-shipping-props';
import { fail } from '../checks/fail';
import { checkContainerPath, checkSize } from '../checks/values';
import type { PodContribution } from '../pod/capability';
import { PodVolume } from '../pod/pod-parts';

/** Lets what the app writes to its log files come out on its standard output, where node agents read it. */
export function stdoutLinks(scope: Construct, id: string, props: StdoutLogsProps): PodContribution {
  const { directory = '/var/log/app', files = ['app.log'], sizeLimit = Size.mebibytes(16), image = 'docker.io/library/busybox:1.37.0' } = props;
  checkContainerPath(scope, '\'directory\'', directory);
  logFiles(scope, files);
  const glob = files.find(isGlob);
  if (glob !== undefined) {
    fail(scope, `'files' has '${glob}', a pattern, and a link to the standard output needs a name. name each file, for example 'app.log'`);
  }
  const volume = PodVolume.emptyDir(id, { sizeLimit: checkSize(scope, '\'sizeLimit\'', sizeLimit) });
  return {
    mounts: [{ path: directory, volume }],
    initContainers: files.map((file, i) => ({
      name: `${id}-link${files.length > 1 ? `-${i + 1}` : ''}`,
      image,
      // the first process of the app's container, so that the app's own children write there too
      command: ['ln', '-sfn', '/proc/1/fd/1', `${directory}/${file}`],
      mounts: [{ path: directory, volume }],
    })),
  };
}
