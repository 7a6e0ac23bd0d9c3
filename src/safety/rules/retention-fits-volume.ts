import type { SizeRetention } from '../../facts/images/image-facts';
import { optionOf } from '../../inspect/command-line';
import { configFiles } from '../../inspect/config-use';
import { mountAt, volumeOf } from '../../inspect/container-mounts';
import type { Inventory } from '../../inspect/inventory';
import { at, record, text } from '../../inspect/json';
import { OperatorObject, operatorObjects } from '../../inspect/operators';
import type { Volume } from '../../inspect/pods';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { Server, serversOf } from '../../inspect/servers';
import { volumeSize } from '../../inspect/volume-size';
import { eachPodAmong, Problem, Rule } from '../rule';

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
    yaml:
      "Set '--storage.tsdb.retention.size', or 'retentionSize' of the custom resource, to at most 85% of the size of " +
      'the claim.',
  },
  ofPods: true,
  check: inventory => [...OF_PODS.check(inventory), ...operatorObjects(inventory).flatMap(problemOfResource)],
};

const OF_PODS = eachPodAmong(function* (pod, inventory) {
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
});

/** Returns the problem with a `Prometheus`, whose operator sets the options. */
function problemOfResource({ object, facts }: OperatorObject): Problem[] {
  const spec = record(object.content.spec);
  const size = parseQuantity(at(spec, 'storage', 'volumeClaimTemplate', 'spec', 'resources', 'requests', 'storage'));
  const [limit, age] = [text(spec.retentionSize), text(spec.retention)];
  if (facts.kind !== 'Prometheus' || size === undefined) {
    return [];
  }
  const claim = `a claim of ${formatBytes(size)}`;
  if (limit !== undefined) {
    const bytes = parseRetention(limit);
    return bytes !== undefined && bytes >= size
      ? [{ object, at: ['spec', 'retentionSize'], message: `Prometheus keeps up to ${limit} of data on ${claim}.` }]
      : [];
  }
  return age === undefined
    ? []
    : [
        {
          object,
          at: ['spec', 'retention'],
          message: `Prometheus keeps the data of ${age}, of any size, on ${claim}.`,
        },
      ];
}

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
  return age === undefined || isInFile ? undefined : `keeps the data of ${age}, of any size, on the ${volume}`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Returns the bytes of a size such as `8GB`, whose units are powers of 1024. */
function parseRetention(size: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([KMGTPE]?B)$/.exec(size) ?? [];
  return amount === undefined ? undefined : Number(amount) * 1024 ** UNITS.indexOf(unit);
}
