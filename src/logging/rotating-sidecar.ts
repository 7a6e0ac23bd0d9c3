import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { LogFiles } from './log-files';
import type { LogRotation } from './log-rotation';
import { CONFIG_DIRECTORY, STATE_DIRECTORY } from './pipeline';
import { checkInteger, kibibytes, seconds } from '../checks/values';
import type { SidecarContainer, PodMount } from '../pod/pod-parts';

const FILE = 'logrotate.conf';

/** The configuration of logrotate, with its file's name; none where the app rotates. */
export function rotationFiles(rotation: LogRotation, directory: string, { current }: LogFiles): [string, string][] {
  if (!rotation._sidecar) {
    return [];
  }
  return [
    [
      FILE,
      [
        `${current.map(file => `"${directory}/${file}"`).join(' ')} {`,
        `  size ${Math.ceil(kibibytes(rotation.maxFileSize))}k`,
        `  rotate ${rotation.maxFiles - 1}`,
        // renamed, never copied and truncated: what is written in between would be lost
        '  nocopytruncate',
        '  nocreate',
        '  nocompress',
        '  missingok',
        '}',
        '',
      ].join('\n'),
    ],
  ];
}

/** Looks at the files' sizes again and again; none where the app rotates. */
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
  const pause = checkInteger(scope, "'interval' of the rotation in seconds", seconds(interval), 1, 3600);
  const rotate = `logrotate --state ${STATE_DIRECTORY}/logrotate.status ${CONFIG_DIRECTORY}/${FILE}`;
  return [
    {
      name: `${id}-rotate`,
      image,
      // a shell that waits for `sleep` in the foreground would not hear that it is to end
      command: ['/bin/sh', '-c', `trap exit TERM; while true; do ${rotate}; sleep ${pause} & wait $!; done`],
      mounts: [mounts.logs, mounts.state, { ...mounts.config, readOnly: true }],
    },
  ];
}
