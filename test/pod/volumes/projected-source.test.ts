import { Duration, Size } from 'cdk8s';
import { mounting, rendering } from './fixtures';
import {
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  PodVolume,
  PostgresVersion,
  ProjectedSource,
  SecretSource,
  StatefulDatabase,
} from '../../../src';
import { expectError } from '../../controllers/fixtures';
import { kind, synth } from '../../synth';
import { extension } from '../fixtures';

const secret = SecretSource.fromName('api');
const volumeOf = (...sources: ProjectedSource[]) => PodVolume.projected('all', sources);

test('renders all sources with all options', () => {
  const { volume } = rendering(
    volumeOf(
      ProjectedSource.configMap('defaults', { 'app.conf': 'conf/app.conf' }),
      ProjectedSource.configMap('all-keys'),
      ProjectedSource.secret(secret, { key: 'tls.key' }),
      ProjectedSource.downwardApi({ name: 'metadata.name', cpu: 'limits.cpu' }),
      ProjectedSource.serviceAccountToken('vault', { path: 'vault-token', expiration: Duration.minutes(10) }),
      ProjectedSource.serviceAccountToken('aws'),
    ),
  );
  expect(volume.projected.sources).toEqual([
    { configMap: { name: 'defaults', items: [{ key: 'app.conf', path: 'conf/app.conf' }] } },
    { configMap: { name: 'all-keys' } },
    { secret: { name: 'api', items: [{ key: 'key', path: 'tls.key' }] } },
    {
      downwardAPI: {
        items: [
          { path: 'name', fieldRef: { fieldPath: 'metadata.name' } },
          { path: 'cpu', resourceFieldRef: { containerName: 'app', resource: 'limits.cpu' } },
        ],
      },
    },
    { serviceAccountToken: { audience: 'vault', path: 'vault-token', expirationSeconds: 600 } },
    { serviceAccountToken: { audience: 'aws', path: 'token' } },
  ]);
});

test('only the app can read files of a Secret', () => {
  const settings = ProjectedSource.configMap('defaults');
  const projected = (...sources: ProjectedSource[]) => rendering(volumeOf(...sources)).volume.projected;
  expect(projected(settings, ProjectedSource.secret(secret)).defaultMode).toBe(0o400);
  expect(projected(settings)).not.toHaveProperty('defaultMode');
});

test('shows the resources of the container of a database', () => {
  const files = { memory: 'limits.memory' };
  const volumes = [
    PodVolume.downwardApi('info', files),
    PodVolume.projected('more', [ProjectedSource.downwardApi(files)]),
    PodVolume.fromSource('exporter', {
      downwardAPI: { items: [{ path: 'a', resourceFieldRef: { containerName: 'exporter', resource: 'limits.cpu' } }] },
    }),
  ];
  const objects = synth(chart =>
    new StatefulDatabase(chart, 'orders', {
      engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
      storage: DatabaseStorage.provisioned(Size.gibibytes(10)),
      memory: Size.gibibytes(1),
      credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders')),
    }).add(extension('info', { mounts: volumes.map((volume, i) => ({ path: `/info${i}`, volume })) })),
  );
  const rendered = JSON.stringify(kind(objects, 'StatefulSet').spec.template.spec.volumes);
  expect(rendered.match(/"containerName":"\w+"/g)).toEqual([
    '"containerName":"exporter"',
    '"containerName":"database"',
    '"containerName":"database"',
  ]);
});

test.each<[string, () => unknown, string]>([
  ['no sources', () => mounting(volumeOf()), "[test/app] The list of sources of volume 'all' is empty. Set it."],
  [
    'a short expiration',
    () => mounting(volumeOf(ProjectedSource.serviceAccountToken('vault', { expiration: Duration.minutes(9) }))),
    "[test/app] Invalid value 540 for 'expiration' in seconds. Use a whole number from 600 to 4294967296.",
  ],
  [
    'a field that a volume cannot show',
    () => mounting(volumeOf(ProjectedSource.downwardApi({ node: 'spec.nodeName' }))),
    "[test/app] Volume 'all' shows the field 'spec.nodeName', which a volume cannot show. Use a field such as " +
      "'metadata.labels', \"metadata.annotations['key']\" or 'limits.memory'.",
  ],
  [
    'a path above the volume',
    () => mounting(volumeOf(ProjectedSource.downwardApi({ '../name': 'metadata.name' }))),
    "[test/app] '../name' is not a valid path below the mount. Use a relative path with '/' between names, without " +
      "'.', '..', ':', '\\' or control characters, that does not start with '..'.",
  ],
  [
    'an invalid Secret',
    () => mounting(volumeOf(ProjectedSource.secret(SecretSource.fromName('No Name')))),
    "[test/app] Invalid name 'No Name' for the Secret of volume 'all'. Use at most 253 lowercase " +
      "letters, digits, '-' " +
      "and '.', starting and ending with a letter or digit.",
  ],
  [
    'a token without an audience',
    () => ProjectedSource.serviceAccountToken(undefined as any),
    "[ProjectedSource.serviceAccountToken] Required argument 'audience' is missing. Pass it, for example '\"vault\"'.",
  ],
  [
    'an unknown option of a token',
    () => ProjectedSource.serviceAccountToken('vault', { expirations: 600 } as any),
    "[ProjectedSource.serviceAccountToken] Unknown prop 'expirations'. Did you mean 'expiration'?",
  ],
])('refuses %s', (_, create, message) => expectError(create, message));
