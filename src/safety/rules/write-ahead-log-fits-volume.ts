import type { WriteAheadLog } from '../../facts/images/database-image';
import { configFiles } from '../../inspect/config-use';
import { fileBytes, optionBytes } from '../../inspect/database-settings';
import { commandLine, databaseServers, DatabaseServer, mountAt, optionOf } from '../../inspect/databases';
import type { Inventory } from '../../inspect/inventory';
import { at, text } from '../../inspect/json';
import type { Container } from '../../inspect/pods';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { eachPodAmong, Rule } from '../rule';

export const writeAheadLogFitsVolume: Rule<'write-ahead-log-fits-volume'> = {
  id: 'write-ahead-log-fits-volume',
  summary: 'The write-ahead log of PostgreSQL uses at most half of its volume.',
  rationale: 'Under load, the log fills the volume. The server stops and cannot restart, because the disk is full.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/cloudnative-pg/cloudnative-pg/issues/1808',
  fix: {
    construct: "Increase the size of 'storage', or lower 'max_wal_size' in 'settings'.",
    yaml: "Increase 'resources.requests.storage' of the claim, or lower 'max_wal_size'.",
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const server of databaseServers(pod)) {
      const { image, container } = server;
      const { writeAheadLog } = image;
      const logSize = writeAheadLog && maxLogSize(server, writeAheadLog, inventory);
      const volumeSize = writeAheadLog && claimSize(server, writeAheadLog, inventory);
      if (logSize !== undefined && volumeSize !== undefined && logSize > volumeSize / 2) {
        yield {
          at: container.at,
          message:
            `'${writeAheadLog!.maxSize.name}' of ${image.title} in container '${container.name}' is ` +
            `${formatBytes(logSize)}, more than half of the volume of ${formatBytes(volumeSize)}.`,
        };
      }
    }
  }),
};

/** Returns the maximum size of the log in bytes. The command line overrides the configuration file. */
function maxLogSize(
  { image, container, pod }: DatabaseServer,
  { maxSize }: WriteAheadLog,
  inventory: Inventory,
): number | undefined {
  const command = commandLine(container);
  const configFile = /(?:^|\s)(?:-c ?|--)config[-_]file\s*=\s*["']?([^\s"']+)/.exec(command)?.[1];
  const sizes = [...configFiles(container, pod, inventory)]
    .filter(([path]) => (configFile === undefined ? path.endsWith('.conf') : path === configFile))
    .map(([, content]) => fileBytes(content, maxSize, image.sizes))
    .filter(size => size !== undefined);
  return optionBytes(command, maxSize, image.sizes) ?? sizes.pop();
}

/** Returns the requested size of the claim that contains the log, in bytes. */
function claimSize(
  { container, pod, dataPath }: DatabaseServer,
  writeAheadLog: WriteAheadLog,
  inventory: Inventory,
): number | undefined {
  const directory = logDirectory(container, writeAheadLog) ?? `${dataPath}/${writeAheadLog.directory}`;
  const volume = pod.volumes.find(({ name }) => name === mountAt(container, directory)?.volume);
  const claim =
    volume?.type === 'persistentVolumeClaim'
      ? inventory.find('PersistentVolumeClaim', text(volume.source.claimName), pod.object)?.content
      : volume?.source;
  return parseQuantity(at(claim, 'spec', 'resources', 'requests', 'storage'));
}

function logDirectory(
  { env }: Container,
  { directoryVariable, directoryOption, initArgumentsVariable }: WriteAheadLog,
): string | undefined {
  const variable = (variableName: string) => env.find(({ name }) => name === variableName)?.value;
  return variable(directoryVariable) ?? optionOf(variable(initArgumentsVariable)?.split(/\s+/) ?? [], directoryOption);
}
