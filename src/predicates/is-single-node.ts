import { at, texts } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/**
 * Whether only the pods of one node can mount a claim. Returns `undefined` if the claim is not among the manifests, or
 * has no access modes, which the API server rejects.
 */
export function isSingleNode(claim: ManifestObject | undefined): boolean | undefined {
  const modes = accessModes(claim);
  return modes.length === 0 ? undefined : !modes.some(mode => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}

/** Whether only one pod at a time can mount a claim, even to read it. */
export function isSinglePod(claim: ManifestObject | undefined): boolean {
  // the API server rejects other modes next to this one
  return accessModes(claim).includes('ReadWriteOncePod');
}

function accessModes(claim: ManifestObject | undefined): readonly string[] {
  return texts(at(claim?.content, 'spec', 'accessModes'));
}
