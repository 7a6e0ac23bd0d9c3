import { credentialProblem } from '../../checks/credentials';
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
      const problems = [
        ...problemsIn(object, 'data', value => value),
        ...problemsIn(object, 'binaryData', value => Buffer.from(value, 'base64')),
      ];
      const about = problems.length > 0 ? userOf(object, inventory) : undefined;
      return problems.map(problem => ({ ...problem, about }));
    }),
};

function problemsIn(
  object: ManifestObject,
  field: 'data' | 'binaryData',
  decode: (value: string) => string | Buffer,
): Problem[] {
  return Object.entries(textMap(object.content[field])).flatMap(([key, value]): Problem[] => {
    const problem = credentialProblem(key, decode(value));
    return problem === undefined
      ? []
      : [
          {
            object,
            at: [field, key],
            message: `Key '${key}' ${problem.description}.`,
            severity: problem.isPlaceholder ? 'info' : undefined,
          },
        ];
  });
}

/** Returns the first workload that reads a ConfigMap, whose waiver applies to it. */
function userOf(configMap: ManifestObject, inventory: Inventory): ManifestObject | undefined {
  const user = inventory.pods.find(pod =>
    configUses(pod).some(
      use => use.kind === 'ConfigMap' && inventory.find('ConfigMap', use.name, pod.object) === configMap,
    ),
  );
  return user?.object;
}
