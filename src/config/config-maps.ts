import { Construct } from 'constructs';
import { ConfigFile, ConfigMapFiles, contentHash, defineConfigMap } from './config-map';
import type { ConfigRollout, RolloutRule } from './config-rollout';
import { groupFiles } from './group-files';
import { fail } from '../checks/fail';
import { compareBy } from '../checks/order';
import { MAX_CONFIG_MAP_BYTES } from '../facts/kubernetes';
import type { PodExtensionContext } from '../pod/pod-extension';

/** The ConfigMaps of the files of one directory, and the additions to the pod that implement the rollout. */
export interface ConfigMaps {
  readonly maps: readonly ConfigMapFiles[];
  readonly additions: ConfigMapFiles['additions'];
}

/**
 * Defines one ConfigMap if it can contain all files; otherwise several.
 *
 * @param id the last part of the name of one ConfigMap
 * @param waives the rule that reports a missing rollout, which depends on the mounts of the files
 * @throws if a single file is larger than a ConfigMap
 */
export function defineConfigMaps(
  scope: Construct,
  id: string,
  context: PodExtensionContext,
  files: readonly ConfigFile[],
  rollout: ConfigRollout,
  waives: RolloutRule,
): ConfigMaps {
  const sizes = files.map(({ content }) => Buffer.byteLength(content));
  if (sizes.reduce((sum, bytes) => sum + bytes, 0) <= MAX_CONFIG_MAP_BYTES) {
    const map = defineConfigMap(scope, id, context, files, rollout, waives);
    return { maps: [map], additions: map.additions };
  }
  files.forEach(({ path }, i) => checkSize(scope, path, sizes[i]));
  const sorted = [...files].sort(compareBy(({ path }) => path));
  const maps = groupFiles(sorted).map(group =>
    defineConfigMap(new Construct(scope, group.id), `${id}-${group.id}`, context, group.files, rollout, waives),
  );
  return { maps, additions: combinedAdditions(id, maps, sorted) };
}

/** Combines the additions, with one checksum instead of one for each ConfigMap. */
function combinedAdditions(
  id: string,
  maps: readonly ConfigMapFiles[],
  sorted: readonly ConfigFile[],
): ConfigMapFiles['additions'] {
  const hasChecksum = maps.some(({ additions }) => additions.podAnnotations);
  const reloadOn = maps.flatMap(({ additions }) => additions.reloadOn ?? []);
  return {
    podAnnotations: hasChecksum ? { [`checksum/${id}`]: contentHash(sorted) } : undefined,
    reloadOn: reloadOn.length > 0 ? reloadOn : undefined,
  };
}

function checkSize(scope: Construct, path: string, bytes: number): void {
  if (bytes > MAX_CONFIG_MAP_BYTES) {
    fail(
      scope,
      `'${path}' has ${bytes} bytes, more than the limit of ${MAX_CONFIG_MAP_BYTES} bytes of a ConfigMap.`,
      "Mount it from a volume with 'mount' and 'PodVolume.fromClaimName', or build it into the image.",
    );
  }
}
