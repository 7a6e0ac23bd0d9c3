import { Duration, Size } from 'cdk8s';
import { DatabaseImage, dataLayout } from '../../../facts/images/database-image';
import { REDIS_IMAGE, VALKEY_IMAGE } from '../../../facts/images/redis';
import type { DatabaseEngineSpec } from '../database-engine-spec';
import { ConfigFormat } from '../database-settings-spec';
import type { OfficialImage } from '../official-image';
import { SizeUnit } from '../size-unit';

const USERS: OfficialImage['users'] = { bookworm: [999, 999], trixie: [999, 999], alpine: [999, 1000] };

export const REDIS_TAGS: OfficialImage = {
  name: 'redis',
  repository: 'docker.io/library/redis',
  majors: ['7', '8'],
  users: USERS,
  example: '8.2.9-bookworm',
};

export const VALKEY_TAGS: OfficialImage = {
  name: 'valkey',
  repository: 'docker.io/valkey/valkey',
  majors: ['8', '9'],
  users: USERS,
  example: '8.1.11-trixie',
};

/** Redis of the Docker official image, and Valkey, which differs in the names of its programs alone. */
function redisLike(
  name: 'redis' | 'valkey',
  image: DatabaseImage,
): Omit<DatabaseEngineSpec, 'image' | 'runAsUser' | 'runAsGroup'> {
  const data = dataLayout(image);
  const ping = `REDISCLI_AUTH="$(cat {run}/password)" ${name}-cli -h 127.0.0.1 -p {port} ping 2>&1`;
  return {
    type: 'redis',
    provider: name,
    port: image.port,
    mountPath: data.volume,
    declaredVolumes: [data.volume],
    onlyUser: 'default',
    exclusiveLock: true,
    // neither reads a password from a file, and on the command line everybody could; it is kept in memory for the
    // probes,
    // since the Secret may change while the server runs
    preStartCommands: [
      'umask 077',
      'cat {password} > {run}/password',
      `printf 'include {config}\\nrequirepass "%s"\\n' "$(sed 's/[\\\\"]/\\\\&/g' {password})" > {run}/${name}.conf`,
    ],
    command: ['docker-entrypoint.sh', `${name}-server`, `{run}/${name}.conf`],
    startupCommand: ['sh', '-c', `${ping} | grep -qE "PONG|LOADING|MASTERDOWN|BUSY|MISCONF"`],
    readinessCommand: ['sh', '-c', `${ping} | grep -q PONG`],
    // without a password it answers that it wants one, or that it still loads
    waitCommand: ['sh', '-c', `${name}-cli -h "$DB_HOST" -p "$DB_PORT" ping 2>&1 | grep -qE "PONG|NOAUTH"`],
    tlsWaitCommand: [
      'sh',
      '-c',
      `${name}-cli --tls --insecure -h "$DB_HOST" -p "$DB_PORT" ping 2>&1 | grep -qE "PONG|NOAUTH"`,
    ],
    shutdownTimeout: Duration.seconds(60),
    configPath: `/etc/${name}/${name}.conf`,
    configFormat: ConfigFormat.DIRECTIVES,
    settings: {
      'dir': data.data,
      // each write is in the log before it is acknowledged, and on disk within a second
      'appendonly': 'yes',
      'appendfsync': 'everysec',
      // a database does not forget, it refuses
      'maxmemory-policy': 'noeviction',
    },
    reservedSettings: [
      'dir',
      'port',
      'bind',
      'requirepass',
      'include',
      'daemonize',
      'protected-mode',
      'unixsocket',
      'user',
      'aclfile',
      'replicaof',
      'cluster-enabled',
      'appendonly',
    ],
    memoryBudget: [
      { description: 'the server itself', share: 0.05, minMib: 16 },
      // a save copies each page that is written meanwhile; some memory lies between the values
      {
        description: 'maxmemory',
        setting: 'maxmemory',
        takesRemainder: true,
        minMib: 16,
        factor: 2.2,
        unit: SizeUnit.REDIS_MB,
      },
    ],
    minimumMemory: Size.mebibytes(128),
    minimumStorage: Size.gibibytes(1),
    storagePerMemory: 1.5,
    tlsUriScheme: 'rediss',
    exporter: {
      image: 'docker.io/oliver006/redis_exporter:v1.88.0',
      port: 9121,
      env: { REDIS_ADDR: 'redis://127.0.0.1:6379' },
      passwordVariable: 'REDIS_PASSWORD',
    },
  };
}

export const REDIS = redisLike('redis', REDIS_IMAGE);

export const VALKEY = redisLike('valkey', VALKEY_IMAGE);
