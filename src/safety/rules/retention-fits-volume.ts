import type { SizeRetention } from '../../facts/images/image-facts';
import { optionOf } from '../../inspect/command-line';
import { configFiles } from '../../inspect/config-use';
import { mountAt, volumeOf } from '../../inspect/container-mounts';
import type { Inventory } from '../../inspect/inventory';
import type { Volume } from '../../inspect/pods';
import { formatBytes } from '../../inspect/quantity';
import { Server, serversOf } from '../../inspect/servers';
import { volumeSize } from '../../inspect/volume-size';
import { eachPodAmong, Rule } from '../rule';

export const retentionFitsVolume: Rule<'retention-fits-volume'> = {
  id: 'retention-fits-volume',
  summary: 'A server that can delete its oldest data does so before its volume is full.',
  rationale:
    'A limit of age does not bound the size. When the volume is full, Prometheus stops recording, and cannot start ' +
    'again until the volume is larger.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://prometheus.io/docs/prometheus/latest/storage/#right-sizing-retention-size',
  fix: {
    construct: "Set '--storage.tsdb.retention.size' to at most 85% of the size of the claim.",
    yaml: "Set '--storage.tsdb.retention.size' to at most 85% of the size of the claim.",
  },
  ...eachPodAmong(function* (pod, inventory) {
    for (const server of serversOf(pod)) {
      const { retention, title } = server.image;
      const mount = mountAt(server.container, server.dataPath);
      const volume = mount && volumeOf(pod, mount);
      const size = volumeSize(pod, volume, inventory);
      if (retention && size !== undefined) {
        const problem = sizeProblem(server, retention, volume!, size, inventory);
        if (problem !== undefined) {
          yield { at: server.container.at, message: `${title} in container '${server.container.name}' ${problem}.` };
        }
      }
    }
  }),
};

function sizeProblem(
  { container, pod }: Server,
  { sizeOption, ageOptions, fileSetting }: SizeRetention,
  { name }: Volume,
  size: number,
  inventory: Inventory,
): string | undefined {
  const words = [...container.command, ...container.args].flatMap(word => word.split(/\s+/));
  const limit = optionOf(words, sizeOption);
  const volume = `volume '${name}' of ${formatBytes(size)}`;
  if (limit !== undefined) {
    const bytes = parseRetention(limit);
    return bytes !== undefined && bytes >= size ? `keeps up to ${limit} of data on the ${volume}` : undefined;
  }
  const age = ageOptions.map(option => optionOf(words, option)).find(value => value !== undefined);
  const isInFile = [...configFiles(container, pod, inventory).values()].some(content => fileSetting.test(content));
  return age === undefined || isInFile ? undefined : `keeps the data of ${age}, whatever its size, on the ${volume}`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Returns the bytes of a size such as `8GB`, whose units are powers of 1024. */
function parseRetention(size: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([KMGTPE]?B)$/.exec(size) ?? [];
  return amount === undefined ? undefined : Number(amount) * 1024 ** UNITS.indexOf(unit);
}
