import { mountOf, objectsOf, podSpec, REDIS, server } from '../fixtures';

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
