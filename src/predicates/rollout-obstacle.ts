import { at, wholeNumber, text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/**
 * Returns why a controller does not replace all its pods when their template changes, as a clause; `undefined` if it
 * does, or if the object has no rollouts.
 */
export function rolloutObstacle({ kind, content }: ManifestObject): string | undefined {
  const strategy = at(content, 'spec', 'updateStrategy');
  if (text(at(strategy, 'type')) === 'OnDelete') {
    return "the update strategy is 'OnDelete'";
  }
  const partition = wholeNumber(at(strategy, 'rollingUpdate', 'partition')) ?? 0;
  if (kind === 'StatefulSet' && partition > 0) {
    return `'partition' of the update strategy is ${partition}`;
  }
  return at(content, 'spec', 'paused') === true ? 'rollouts of the workload are paused' : undefined;
}
