import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Size } from 'cdk8s';
import { BackupNamespace } from './backups';
import { eventually } from './cluster';
import {
  CaCertificate,
  DatabaseAddress,
  DatabaseCredentials,
  DatabaseEngine,
  ExternalDatabase,
  RedisVersion,
  SecretSource,
} from '../../src';

const PASSWORD = 'with "quotes", $ and spaces';
const TLS = '/run/secrets/tls';

let backups: BackupNamespace;

beforeAll(async () => {
  backups = new BackupNamespace('tls');
  const { name: namespace } = backups.namespace;
  const servers = ['old', 'new'];
  const certificates = createCertificates(servers.map(name => `${name}.${namespace}.svc.cluster.local`));
  backups.namespace.applyObjects([
    backups.secret('tls', certificates),
    backups.secret('redis', { username: 'default', password: PASSWORD }),
    ...servers.flatMap(serverObjects),
  ]);
  backups.namespace.apply(chart => {
    for (const name of servers) {
      const database = new ExternalDatabase(chart, name, {
        engine: DatabaseEngine.redis({ version: RedisVersion.V7 }),
        address: DatabaseAddress.host(`${name}.${namespace}.svc.cluster.local`),
        credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('redis')),
        caCertificate: CaCertificate.fromSecret(SecretSource.fromName('tls')),
      });
      const memory = { request: Size.mebibytes(256), limit: Size.mebibytes(256) };
      backups.backup(chart, database, `backup-${name}`, { path: 'shared', resources: { memory } });
    }
    backups.rclone(chart);
  });
  backups.namespace.rolledOut('deployment/test-rclone');
  for (const name of servers) {
    await eventually(`${name} answers`, () => cli(name, 'ping') === 'PONG');
  }
});
afterAll(() => backups.delete());

/** Creates a certificate authority, and a certificate for some host names. */
function createCertificates(hosts: readonly string[]): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const created = (file: string) => readFileSync(join(folder, file), 'utf8');
  writeFileSync(join(folder, 'names'), `subjectAltName=${hosts.map(host => `DNS:${host}`).join(',')}`);
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-subj', `/CN=${name}`];
  openssl('req', '-x509', '-days', '2', ...key('ca'), '-out', 'ca.crt');
  openssl('req', ...key('tls'), '-out', 'tls.csr');
  const authority = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'tls.csr', ...authority, '-out', 'tls.crt');
  return Object.fromEntries(['ca.crt', 'tls.crt', 'tls.key'].map(name => [name, created(name)]));
}

/** A server that only speaks TLS. */
function serverObjects(name: string): any[] {
  const labels = { server: name };
  const files = ['cert-file', 'key-file', 'ca-cert-file'].flatMap((option, i) => [
    `--tls-${option}`,
    `${TLS}/${['tls.crt', 'tls.key', 'ca.crt'][i]}`,
  ]);
  const container = {
    name: 'redis',
    image: 'docker.io/library/redis:7',
    command: ['redis-server', '--port', '0', '--tls-port', '6379', '--tls-auth-clients', 'no', ...files],
    args: ['--dir', '/data', '--save', '', '--requirepass', PASSWORD.replace(/\$/g, '$$$$')],
    volumeMounts: [
      { name: 'tls', mountPath: TLS, readOnly: true },
      { name: 'data', mountPath: '/data' },
    ],
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels },
      spec: {
        containers: [container],
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 999,
          runAsGroup: 999,
          fsGroup: 999,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        volumes: [
          { name: 'tls', secret: { secretName: 'tls', defaultMode: 0o440 } },
          { name: 'data', emptyDir: {} },
        ],
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: labels, ports: [{ port: 6379 }] } },
  ];
}

/** Runs a command on a server; without an answer, returns an empty string. */
function cli(name: string, ...command: string[]): string {
  const script = `export REDISCLI_AUTH='${PASSWORD}'; redis-cli -e --tls --cacert ${TLS}/ca.crt "$@" || true`;
  try {
    return backups.namespace.kubectl('exec', name, '--', 'sh', '-c', script, 'cli', ...command).trim();
  } catch {
    return '';
  }
}

test('a backup over TLS restores over TLS into another server, and is equal', async () => {
  for (const database of ['0', '5']) {
    const fill = `for i = 1, 5000 do
      redis.call('set', 's' .. i, string.rep('x', 100)) redis.call('hset', 'h' .. i, 'a', 1, 'b', i)
      redis.call('rpush', 'l' .. i, 1, 2, 3) redis.call('zadd', 'z' .. i, 1, 'a', 2.5, 'b')
      redis.call('set', 'e' .. i, i, 'EX', 10000 + i)
    end
    redis.call('set', 'a\\r\\n\\0key', 'a\\r\\n\\0value') redis.call('set', 'large', string.rep('y', 20000000))
    return 'filled'`;
    expect(cli('old', '-n', database, 'eval', fill, '0')).toBe('filled');
  }
  cli('old', 'function', 'load', "#!lua name=lib\nredis.register_function('f1', function(keys, args) return 1 end)");
  expect(await backups.run('test-backup-old')).toMatchObject({ succeeded: true });
  const restored = await backups.run('test-backup-new-restore');
  expect([restored.succeeded, restored.log]).toEqual([true, expect.stringContaining('found it equal')]);
  expect(cli('new', '-n', '5', 'strlen', 'large')).toBe('20000000');
  expect(cli('new', '-n', '5', 'dbsize')).toBe('25002');
  expect(Number(cli('new', 'ttl', 'e5000'))).toBeGreaterThan(14_000);
  const again = await backups.run('test-backup-new-restore');
  expect([again.succeeded, again.log]).toEqual([false, expect.stringContaining('The server is not empty.')]);
});

test('a server whose certificate another authority signed is refused', async () => {
  const { 'ca.crt': certificate } = createCertificates(['localhost']);
  const { data } = backups.namespace.get('secret', 'tls');
  const changed = { ...data, 'ca.crt': Buffer.from(certificate).toString('base64') };
  backups.namespace.applyObjects([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tls' }, data: changed }]);
  const { succeeded, log } = await backups.run('test-backup-old');
  expect([succeeded, log]).toEqual([false, expect.stringContaining('does not accept connections')]);
});
