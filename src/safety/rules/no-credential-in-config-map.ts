import { findCredentialInFile, namesCredential } from '../../checks/credentials';
import { textMap } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Problem, Rule } from '../rule';

export const noCredentialInConfigMap: Rule<'no-credential-in-config-map'> = {
  id: 'no-credential-in-config-map',
  summary: 'No ConfigMap contains a credential.',
  rationale:
    'Read access to ConfigMaps is enough to read a credential, which also ends up in backups, logs and the ' +
    'repository.',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  fix: {
    construct: "Keep it in a Secret and mount the Secret with 'ConfigSource.fromSecret'.",
    yaml: "Move it to a Secret, and mount the Secret or refer to it with 'secretKeyRef'.",
  },
  safeDefault: { what: 'private keys and tokens in a ConfigMap are refused' },
  check: inventory =>
    inventory
      .ofKind('ConfigMap')
      .flatMap(object =>
        Object.entries(textMap(object.content.data)).flatMap(([key, value]) => problemsOf(object, key, value)),
      ),
};

function problemsOf(object: ManifestObject, key: string, value: string): Problem[] {
  const path = ['data', key];
  const credential = findCredentialInFile(key, value);
  if (credential) {
    return [{ object, at: path, message: `Key '${key}' contains ${credential.kind} on line ${credential.line}.` }];
  }
  return namesCredential(key, value) ? [{ object, at: path, message: `Key '${key}' looks like a credential.` }] : [];
}
