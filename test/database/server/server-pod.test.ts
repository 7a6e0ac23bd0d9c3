import { DatabaseEngine } from '../../../src';
import { CUSTOM_SPEC, mountOf, objectsOf, podSpec, REDIS, server } from '../fixtures';

const redis = objectsOf({ engine: REDIS });

test('starts Redis with a file in memory that includes the read-only configuration', () => {
  expect(server(redis).command.slice(-1)).toEqual(['/run/database/redis.conf']);
  expect(mountOf(redis, 'config')).toMatchObject({ mountPath: '/etc/redis/redis.conf', readOnly: true });
  const runDirectory = server(redis).volumeMounts.find(({ mountPath }: any) => mountPath === '/run/database');
  expect(runDirectory.readOnly).toBeUndefined();
  expect(podSpec(redis).volumes).toContainEqual({
    name: runDirectory.name,
    emptyDir: { medium: 'Memory', sizeLimit: '1Mi' },
  });
});

test('escapes the password of Redis when the server starts', () => {
  expect(server(redis).command[2]).toContain(
    'requirepass "%s"\\n\' "$(sed \'s/[\\\\"]/\\\\&/g\' /run/secrets/database/password)"',
  );
});

test('mounts no key file whose mode fsGroup could change', () => {
  const secrets = podSpec(objectsOf()).volumes.filter(({ secret }: any) => secret);
  expect(secrets.map(({ secret }: any) => secret.items.map(({ path }: any) => path))).toEqual([['password']]);
});

test('waives the rule on rollouts for init scripts in a directory that the rule does not know', () => {
  const annotations = (initDirectory: string) =>
    objectsOf({ engine: DatabaseEngine.custom({ ...CUSTOM_SPEC, initDirectory }) }).find(
      ({ kind, metadata }: any) => kind === 'ConfigMap' && metadata.name.endsWith('-init'),
    ).metadata.annotations;
  expect(annotations('/docker-entrypoint-initdb.d')).toBeUndefined();
  expect(annotations('/init')).toEqual({
    'waiver.cdk8s-storage-patterns/config-change-rolls-pods': 'the server only runs the scripts at the first start',
  });
});

test('fills a directory of the server with the files of its image', () => {
  const writableDirectories = [{ path: '/etc/surreal', copyFromImage: true }];
  const pod = podSpec(objectsOf({ engine: DatabaseEngine.custom({ ...CUSTOM_SPEC, writableDirectories }) }));
  expect(pod.initContainers).toHaveLength(1);
  expect(pod.initContainers[0]).toMatchObject({ name: 'copy-etc-surreal', image: CUSTOM_SPEC.image });
  expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'scratch-etc-surreal', mountPath: '/etc/surreal' });
});
