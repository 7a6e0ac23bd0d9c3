import { findCredentialInFile, namesCredential } from '../../checks/credentials';
import { configUses } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import { textMap } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Problem, Rule } from '../rule';

export const noCredentialInConfigMap: Rule<'no-credential-in-config-map'> = {
  id: 'no-credential-in-config-map',
  summary: 'No ConfigMap contains a credential.',
  rationale:
    'Read access to ConfigMaps is enough to read a credential, which also ends up in backups, logs and the ' +
    'repository.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  fix: {
    construct: "Keep it in a Secret and mount the Secret with 'ConfigSource.fromSecret'.",
    yaml: "Move it to a Secret, and mount the Secret or refer to it with 'secretKeyRef'.",
  },
  safeDefault: { what: 'private keys and tokens in a ConfigMap are refused' },
  check: inventory =>
    inventory.ofKind('ConfigMap').flatMap(object => {
      const messages = Object.entries(textMap(object.content.data)).flatMap(([key, value]) => messageOf(key, value));
      const about = messages.length > 0 ? userOf(object, inventory) : undefined;
      return messages.map(({ key, message }): Problem => ({ object, at: ['data', key], message, about }));
    }),
};

/** Returns the first workload that reads a ConfigMap, whose waiver applies to it. */
function userOf(configMap: ManifestObject, inventory: Inventory): ManifestObject | undefined {
  const user = inventory.pods.find(pod =>
    configUses(pod).some(
      use => use.kind === 'ConfigMap' && inventory.find('ConfigMap', use.name, pod.object) === configMap,
    ),
  );
  return user?.object;
}

function messageOf(key: string, value: string): { readonly key: string; readonly message: string }[] {
  const credential = findCredentialInFile(key, value);
  if (credential) {
    return [{ key, message: `Key '${key}' contains ${credential.kind} on line ${credential.line}.` }];
  }
  return namesCredential(key, value) ? [{ key, message: `Key '${key}' looks like a credential.` }] : [];
}
