import { Size } from 'cdk8s';
import { withDigest } from '../../../facts/image-digests';
import type { OfficialImage } from '../../../facts/images/database-image';
import { dataLayout } from '../../../facts/images/image-facts';
import { REDIS_IMAGE, VALKEY_IMAGE } from '../../../facts/images/redis';
import { ConfigFormat } from '../database-settings-spec';
import { EngineSpec, imageSpec } from '../official-image';
import { SizeUnit } from '../size-unit';

/** Redis in Docker's official image, and Valkey, which differs only in the names of its programs. */
function redisFamily(image: OfficialImage): EngineSpec {
  const { volume, data } = dataLayout(image);
  const {
    releases: { name },
    programs: [server],
    clients: [client],
  } = image;
  const ping = `REDISCLI_AUTH="$(cat {run}/password)" ${client} -h 127.0.0.1 -p {port} ping 2>&1`;
  const wait = (options: string) => [
    'sh',
    '-c',
    // without a password, the server answers NOAUTH once it has loaded its data, and LOADING before
    `${client} ${options}-h "$DB_HOST" -p "$DB_PORT" ping 2>&1 | grep -qE "PONG|NOAUTH"`,
  ];
  return {
    ...imageSpec(image),
    type: 'redis',
    provider: name,
    mountPath: volume,
    declaredVolumes: [volume],
    exclusiveLock: true,
    // the server cannot read its password from a file, and every process could see it on the command line; the
    // probes use a copy in memory, because the Secret can change while the server runs
    preStartCommands: [
      'umask 077',
      'cat {password} > {run}/password',
      `printf 'include {config}\\nrequirepass "%s"\\n' "$(sed 's/[\\\\"]/\\\\&/g' {password})" > {run}/${name}.conf`,
    ],
    command: ['docker-entrypoint.sh', server, `{run}/${name}.conf`],
    startupCommand: ['sh', '-c', `${ping} | grep -qE "PONG|LOADING|MASTERDOWN|BUSY|MISCONF"`],
    readinessCommand: ['sh', '-c', `${ping} | grep -q PONG`],
    waitCommand: wait(''),
    tlsWaitCommand: wait('--tls --insecure '),
    configPath: `/etc/${name}/${name}.conf`,
    configFormat: ConfigFormat.DIRECTIVES,
    settings: {
      'dir': data,
      // every write is in the log before it is acknowledged, and on disk within a second
      'appendonly': 'yes',
      'appendfsync': 'everysec',
      // a full database refuses writes, and does not evict keys like a cache
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
      'slaveof',
      // without AUTH the server would admit nobody, or everybody once its users are reset
      'rename-command',
      'cluster-enabled',
      'appendonly',
    ],
    memoryBudget: [
      { description: 'the server itself', share: 0.05, minMib: 16 },
      // while the server saves, it copies every page that is written to; fragmentation takes some memory too
      {
        description: image.buffer.name,
        setting: image.buffer.name,
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
      image: withDigest('docker.io/oliver006/redis_exporter:v1.88.0'),
      port: 9121,
      env: { REDIS_ADDR: 'redis://127.0.0.1:{port}' },
      passwordVariable: 'REDIS_PASSWORD',
    },
  };
}

export const REDIS = redisFamily(REDIS_IMAGE);

export const VALKEY = redisFamily(VALKEY_IMAGE);
