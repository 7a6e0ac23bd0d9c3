import { Size } from 'cdk8s';
import type { DatabaseEngine } from '../../../src';
import { backup, containerNamed, cronJob } from '../../database/backup/fixtures';
import { MARIADB, MONGODB, MYSQL, POSTGRES, REDIS, VALKEY } from '../../database/fixtures';
import { synth } from '../../synth';

const objectsOf = (engine: DatabaseEngine) => synth(chart => backup(chart, {}, { engine, memory: Size.gibibytes(1) }));

test.each<[string, DatabaseEngine, string]>([
  ['MySQL', MYSQL, '256Mi'],
  ['MariaDB', MARIADB, '256Mi'],
  ['Redis', REDIS, '1Gi'],
  ['Valkey', VALKEY, '1Gi'],
])('backs up %s, with memory for all data if its programs load them', (title, engine, memory) => {
  const objects = objectsOf(engine);
  const dump = containerNamed(cronJob(objects, 'test-backup').pod, 'dump');
  expect(dump.resources.limits.memory).toBe(memory);
  expect(dump.env).toContainEqual({ name: 'ENGINE', value: title });
  const trial = cronJob(objects, 'test-backup-trial').pod;
  const [server, restore] = ['server', 'restore'].map(name => containerNamed(trial, name));
  expect(restore.image).toBe(server.image);
  expect(server.command.join(' ')).toMatch(/--bind(-address=| )127\.0\.0\.1/);
  // the restore connects with the password that the server generated
  const passwordMounts = [server, restore].map(({ volumeMounts }) =>
    volumeMounts.filter(({ mountPath }: any) => mountPath === '/run/secrets/database'),
  );
  expect(passwordMounts[0]).toEqual([expect.objectContaining({ name: 'password' })]);
  expect(passwordMounts[1]).toEqual(passwordMounts[0]);
});

test.each<[string, DatabaseEngine, string]>([
  ['MySQL', MYSQL, '/var/run/mysqld'],
  ['MariaDB', MARIADB, '/run/mysqld'],
])('restores %s through the socket of the server of the trial', (_, engine, directory) => {
  const trial = cronJob(objectsOf(engine), 'test-backup-trial').pod;
  const [server, restore] = ['server', 'restore'].map(name =>
    containerNamed(trial, name).volumeMounts.find(({ mountPath }: any) => mountPath === directory),
  );
  expect(server).toBeDefined();
  expect(restore).toEqual(server);
  expect(containerNamed(trial, 'restore').command.join(' ')).toContain(`socket=${directory}/mysqld.sock`);
});

test.each<[string, DatabaseEngine]>([
  ['PostgreSQL', POSTGRES],
  ['MySQL', MYSQL],
  ['MariaDB', MARIADB],
  ['Redis', REDIS],
  ['Valkey', VALKEY],
])('each file of a password that a variable of the trial of %s names is in a volume of the server', (_, engine) => {
  const trial = cronJob(objectsOf(engine), 'test-backup-trial').pod;
  const [server, restore] = ['server', 'restore'].map(name => containerNamed(trial, name));
  const files = restore.env.filter(({ name }: any) => name.endsWith('_FILE')).map(({ value }: any) => value);
  expect(files.length).toBeGreaterThan(0);
  const volumeOf = ({ volumeMounts }: any, file: string) =>
    volumeMounts.find(({ mountPath }: any) => file.startsWith(`${mountPath}/`))?.name;
  for (const file of files) {
    expect([file, volumeOf(restore, file)]).toEqual([file, volumeOf(server, file)]);
    expect(volumeOf(restore, file)).toBeDefined();
  }
});

test('refuses MongoDB, and says why', () => {
  expect(() => objectsOf(MONGODB)).toThrow(
    'A dump of MongoDB without a replica set is not of one point in time, unless all writes stop.',
  );
});
