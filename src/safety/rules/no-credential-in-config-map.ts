import { findCredential, namesCredential } from '../../checks/credentials';
import { textMap } from '../../inspect/json';
import type { Problem, Rule } from '../rule';

export const noCredentialInConfigMap: Rule<'no-credential-in-config-map'> = {
  id: 'no-credential-in-config-map',
  summary: 'no ConfigMap holds a credential',
  rationale: 'everybody who may read ConfigMaps sees it, and so do backups, logs and the repository',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  fix: {
    construct: "keep it in a Secret and mount that with 'ConfigSource.fromSecret'",
    yaml: "move it to a Secret, and mount that or refer to it by 'secretKeyRef'",
  },
  safeDefault: { what: 'no private key or token in a ConfigMap' },
  check: inventory =>
    inventory.ofKind('ConfigMap').flatMap(object =>
      Object.entries(textMap(object.content.data)).flatMap(([key, value]): Problem[] => {
        const found = findCredential(value);
        if (found) {
          return [{ object, at: ['data', key], message: `'${key}' has ${found.kind} on line ${found.line}` }];
        }
        return namesCredential(key, value)
          ? [{ object, at: ['data', key], message: `'${key}' is by its name a credential` }]
          : [];
      }),
    ),
};
