import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { LogFiles } from './log-files';
import type { LogRotation } from './log-rotation';
import { CONFIG_DIRECTORY, STATE_DIRECTORY } from './pipeline';
import { checkInteger, kibibytes, seconds } from '../checks/values';
import type { SidecarContainer, PodMount } from '../pod/pod-parts';

const FILE = 'logrotate.conf';

/** Returns the configuration of logrotate by file name; no file if the app rotates. */
export function rotationFiles(rotation: LogRotation, directory: string, { current }: LogFiles): Record<string, string> {
  if (!rotation._sidecar) {
    return {};
  }
  const lines = [
    `${current.map(file => `"${directory}/${file}"`).join(' ')} {`,
    `  size ${Math.ceil(kibibytes(rotation.maxFileSize))}k`,
    `  rotate ${rotation.maxFiles - 1}`,
    // copying and truncating would lose the lines written in between
    '  nocopytruncate',
    '  nocreate',
    '  nocompress',
    '  missingok',
    '}',
    '',
  ];
  return { [FILE]: lines.join('\n') };
}

/** Returns the sidecar that runs logrotate periodically; none if the app rotates. */
export function rotatingSidecar(
  scope: Construct,
  id: string,
  rotation: LogRotation,
  mounts: { logs: PodMount; state: PodMount; config: PodMount },
): SidecarContainer[] {
  if (!rotation._sidecar) {
    return [];
  }
  const { image, interval = Duration.seconds(10) } = rotation._sidecar;
  const pause = checkInteger(scope, "'rotation.interval' in seconds", seconds(interval), 1, 3600);
  const rotate = `logrotate --state ${STATE_DIRECTORY}/logrotate.status ${CONFIG_DIRECTORY}/${FILE}`;
  return [
    {
      name: `${id}-rotate`,
      image,
      // a shell does not handle signals while it waits for `sleep` in the foreground
      command: ['/bin/sh', '-c', `trap exit TERM; while true; do ${rotate}; sleep ${pause} & wait $!; done`],
      mounts: [mounts.logs, mounts.state, { ...mounts.config, readOnly: true }],
    },
  ];
}
