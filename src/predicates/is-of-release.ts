import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

/** Whether Helm installs and deletes an object, which it does not do with the objects of hooks. */
export function isOfRelease({ content }: ManifestObject): boolean {
  const [labels, annotations] = ['labels', 'annotations'].map(field => textMap(at(content, 'metadata', field)));
  return (
    annotations['helm.sh/hook'] === undefined &&
    (labels['app.kubernetes.io/managed-by'] === 'Helm' ||
      ['Helm', 'Tiller'].includes(labels.heritage) ||
      labels['helm.sh/chart'] !== undefined ||
      annotations['meta.helm.sh/release-name'] !== undefined)
  );
}
