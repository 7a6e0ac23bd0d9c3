import type { Rule } from '../rule';
import { MAX_MAP_BYTES, mapBytes } from './config-map-size';
import { record } from '../../inspect/json';

const MAX_BYTES = 256 * 1024;

export const clientSideApplySize: Rule = {
  id: 'client-side-apply-size',
  summary: 'every ConfigMap is within the size that \'kubectl apply\' can note',
  why: 'it writes the whole object into an annotation of at most 262144 bytes, and is refused',
  severity: 'warning',
  see: 'https://github.com/kubernetes/kubectl/issues/712',
  fix: {
    construct: 'split it into several \'ConfigFiles\', or apply it with \'--server-side\'',
    yaml: 'apply it with \'kubectl apply --server-side\', or split it',
  },
  check: inventory => inventory.ofKind('ConfigMap').flatMap(object => {
    const bytes = isLarge(object.content) ? Buffer.byteLength(JSON.stringify(object.content)) : 0;
    return bytes <= MAX_BYTES || mapBytes(object) > MAX_MAP_BYTES ? []
      : [{ object, at: ['data'], message: `it is ${bytes} bytes long, more than the ${MAX_BYTES} that 'kubectl apply' can note in an annotation` }];
  }),
};

/** Whether it is worth being written out, since most are far smaller. */
function isLarge({ data, binaryData }: Readonly<Record<string, unknown>>): boolean {
  const files = [data, binaryData].flatMap(of => Object.values(record(of)));
  return files.reduce((sum: number, file) => sum + String(file).length, 0) > MAX_BYTES / 8;
}
