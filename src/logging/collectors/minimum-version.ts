import type { CollectorPreset } from './preset';
import { fail } from '../../checks/fail';
import { readImage } from '../../checks/image';
import { isCopyOf } from '../../inspect/known-image';

/**
 * Refuses the official image of a collector, or a copy of it, in a version below the minimum. Other images have other
 * versions.
 */
export function checkMinimumVersion(preset: CollectorPreset, factory: string, image: string): void {
  const { title, minimumVersion } = preset;
  const { repository, tag = '' } = readImage(image);
  if (
    minimumVersion !== undefined &&
    isCopyOf(repository, readImage(preset.image).repository) &&
    isBelow(versionIn(tag), versionIn(minimumVersion))
  ) {
    fail(
      `LogCollector.${factory}`,
      `'image' is '${image}', but the generated configuration needs ${title} ${minimumVersion} or later.`,
      `Use a later image, for example '${preset.image}'.`,
    );
  }
}

/** Returns the numbers at the beginning of a tag: 1, 19 and 3 of `v1.19.3-debian`; none of `edge`. */
function versionIn(tag: string): number[] {
  const [version = ''] = /^v?\d+(?:\.\d+){0,2}/.exec(tag) ?? [];
  return version === '' ? [] : version.replace('v', '').split('.').map(Number);
}

/** Whether a version is below another one. A version without a patch release is the latest of its series. */
function isBelow(version: readonly number[], minimum: readonly number[]): boolean {
  const different = version.findIndex((number, i) => number !== (minimum[i] ?? 0));
  return different >= 0 && version[different] < (minimum[different] ?? 0);
}
