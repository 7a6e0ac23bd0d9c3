import { isRandom } from '../../checks/credential-names';
import { findCredential, findCredentialInFile, namesCredential } from '../../checks/credentials';
import { keptByString } from '../../checks/memo';
import { asksForReplacement } from '../../checks/placeholder';
import type { Inventory } from '../../inspect/inventory';
import { at, JsonPath, textMap } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Container } from '../../inspect/pods';
import { ContainerTexts, containerTexts, httpTexts } from '../../predicates/container-texts';
import { eachContainer, Found, Problem, Rule } from '../rule';
import { WAIVER_ANNOTATION } from '../waiver-annotation';

const IN_CONTAINERS = eachContainer(function* (container) {
  yield* credentialsInVariables(container);
  for (const texts of containerTexts(container)) {
    yield* credentialsInWords(container, texts);
  }
  yield* credentialsInRequests(container);
});

export const noCredentialInEnv: Rule<'no-credential-in-env'> = {
  id: 'no-credential-in-env',
  summary: 'No environment variable, argument, probe, hook or annotation contains a credential.',
  rationale: 'Read access to pods is enough to read a credential, which also ends up in backups and the repository.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/configuration/secret/',
  fix: {
    construct: "Set it with 'EnvValue.fromSecretValue', or mount it with 'ConfigSource.fromSecret'.",
    yaml: "Refer to a Secret with 'valueFrom.secretKeyRef', or mount the Secret.",
  },
  safeDefault: { what: 'credentials only come from Secrets' },
  ...IN_CONTAINERS,
  check: inventory => [...IN_CONTAINERS.check(inventory), ...credentialsInAnnotations(inventory)],
};

function* credentialsInVariables(container: Container): Iterable<Found> {
  for (const { name, value, at: path } of container.env) {
    if (value === undefined) {
      continue;
    }
    const subject = `Variable '${name}' of container '${container.name}'`;
    const credential = findCredential(value) ?? findInDocument(value);
    if (credential) {
      yield { at: [...path, 'value'], message: `${subject} contains ${credential.kind}.` };
    } else if (namesCredential(name, value) && !repeatsName(name, value)) {
      yield {
        at: [...path, 'value'],
        message: `${subject} looks like a credential.`,
        severity: asksForReplacement(value) ? 'info' : undefined,
      };
    }
  }
}

/** Whether the value is the name of a Secret: `OPERATOR_SECRET: operator`. */
function repeatsName(name: string, value: string): boolean {
  return name.replace(/[-_.]/g, '').toLowerCase() === `${value.toLowerCase().replace(/[-_.]/g, '')}secret`;
}

/** Looks for settings in a value that is itself a file: several lines, or JSON. */
function findInDocument(value: string) {
  return /\n|^\s*\{/.test(value) ? findCredentialInFile('', value) : undefined;
}

/** An option such as `--password`, and its value if that is in the same word. */
const OPTION = /^--?([\w.-]*(?:password|passwd|passphrase|pass|pwd|token|secret|api-?key|cookie))(?:=(.*))?$/i;

/** Words of command lines repeat in many containers. */
const findInArgument = keptByString(word => findCredentialInFile('argument.sh', word));

function* credentialsInWords(
  { name: container }: Container,
  { field, words, at: path }: ContainerTexts,
): Iterable<Found> {
  const isArgument = field === 'command' || field === 'args';
  const owner = isArgument ? `container '${container}'` : `the ${field} of container '${container}'`;
  let isFound = false;
  for (const [i, word] of words.entries()) {
    const [, option, value = words[i + 1] ?? ''] = OPTION.exec(word) ?? [];
    const credential = findInArgument(word);
    if (option !== undefined && !value.startsWith('-') && namesCredential(option, value)) {
      isFound = true;
      yield { at: [...path, i], message: `Argument '${option}' of ${owner} looks like a credential.` };
    } else if (credential) {
      isFound = true;
      yield { at: [...path, i], message: `An argument of ${owner} contains ${credential.kind}.` };
    }
  }
  const credential = isFound ? undefined : findCredential(words.join(' '));
  if (credential) {
    yield { at: path, message: `An argument of ${owner} contains ${credential.kind}.` };
  }
}

/** Whether a header only contains credentials, or is a cookie with a generated value. */
function isCredentialHeader(header: string, value: string): boolean {
  const values = value.split(';').map(cookie => cookie.slice(cookie.indexOf('=') + 1).trim());
  return /^(?:proxy-)?authorization$/i.test(header) || (/^cookie$/i.test(header) && values.some(isRandom));
}

function* credentialsInRequests(container: Container): Iterable<Found> {
  for (const { field, header, value, at: path } of httpTexts(container)) {
    const owner = `the ${field} of container '${container.name}'`;
    if (header === undefined) {
      const credential = findCredential(value);
      yield* credential ? [{ at: path, message: `The path of ${owner} contains ${credential.kind}.` }] : [];
    } else if (isCredentialHeader(header, value) || namesCredential(header, value) || findCredential(value)) {
      yield { at: path, message: `Header '${header}' of ${owner} looks like a credential.` };
    }
  }
}

/** Names of annotations with a credential. Those of Secrets and checksums have similar names. */
const ANNOTATION = /(?:^|[/.-])(?:password|passwd|token|api-?key)$/i;

/** A copy of the whole object, whose findings are those of the object, and paths of keys of Secrets. */
const IGNORED_ANNOTATION = /^kubectl\.kubernetes\.io\/last-applied-configuration$|^service\.binding(?:\/|$)/;

function credentialsInAnnotations(inventory: Inventory): Problem[] {
  const templates = inventory.pods.flatMap(({ object, metadataAt }) =>
    metadataAt.length > 1 ? problemsOfAnnotations(object, metadataAt) : [],
  );
  // the annotations of a Secret are as secret as its values
  const objects = inventory.objects.filter(({ kind }) => kind !== 'Secret');
  return [...objects.flatMap(object => problemsOfAnnotations(object, ['metadata'])), ...templates];
}

function problemsOfAnnotations(object: ManifestObject, metadataAt: JsonPath): Problem[] {
  const path = [...metadataAt, 'annotations'];
  return Object.entries(textMap(at(object.content, ...path))).flatMap(([key, value]): Problem[] => {
    if (IGNORED_ANNOTATION.test(key) || key.startsWith(WAIVER_ANNOTATION)) {
      return [];
    }
    const credential = findCredential(value) ?? findInDocument(value);
    const isNamed = ANNOTATION.test(key) && namesCredential(key, value);
    const problem = credential ? `contains ${credential.kind}` : isNamed ? 'looks like a credential' : undefined;
    return problem === undefined ? [] : [{ object, at: [...path, key], message: `Annotation '${key}' ${problem}.` }];
  });
}
