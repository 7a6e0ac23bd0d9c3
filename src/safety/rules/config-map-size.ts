import { MAX_CONFIG_MAP_BYTES } from '../../facts/kubernetes';
import { configMapBytes, isTooLarge } from '../../predicates/config-map-size';
import type { Rule } from '../rule';

export const configMapSize: Rule<'config-map-size'> = {
  id: 'config-map-size',
  summary: 'every ConfigMap is within the size that one may have',
  rationale: 'the API server refuses it, and the configuration is not changed',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  fix: {
    construct: "split it into several 'ConfigFiles', or mount a volume",
    yaml: 'leave files out, or split it: data and binaryData together hold at most 1048576 bytes',
  },
  safeDefault: { what: 'files that add up to more are refused' },
  check: inventory =>
    inventory
      .ofKind('ConfigMap')
      .filter(({ content }) => isTooLarge(content))
      .map(object => ({
        object,
        at: ['data'],
        message:
          `its files add up to ${configMapBytes(object.content)} bytes, more than the ${MAX_CONFIG_MAP_BYTES} ` +
          'that a ConfigMap holds',
      })),
};
