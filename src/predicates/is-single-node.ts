import { at, texts } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/**
 * Whether a claim can be mounted by pods of one node alone; `undefined` when the claim is not here, or has no access
 * modes,
 * with which no server takes it.
 */
export function isSingleNode(claim: ManifestObject | undefined): boolean | undefined {
  const modes = texts(at(claim?.content, 'spec', 'accessModes'));
  return modes.length === 0 ? undefined : !modes.some(mode => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}
