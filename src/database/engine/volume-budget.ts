import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { formatKibibytes, settingSize, writtenSize } from './setting-size';
import { SizeUnit } from './size-unit';
import { fail } from '../../checks/fail';
import { kibibytes, quantity } from '../../checks/values';

/**
 * Derives the settings that take room on the volume, and refuses those of the user that may fill it: a server with a
 * full
 * volume stops, and some do not start again.
 *
 * @param size the volume's, where it is known
 */
export function planVolume(
  scope: IConstruct,
  spec: DatabaseEngineSpec,
  user: Record<string, string>,
  size?: Size,
): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const { setting, share, maxMib: max = 1024, unit = SizeUnit.POSTGRES_MB, unitlessKib } of spec.volumeBudget ??
    []) {
    const given =
      user[setting] === undefined ? undefined : settingSize(scope, setting, user[setting], { unit, unitlessKib });
    if (size && given === undefined) {
      settings[setting] = writtenSize(Math.min(kibibytes(size) * share, max * 1024), unit);
    } else if (size && given! > kibibytes(size) / 2) {
      fail(
        scope,
        `The setting '${setting}' lets ${formatKibibytes(given!)} pile up on a volume of ` +
          `${quantity(size)}, more than half of it, and a full volume stops the server.`,
        'Lower it, or make the volume larger.',
      );
    }
  }
  return settings;
}

/** The least storage: an engine that keeps its data in memory writes all of it anew beside the old. */
export function leastStorage({ minimumStorage, storagePerMemory = 0 }: DatabaseEngineSpec, memory: Size): Size {
  const forMemory = Math.ceil(kibibytes(memory) * storagePerMemory);
  return forMemory > kibibytes(minimumStorage) ? Size.kibibytes(forMemory) : minimumStorage;
}
