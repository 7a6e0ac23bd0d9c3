import { MAX_CONFIG_MAP_BYTES } from '../../facts/kubernetes';
import { configMapBytes, isTooLarge } from '../../predicates/config-map-size';
import type { Rule } from '../rule';

export const configMapSize: Rule<'config-map-size'> = {
  id: 'config-map-size',
  summary: 'Every ConfigMap contains at most 1 MiB.',
  rationale: 'The API server rejects a larger one, and the configuration stays as it was.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  fix: {
    construct: "Mount the files with 'ConfigFiles', which splits a large directory over several ConfigMaps.",
    yaml: "Remove files or split the ConfigMap: 'data' and 'binaryData' together can contain 1048576 bytes.",
  },
  safeDefault: { what: 'larger directories are split over several ConfigMaps, and larger files are refused' },
  check: inventory =>
    inventory
      .ofKind('ConfigMap')
      .filter(({ content }) => isTooLarge(content))
      .map(object => ({
        object,
        at: ['data'],
        message:
          `The values of the ConfigMap add up to ${configMapBytes(object.content)} bytes, more than the limit of ` +
          `${MAX_CONFIG_MAP_BYTES} bytes.`,
      })),
};
