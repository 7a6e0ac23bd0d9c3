import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { collectorImage } from '../../inspect/collectors';
import { configFiles } from '../../inspect/config-use';
import type { Container, Pod } from '../../inspect/pods';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { eachPodAmong, Rule } from '../rule';

export const collectorBufferFitsVolume: Rule<'collector-buffer-fits-volume'> = {
  id: 'collector-buffer-fits-volume',
  summary: 'the buffers of a log collector fit in its volume',
  rationale: 'the pod is evicted, and the app with it, before the collector drops what is too much',
  severity: 'error',
  documentationUrl: 'https://github.com/fluent/fluent-bit/issues/7402',
  fix: {
    construct: "take a 'LogCollector' of ours, whose buffers and volume are added up",
    yaml:
      "lower the limit of the buffers ('storage.total_limit_size', 'total_limit_size', 'max_size'), or raise the " +
      "'sizeLimit' of the emptyDir",
  },
  safeDefault: { what: 'buffers of at most 80 % of their volume' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      const limit = collectorImage(container)?.syntax ? writableBytes(pod, container) : undefined;
      const files = limit === undefined ? [] : [...configFiles(container, pod, inventory).values()];
      const buffers = files.reduce((sum, content) => sum + bufferBytes(content), 0);
      if (limit !== undefined && buffers > limit) {
        yield {
          at: container.at,
          message:
            `the buffers of container '${container.name}' may hold ${formatBytes(buffers)}, and the volumes that ` +
            `it may write to ${formatBytes(limit)}`,
        };
      }
    }
  }),
};

/**
 * What the emptyDirs of a container may hold; `undefined` where it has none, or another volume, or one without a limit.
 */
function writableBytes(pod: Pod, { mounts }: Container): number | undefined {
  const written = pod.volumes.filter(
    ({ name, type }) =>
      !CONFIG_VOLUMES.includes(type) && mounts.some(mount => mount.volume === name && !mount.readOnly),
  );
  // what is not known is not a number, and neither is its sum
  const limits = written.map(({ type, source }) =>
    type === 'emptyDir' ? (parseQuantity(source.sizeLimit) ?? NaN) : NaN,
  );
  const sum = limits.reduce((total, limit) => total + limit, 0);
  return sum > 0 ? sum : undefined;
}

const KEYS = /^[ \t-]*["']?(?:(?:storage\.)?total_limit_size|max_size)["']?[ \t]*[:=]?/;
const SIZE = /[ \t]*["']?(\d+)[ \t]*([kmgt]?)b?["']?[ \t]*(?:#.*)?$/;
const LIMIT = new RegExp(KEYS.source + SIZE.source, 'gmi');

/** The limits of all buffers, in the smaller of the units that collectors take a letter for. */
function bufferBytes(content: string): number {
  return [...content.matchAll(LIMIT)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * 1000 ** UNITS.indexOf(unit.toLowerCase()),
    0,
  );
}

const UNITS = ['', 'k', 'm', 'g', 't'];
