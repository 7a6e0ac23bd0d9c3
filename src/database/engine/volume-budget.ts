import { Size } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { formatKibibytes, formatSize, settingSize } from './setting-size';
import { SizeUnit } from './size-unit';
import type { VolumeBudgetItem } from './volume-budget-item';
import { fail } from '../../checks/fail';
import { kibibytes, quantity } from '../../checks/values';

/**
 * Derives the settings that limit files on the volume, and refuses settings of the user that could fill it. A server
 * on a full volume stops, and some cannot start again.
 *
 * @param volume the size of the volume, if it is known
 */
export function planVolume(
  scope: IConstruct,
  { volumeBudget = [] }: DatabaseEngineSpec,
  userSettings: Readonly<Record<string, string>>,
  volume?: Size,
): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const item of volumeBudget) {
    const userValue = userSettings[item.setting];
    const userSize = userValue === undefined ? undefined : userSizeOf(scope, item, userValue);
    if (volume && userSize === undefined) {
      settings[item.setting] = derivedSize(item, volume);
    } else if (volume && userSize! > kibibytes(volume) / 2) {
      fail(
        scope,
        `Setting '${item.setting}' allows ${formatKibibytes(userSize!)}, more than half of the volume of ` +
          `${quantity(volume)}. A full volume stops the server.`,
        "Lower the setting, or increase the size of 'storage'.",
      );
    }
  }
  return settings;
}

/** Returns the minimum storage. An engine that keeps its data in memory writes a complete copy next to the old one. */
export function minimumStorage(spec: DatabaseEngineSpec, memory: Size): Size {
  const forMemory = Math.ceil(kibibytes(memory) * (spec.storagePerMemory ?? 0));
  return forMemory > kibibytes(spec.minimumStorage) ? Size.kibibytes(forMemory) : spec.minimumStorage;
}

function userSizeOf(scope: IConstruct, item: VolumeBudgetItem, value: string): number {
  const { setting, unit = SizeUnit.POSTGRES_MB, unitlessKib } = item;
  return settingSize(scope, setting, value, { unit, unitlessKib });
}

function derivedSize({ share, maxMib = 1024, unit = SizeUnit.POSTGRES_MB }: VolumeBudgetItem, volume: Size): string {
  return formatSize(Math.min(kibibytes(volume) * share, maxMib * 1024), unit);
}
