import { messagesOf, podOfKind } from './fixtures';

interface File {
  readonly path: string;
  readonly mode: string;
  readonly image?: string;
  readonly securityContext?: string;
  readonly container?: string;
  readonly isUnknown?: boolean;
}

function checked({
  path,
  mode,
  image = 'acme/app:1',
  securityContext = '',
  container = '',
  isUnknown,
}: File): string[] {
  const [directory, name] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)];
  const items = isUnknown ? '' : `, items: [{key: k, path: ${name}}]`;
  const pod = podOfKind('Deployment', {
    pod: `securityContext: {${securityContext}}`,
    container,
    volume: `secret: {secretName: s, defaultMode: ${mode}${items}}`,
  });
  return messagesOf('strict-file-mode', pod.replace('/data', directory).replace('acme/app:1', image));
}

test.each<[string, File]>([
  ['mysqld ignores it', { path: '/etc/mysql/conf.d/a.cnf', mode: '0777', image: 'mysql:8.4.6' }],
  ['mysqld ignores it', { path: '/etc/mysql/conf.d/a.cnf', mode: '0666', image: 'percona:8.4', isUnknown: true }],
  ['mysqld ignores it', { path: '/opt/bitnami/mysql/conf/a.cnf', mode: '0777', image: 'bitnami/mysql:8' }],
  ['OpenSSH refuses it', { path: '/root/.ssh/id_rsa', mode: '0644' }],
  ['OpenSSH refuses it', { path: '/keys/id_ed25519', mode: '0440', securityContext: 'runAsUser: 0' }],
  // the kubelet lets the group read the key
  ['OpenSSH refuses it', { path: '/keys/id_rsa', mode: '0400', securityContext: 'runAsUser: 0, fsGroup: 7' }],
  ['sshd ignores it', { path: '/home/git/.ssh/authorized_keys', mode: '0664' }],
  ['libpq ignores it', { path: '/run/pgpass', mode: '0440' }],
  [
    'libpq ignores it',
    {
      path: '/run/.pgpass',
      mode: '0444',
      container: 'env: [{name: PGPASSFILE, value: /run/.pgpass}]',
      isUnknown: true,
    },
  ],
  ['Erlang refuses it', { path: '/var/lib/rabbitmq/.erlang.cookie', mode: '0444' }],
  ['the Beat refuses it', { path: '/etc/a/filebeat.yml', mode: '0660', image: 'docker.elastic.co/beats/filebeat:8' }],
  ['logrotate ignores it', { path: '/etc/logrotate.d/app', mode: '0555' }],
  ['cron ignores it', { path: '/etc/cron.d/app', mode: '0664' }],
  ['sudo refuses it', { path: '/etc/sudoers.d/app', mode: '0666' }],
])('reports that %s: %j', (reaction, file) => {
  expect(checked(file)).toEqual([expect.stringContaining(`with the mode`)]);
  expect(checked(file)[0]).toContain(`so ${reaction}`);
});

test.each<File>([
  { path: '/etc/mysql/conf.d/a.cnf', mode: '0644', image: 'mysql:8.4.6' },
  // MariaDB accepts a file on a read-only volume
  { path: '/etc/mysql/conf.d/a.cnf', mode: '0777', image: 'mariadb:11.4' },
  { path: '/root/.ssh/id_rsa', mode: '0400' },
  { path: '/root/.ssh/id_rsa.pub', mode: '0644' },
  { path: '/root/.ssh/known_hosts', mode: '0644' },
  // OpenSSH only checks the keys of its user
  { path: '/keys/id_rsa', mode: '0440', securityContext: 'runAsUser: 7, fsGroup: 7' },
  { path: '/keys/id_rsa', mode: '0644' },
  { path: '/run/pgpass', mode: '0400' },
  { path: '/etc/a/filebeat.yml', mode: '0440', image: 'docker.elastic.co/beats/filebeat:8' },
  {
    path: '/etc/a/filebeat.yml',
    mode: '0666',
    image: 'docker.elastic.co/beats/filebeat:8',
    container: 'args: [--strict.perms=false]',
  },
  { path: '/etc/logrotate.d/app', mode: '0644' },
  { path: '/etc/app/app.conf', mode: '0666' },
])('accepts %j', file => {
  expect(checked(file)).toEqual([]);
});

test('reports a file once, even if several containers mount it', () => {
  const pod = podOfKind('Deployment', { volume: 'secret: {secretName: s, items: [{key: k, path: pgpass}]}' });
  const app = '{name: app, image: "acme/app:1", volumeMounts: [{name: data, mountPath: /data}]}';
  expect(messagesOf('strict-file-mode', pod.replace(app, `${app}, ${app.replace('app,', 'other,')}`))).toHaveLength(1);
});
