import { findCredential, namesCredential } from '../../checks/credentials';
import { eachContainer, Rule } from '../rule';

export const noCredentialInEnv: Rule<'no-credential-in-env'> = {
  id: 'no-credential-in-env',
  summary: "no credential stands in a pod's spec",
  rationale: 'everybody who may read pods sees it, and so do backups and the repository',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  fix: {
    construct: "give it by 'EnvValue.fromSecretValue', or mount it with 'ConfigSource.fromSecret'",
    yaml: "refer to a Secret by 'valueFrom.secretKeyRef', or mount it",
  },
  safeDefault: { what: 'credentials come from Secrets alone' },
  ...eachContainer(function* (container) {
    for (const { name, value, at: here } of container.env) {
      const found = value === undefined ? undefined : findCredential(value);
      if (found) {
        yield {
          at: [...here, 'value'],
          message: `variable '${name}' of container '${container.name}' has ${found.kind}`,
        };
      } else if (value !== undefined && namesCredential(name, value)) {
        yield {
          at: [...here, 'value'],
          message: `variable '${name}' of container '${container.name}' is by its name a credential`,
        };
      }
    }
    for (const words of ['command', 'args'] as const) {
      for (const [i, word] of container[words].entries()) {
        const [, name, value = container[words][i + 1] ?? ''] =
          /^--?([\w.-]*(?:password|passwd|passphrase|token|api-?key))(?:=(.*))?$/i.exec(word) ?? [];
        if (name !== undefined && !value.startsWith('-') && namesCredential(name, value)) {
          yield {
            at: [...container.at, words, i],
            message: `the argument '${name}' of container '${container.name}' is by its name a credential`,
          };
        }
      }
    }
  }),
};
