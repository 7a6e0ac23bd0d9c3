import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { filePath, hostile, name as anyName, optional, plainText, Vary, word } from './values';
import { ProjectedSource, SecretSource } from '../../../src';

const FIELDS = [
  'metadata.name',
  'metadata.uid',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  "metadata.labels['app.kubernetes.io/name']",
  "metadata.annotations['example.com/team']",
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
];
const oddField = fc.oneof(
  hostile,
  fc.constantFrom(
    'spec.nodeName',
    'status.podIP',
    'limits.gpu',
    'limits.hugepages-2Mi',
    "metadata.labels['a b']",
    "metadata.annotations['a/b/c']",
  ),
);

/** Fields of the pod by file. No file is the directory of another. */
export function podFields(vary: Vary): fc.Arbitrary<Record<string, string>> {
  const file = vary(fc.stringMatching(/^[a-z]{1,6}\.[a-z]{1,3}$/), filePath);
  return fc.dictionary(file, vary(fc.constantFrom(...FIELDS), oddField), { minKeys: 1, maxKeys: 3 });
}

/** Creates a source whose files are in a directory, which ends in a slash. */
type InDirectory = (directory: string) => ProjectedSource;

/** Sources of projected volumes, each with files in a directory of its own. */
export function projectedSources(vary: Vary): fc.Arbitrary<ProjectedSource[]> {
  const name = vary(word, anyName);
  const key = fc.option(vary(fc.constantFrom('key', 'tls.crt'), anyName), { nil: undefined });
  const expiration = vary(fc.integer({ min: 600, max: 86400 }), fc.constantFrom(599, 0, 0.5, 2 ** 32, 2 ** 32 + 1)).map(
    Duration.seconds,
  );
  const source: fc.Arbitrary<InDirectory> = fc.oneof<fc.Arbitrary<InDirectory>[]>(
    fc.tuple(name, key).map(
      ([configMap, item]) =>
        directory =>
          ProjectedSource.configMap(configMap, item === undefined ? undefined : { [item]: `${directory}config` }),
    ),
    fc.tuple(name, key).map(
      ([secret, item]) =>
        directory =>
          ProjectedSource.secret(
            SecretSource.fromName(secret),
            item === undefined ? undefined : { [item]: `${directory}secret` },
          ),
    ),
    podFields(vary).map(
      fields => directory =>
        ProjectedSource.downwardApi(
          Object.fromEntries(Object.entries(fields).map(([file, field]) => [`${directory}${file}`, field])),
        ),
    ),
    fc.tuple(vary(fc.constantFrom('vault', 'https://sts.example.com'), plainText), optional({ expiration })).map(
      ([audience, options]) =>
        directory =>
          directory === ''
            ? ProjectedSource.serviceAccountToken(audience)
            : ProjectedSource.serviceAccountToken(audience, { ...options, path: `${directory}token` }),
    ),
  );
  const isApart = vary(fc.constant(true), fc.constant(false));
  return fc
    .tuple(fc.array(source, { minLength: 1, maxLength: 3 }), isApart)
    .map(([makers, apart]) => makers.map((make, i) => make(apart && i > 0 ? `source-${i}/` : '')));
}
