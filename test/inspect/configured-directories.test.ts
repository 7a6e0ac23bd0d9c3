import { configuredDirectories } from '../../src/inspect/configured-directories';
import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';

interface Server {
  /** Fields of the container, in flow style. */
  readonly container?: string;
  /** The files of the ConfigMap that is mounted at `/conf`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly mount?: string;
  /** An init container, in flow style. */
  readonly init?: string;
}

function configured(id: string, { container = '', files = {}, mount = '/conf', init }: Server) {
  const initMounts = '[{name: conf, mountPath: /in}, {name: work, mountPath: /out, subPath: etc}]';
  const initContainer = init === undefined ? '' : `{name: init, image: i, ${init}, volumeMounts: ${initMounts}}`;
  const fields = container === '' ? '' : `${container}, `;
  const mounts = `volumeMounts: [{name: conf, mountPath: ${mount}}, {name: work, mountPath: /work}]`;
  const { objects } = readYaml(
    `apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  initContainers: [${initContainer}]
  containers: [{name: db, image: i, ${fields}${mounts}}]
  volumes: [{name: conf, configMap: {name: conf}}, {name: work, emptyDir: {}}]
---
${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf' }, data: files })}
`,
    'db.yaml',
  );
  const [pod] = new Inventory(objects).pods;
  return configuredDirectories(pod, pod.containers[pod.containers.length - 1], id);
}

const known = (...directories: string[]) => ({ directories, isKnown: true, keepsNothing: false });

test.each<[string, string, Server]>([
  [
    'redis',
    'the file that an argument names',
    { container: 'args: [/conf/redis.conf]', files: { 'redis.conf': 'dir /srv/db' } },
  ],
  ['valkey', 'an option', { container: 'args: [--dir, /srv/db/]' }],
  [
    'redis',
    'an option, which overrides a file that is not among the manifests',
    { container: 'args: [/etc/redis.conf, --appendonly, "yes", --dir, /srv/db]' },
  ],
  [
    'redis',
    'a file that another includes',
    {
      container: 'args: [/conf/redis.conf]',
      files: { 'redis.conf': 'dir /data\ninclude /conf/site.conf', 'site.conf': 'dir /srv/db' },
    },
  ],
  [
    'redis',
    'a script that names the file',
    {
      container: 'command: [sh, /conf/start.sh]',
      files: { 'start.sh': 'exec redis-server /conf/r.conf', 'r.conf': 'dir /srv/db' },
    },
  ],
  [
    'redis',
    'a file that an init container copies',
    {
      container: 'args: [/work/etc/redis.conf]',
      files: { 'redis.conf': 'dir /srv/db' },
      init: 'command: [sh, -c, "cp /in/redis.conf /out/redis.conf"]',
    },
  ],
  ['redis', 'a variable', { container: 'args: [--dir, $(DIR)], env: [{name: DIR, value: /srv/db}]' }],
  [
    'redis',
    'a variable from a ConfigMap',
    {
      container: 'args: [--dir, $(DIR)], env: [{name: DIR, valueFrom: {configMapKeyRef: {name: conf, key: dir}}}]',
      files: { dir: '/srv/db' },
    },
  ],
  [
    'mysql',
    'the default directory of files',
    { mount: '/etc/mysql/conf.d', files: { 'my.cnf': '[mysqld]\ndatadir=/srv/db' } },
  ],
  ['mariadb', 'an option', { container: 'args: [mariadbd, --datadir=/srv/db]' }],
  [
    'mongodb',
    'the file of an option',
    { container: 'args: [--config, /conf/m.conf]', files: { 'm.conf': 'storage: {dbPath: /srv/db}' } },
  ],
  [
    'postgresql',
    'the file of a setting',
    { container: 'args: [-c, config_file=/conf/p.conf]', files: { 'p.conf': "data_directory = '/srv/db'" } },
  ],
  ['postgresql', 'a setting of the command line', { container: 'args: [-c, data_directory=/srv/db]' }],
  ['postgresql', 'a variable', { container: 'env: [{name: PGDATA, value: /srv/db}]' }],
  [
    'kafka',
    'properties',
    {
      container: 'command: [kafka-server-start.sh, /conf/s.properties]',
      files: { 's.properties': 'log.dirs=/srv/db' },
    },
  ],
  ['kafka', 'a variable', { container: 'env: [{name: KAFKA_LOG_DIRS, value: /srv/db}]' }],
  ['zookeeper', 'its file', { mount: '/conf', files: { 'zoo.cfg': 'dataDir=/srv/db' } }],
  [
    'elasticsearch',
    'its file',
    { mount: '/usr/share/elasticsearch/config', files: { 'elasticsearch.yml': 'path.data: /srv/db' } },
  ],
  ['elasticsearch', 'an option', { container: 'args: [-Epath.data=/srv/db]' }],
  [
    'prometheus',
    'an option',
    { container: 'args: [--config.file=/conf/p.yml, --storage.tsdb.path=/srv/db]', files: { 'p.yml': '{}' } },
  ],
])('%s: reads the directory from %s', (id, _, server) => {
  expect(configured(id, server)).toEqual(known('/srv/db'));
});

test('reads the file of an option in a script', () => {
  const container = 'command: [/bin/bash, -c, "/run.sh --include /conf/redis.conf"]';
  expect(configured('redis', { container, files: { 'redis.conf': 'dir /srv/db' } })).toEqual(known('/srv/db'));
});

test('only the command line configures the directory of Prometheus', () => {
  expect(configured('prometheus', { container: 'args: [--config.file=/etc/p.yml]' })).toEqual(known());
});

test('reads several directories', () => {
  expect(configured('kafka', { container: 'env: [{name: KAFKA_LOG_DIRS, value: "/a,/b"}]' })).toEqual(
    known('/a', '/b'),
  );
});

test.each<[string, string, Server]>([
  ['redis', 'names a file that is not among the manifests', { container: 'args: [/etc/redis.conf]' }],
  [
    'redis',
    'reads a file that an init container writes',
    { container: 'args: [/work/etc/redis.conf]', init: 'command: [sh, -c, "generate > /out/redis.conf"]' },
  ],
  [
    'redis',
    'reads a copy to which an init container adds lines',
    {
      container: 'args: [/work/etc/redis.conf]',
      files: { 'redis.conf': 'dir /data' },
      init: 'command: [sh, -c, "cp /in/redis.conf /out/redis.conf; echo requirepass $P >> /out/redis.conf"]',
    },
  ],
  ['redis', 'runs a script that is not among the manifests', { container: 'command: [/work/start.sh]' }],
  ['mongodb', 'names a file that is not among the manifests', { container: 'args: [-f, /etc/mongod.conf]' }],
  ['postgresql', 'names a file that is not among the manifests', { container: 'args: [-c, config_file=/etc/p.conf]' }],
  ['redis', 'reads a variable whose value is unknown', { container: 'args: [--dir, $(DIR)]' }],
])('%s: knows nothing of a server that %s', (id, _, server) => {
  expect(configured(id, server)).toMatchObject({ directories: [], isKnown: false });
});

test.each([
  ['save ""', true],
  ['save ""\nappendonly yes', false],
  ['save ""\nsave 60 1', false],
  ['maxmemory-policy allkeys-lru', true],
  ['maxmemory-policy noeviction', false],
  ['', false],
])('Redis with %j in its file keeps nothing: %p', (content, keepsNothing) => {
  const server = { container: 'args: [/conf/redis.conf]', files: { 'redis.conf': content } };
  expect(configured('redis', server).keepsNothing).toBe(keepsNothing);
});

test.each([
  ['[--save, ""]', true],
  [`[--save, "''"]`, true],
  [`[--save, '""']`, true],
  ['[--save, "900 1"]', false],
  ['[--save, ""  , --appendonly, "yes"]', false],
  ['[/etc/redis.conf, --dir, /data]', undefined],
  ['[/etc/redis.conf, --appendonly, "yes"]', false],
])('Redis with the arguments %s keeps nothing: %p', (args, keepsNothing) => {
  expect(configured('redis', { container: `args: ${args}` }).keepsNothing).toBe(keepsNothing);
});

test('nothing configures a server whose configuration is unknown', () => {
  expect(configured('toString', { container: 'args: [--dir, /srv/db]' })).toEqual(known());
});
