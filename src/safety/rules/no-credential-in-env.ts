import { findCredential, namesCredential } from '../../checks/credentials';
import type { Container } from '../../inspect/pods';
import { eachContainer, Found, Rule } from '../rule';

export const noCredentialInEnv: Rule<'no-credential-in-env'> = {
  id: 'no-credential-in-env',
  summary: 'No environment variable or argument contains a credential.',
  rationale: 'Read access to pods is enough to read a credential, which also ends up in backups and the repository.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  fix: {
    construct: "Set it with 'EnvValue.fromSecretValue', or mount it with 'ConfigSource.fromSecret'.",
    yaml: "Refer to a Secret with 'valueFrom.secretKeyRef', or mount the Secret.",
  },
  safeDefault: { what: 'credentials only come from Secrets' },
  ...eachContainer(function* (container) {
    yield* credentialsInVariables(container);
    yield* credentialsInWords(container, 'command');
    yield* credentialsInWords(container, 'args');
  }),
};

function* credentialsInVariables(container: Container): Iterable<Found> {
  for (const { name, value, at } of container.env) {
    if (value === undefined) {
      continue;
    }
    const subject = `Variable '${name}' of container '${container.name}'`;
    const credential = findCredential(value);
    if (credential) {
      yield { at: [...at, 'value'], message: `${subject} contains ${credential.kind}.` };
    } else if (namesCredential(name, value) && !repeatsName(name, value)) {
      yield {
        at: [...at, 'value'],
        message: `${subject} looks like a credential.`,
        severity: PLACEHOLDER.test(value) ? 'info' : undefined,
      };
    }
  }
}

/** Values that tell readers to replace them. */
const PLACEHOLDER =
  /^(?:change[-_ ]?(?:me|this|it)|(?:your|my)[-_ ]?\w*(?:pass(?:word|wd)?|secret|token|key)|replace[-_ ]?\w+|todo)$/i;

/** Whether the value is the name of a Secret: `OPERATOR_SECRET: operator`. */
function repeatsName(name: string, value: string): boolean {
  return name.replace(/[-_.]/g, '').toLowerCase() === `${value.toLowerCase().replace(/[-_.]/g, '')}secret`;
}

/** An option such as `--password`, and its value if that is in the same word. */
const OPTION = /^--?([\w.-]*(?:password|passwd|passphrase|pass|pwd|token|api-?key|cookie))(?:=(.*))?$/i;

function* credentialsInWords(container: Container, field: 'command' | 'args'): Iterable<Found> {
  const words = container[field];
  for (const [i, word] of words.entries()) {
    const [, name, value = words[i + 1] ?? ''] = OPTION.exec(word) ?? [];
    if (name !== undefined && !value.startsWith('-') && namesCredential(name, value)) {
      yield {
        at: [...container.at, field, i],
        message: `Argument '${name}' of container '${container.name}' looks like a credential.`,
      };
    }
  }
}
