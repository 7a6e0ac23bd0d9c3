import { COLLECTOR_SETTINGS, settingOfEach } from '../../facts/images/collectors';
import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { collectorImage } from '../../inspect/collectors';
import { configFiles } from '../../inspect/config-use';
import type { Container, Pod } from '../../inspect/pods';
import { formatBytes, parseQuantity } from '../../inspect/quantity';
import { eachPodAmong, Rule } from '../rule';

export const collectorBufferFitsVolume: Rule<'collector-buffer-fits-volume'> = {
  id: 'collector-buffer-fits-volume',
  summary: 'The buffers of a log collector fit into its volume.',
  rationale: 'Otherwise the kubelet evicts the pod, including the app, before the collector drops any records.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/fluent/fluent-bit/issues/7402',
  fix: {
    construct: "Use a 'LogCollector', which sizes its volume for its buffers.",
    yaml:
      `Lower the limit of the buffers, ${settingOfEach(({ bufferLimits }) => bufferLimits[0])}, or raise the ` +
      "'sizeLimit' of the emptyDir.",
  },
  safeDefault: { what: 'buffers of at most 80% of their volume' },
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      const syntax = collectorImage(container)?.syntax;
      const limit = syntax && writableBytes(pod, container);
      if (syntax === undefined || limit === undefined) {
        continue;
      }
      const { bufferLimits } = COLLECTOR_SETTINGS[syntax];
      const files = [...configFiles(container, pod, inventory).values()];
      const buffers = files.reduce((sum, content) => sum + bufferBytes(content, bufferLimits), 0);
      if (buffers > limit) {
        yield {
          at: container.at,
          message:
            `The buffers of container '${container.name}' can grow to ${formatBytes(buffers)}, but its writable ` +
            `volumes are limited to ${formatBytes(limit)}.`,
        };
      }
    }
  }),
};

/** Returns the size of the writable volumes of a container; `undefined` if it has none, or one without a size limit. */
function writableBytes(pod: Pod, { mounts }: Container): number | undefined {
  const writable = pod.volumes.filter(
    ({ name, type }) =>
      !CONFIG_VOLUMES.includes(type) && mounts.some(mount => mount.volume === name && !mount.readOnly),
  );
  // NaN stands for an unknown size, and makes the sum unknown
  const limits = writable.map(({ type, source }) =>
    type === 'emptyDir' ? (parseQuantity(source.sizeLimit) ?? NaN) : NaN,
  );
  const sum = limits.reduce((total, limit) => total + limit, 0);
  return sum > 0 ? sum : undefined;
}

const UNITS = ['', 'k', 'm', 'g', 't'];

/** Returns the sum of the limits of all buffers. Units are decimal, so the sum is not overestimated. */
function bufferBytes(content: string, settings: readonly string[]): number {
  return settings.reduce((total, setting) => {
    const limits = content.matchAll(limitExpression(setting));
    return [...limits].reduce(
      (sum, [, amount, unit = '']) => sum + Number(amount) * 1000 ** UNITS.indexOf(unit.toLowerCase()),
      total,
    );
  }, 0);
}

function limitExpression(setting: string): RegExp {
  const key = `^[ \\t-]*["']?${setting.replace(/\./g, '\\.')}["']?(?:[ \\t]*[:=][ \\t]*|[ \\t]+)`;
  return new RegExp(`${key}["']?(\\d+)(?:[ \\t]*(?:([kmgt])b?|b))?["']?[ \\t]*(?:#.*)?$`, 'gmi');
}
