import { mounting } from './volumes/fixtures';
import { KubernetesVersion, PodVolume, ProjectedSource, SecretSource } from '../../src';
import { expectError } from '../controllers/fixtures';

const SECRET = ProjectedSource.secret(SecretSource.fromName('a'), { key: 'file' });
const reason = 'reads the files of the node';
const NAME_REMEDY =
  "Use at most 253 lowercase letters, digits, '-' and '.', starting and ending with a letter or digit.";
const absolute = (path: string) => `The path of volume 'a' is '${path}', which is not absolute. Start it with '/'.`;

test.each<[string, PodVolume, string]>([
  ['a relative export', PodVolume.nfs('a', { server: 'nfs', path: 'exports' }), absolute('exports')],
  ['an export above another', PodVolume.nfs('a', { server: 'nfs', path: '/exports/../x' }), absolute('/exports/../x')],
  ['an empty server', PodVolume.nfs('a', { server: '', path: '/exports' }), "'server' of volume 'a' is empty. Set it."],
  ['a relative host path', PodVolume.hostPath('var/log', { reason, name: 'a' }), absolute('var/log')],
  [
    'an invalid driver',
    PodVolume.csi('a', { driver: 'Vault' }),
    `Invalid name 'Vault' for the driver of volume 'a'. ${NAME_REMEDY}`,
  ],
  [
    'a Secret of a driver without a name',
    PodVolume.fromSource('a', { csi: { driver: 'vault.io', nodePublishSecretRef: {} } }),
    `Invalid name '' for the Secret of volume 'a'. ${NAME_REMEDY}`,
  ],
  ...[
    [SECRET, ProjectedSource.secret(SecretSource.fromName('b'), { other: 'file' })],
    [SECRET, ProjectedSource.configMap('b', { key: 'file' })],
    [SECRET, ProjectedSource.downwardApi({ file: 'metadata.name' })],
    [SECRET, ProjectedSource.serviceAccountToken('vault', { path: 'file' })],
    [ProjectedSource.configMap('b', { one: 'file', two: 'file' })],
  ].map((sources): [string, PodVolume, string] => [
    'two files with the same path',
    PodVolume.projected('a', sources),
    "Volume 'a' has several files with the path 'file'. Use a different path for each.",
  ]),
  [
    'an unknown field of the pod',
    PodVolume.downwardApi('a', { ip: 'status.podIP' }),
    "Volume 'a' shows the field 'status.podIP', which a volume cannot show. Use a field such as 'metadata.labels', " +
      "\"metadata.annotations['key']\" or 'limits.memory'.",
  ],
  [
    'a label whose key the API server rejects',
    PodVolume.downwardApi('a', { label: "metadata.labels['a b']" }),
    "Invalid key 'a b' of the field 'metadata.labels['a b']'. Use the form 'name' or 'example.com/name', with at " +
      "most 63 letters, digits, '-', '_' and '.' in the name.",
  ],
  [
    'an unknown resource',
    PodVolume.downwardApi('a', { gpu: 'limits.gpu' }),
    "Volume 'a' shows the field 'limits.gpu', which a volume cannot show. Use a field such as 'metadata.labels', " +
      "\"metadata.annotations['key']\" or 'limits.memory'.",
  ],
  [
    'an attribute that cdk8s drops',
    PodVolume.csi('a', { driver: 'vault.io', attributes: JSON.parse('{"__proto__": "x"}') }),
    "Volume 'a' has the key '__proto__', which cdk8s does not write. Remove it.",
  ],
  [
    'a key of another source that cdk8s replaces',
    PodVolume.fromSource('a', { flexVolume: { driver: 'a.io/b', options: { constructor: 'x' } } }),
    "Volume 'a' has the key 'constructor', which cdk8s does not write. Remove it.",
  ],
])('refuses %s', (_, volume, message) => expectError(() => mounting(volume), `[test/app] ${message}`));

test.each([
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.labels',
  "metadata.labels['app.kubernetes.io/name']",
  "metadata.annotations['acme.com/note']",
  'requests.cpu',
  'limits.ephemeral-storage',
  'limits.hugepages-2Mi',
])('accepts the field %s', field => {
  expect(() => mounting(PodVolume.downwardApi('a', { file: field }))).not.toThrow();
});

describe('an image volume', () => {
  const volume = (image: string) => PodVolume.image('model', image);

  test('requires Kubernetes 1.36', () => {
    expectError(
      () => mounting(volume('acme/model:1.0.0'), {}, { minimum: KubernetesVersion.V1_35 }),
      "[test/app] Volume 'model' requires Kubernetes 1.36, but the minimum cluster version is 1.35. Raise it with " +
        "'KubernetesVersion.setMinimum(app, KubernetesVersion.V1_36)'.",
    );
    expect(() => mounting(volume('acme/model:1.0.0'), {}, { minimum: KubernetesVersion.V1_36 })).not.toThrow();
  });

  test('requires a pinned image', () =>
    expectError(
      () => mounting(volume('acme/model'), {}, { minimum: KubernetesVersion.V1_36 }),
      "[test/app] Image 'acme/model' has no tag or digest. Use the tag of one release, such as " +
        "'acme/model:1.4.2', or " +
        'a digest.',
    ));
});

test('refuses a string in place of a volume', () =>
  expectError(
    () => mounting('data' as any),
    "[test/app] 'volume' of mount '/data' is 'data', which is not a PodVolume. Use a PodVolume, for example " +
      '\'PodVolume.fromClaimName("data")\'.',
  ));
