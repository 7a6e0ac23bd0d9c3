import { textMap } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Rule } from '../rule';

export const MAX_MAP_BYTES = 1024 * 1024;

export const configMapSize: Rule = {
  id: 'config-map-size',
  summary: 'every ConfigMap is within the size that one may have',
  why: 'the API server refuses it, and the configuration is not changed',
  severity: 'error',
  see: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  fix: {
    construct: 'split it into several \'ConfigFiles\', or mount a volume',
    yaml: 'leave files out, or split it: data and binaryData together hold at most 1048576 bytes',
  },
  safeDefault: { what: 'files that add up to more are refused' },
  check: inventory => inventory.ofKind('ConfigMap').flatMap(object => {
    const bytes = mapBytes(object);
    return bytes <= MAX_MAP_BYTES ? [] : [{ object, at: ['data'], message: `its files add up to ${bytes} bytes, more than the ${MAX_MAP_BYTES} that a ConfigMap holds` }];
  }),
};

/** What a ConfigMap holds, as the API server counts it. */
export function mapBytes({ content }: ManifestObject): number {
  return sizeOf(content.data, 'utf8') + sizeOf(content.binaryData, 'base64');
}

function sizeOf(data: unknown, encoding: 'utf8' | 'base64'): number {
  return Object.entries(textMap(data)).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value, encoding), 0);
}
