import { at, texts } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/**
 * Whether only the pods of one node can mount a claim. Returns `undefined` if the claim is not among the manifests, or
 * has no access modes, which the API server rejects.
 */
export function isSingleNode(claim: ManifestObject | undefined): boolean | undefined {
  const modes = texts(at(claim?.content, 'spec', 'accessModes'));
  return modes.length === 0 ? undefined : !modes.some(mode => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}
