import { Size } from 'cdk8s';
import { withDigest } from '../../../facts/image-digests';
import type { OfficialImage } from '../../../facts/images/database-image';
import { dataLayout } from '../../../facts/images/image-facts';
import { ConfigFormat } from '../database-settings-spec';
import { EngineSpec, imageSpec } from '../official-image';

/** The differences between the images of MySQL and MariaDB. */
interface MysqlFamilyOptions {
  readonly server: string;
  /** The client that asks a server whether it answers. */
  readonly adminClient: string;
  /** The variable with the host from which `root` can connect. */
  readonly rootHostVariable: string;
}

/** The facts that MySQL and MariaDB share. Neither derives from the other, because their memory and files differ. */
export function mysqlFamily(
  image: OfficialImage,
  { server, adminClient, rootHostVariable }: MysqlFamilyOptions,
): Omit<EngineSpec, 'minimumMemory'> {
  const { volume } = dataLayout(image);
  // succeeds as soon as the server answers, even if it refuses the user: the password only avoids noise in the log
  const ping = [
    'sh',
    '-c',
    `MYSQL_PWD="$(cat {password})" ${adminClient} ping -h 127.0.0.1 -P {port} --protocol=tcp -u {user} ` +
      '--connect-timeout=4',
  ];
  return {
    ...imageSpec(image),
    type: 'mysql',
    mountPath: volume,
    // the server only initializes an empty directory, and the root of a new volume contains lost+found
    subPath: 'mysql',
    initializedMarker: 'mysql',
    declaredVolumes: [volume],
    // root can only connect from within the container, where its password is required too
    env: { [rootHostVariable]: 'localhost' },
    command: ['docker-entrypoint.sh', server],
    // over TCP, which the temporary server of the first start does not listen on
    startupCommand: ping,
    readinessCommand: ping,
    waitCommand: [
      'sh',
      '-c',
      `${adminClient} ping -h "$DB_HOST" -P "$DB_PORT" --protocol=tcp -u nobody --connect-timeout=4 >/dev/null 2>&1`,
    ],
    configFormat: ConfigFormat.INI,
    reservedSettings: [
      'port',
      'datadir',
      'socket',
      'bind_address',
      'skip_networking',
      'user',
      'pid_file',
      'secure_file_priv',
      // admits everyone
      'skip_grant_tables',
      // writes passwords of statements to the log
      'log_raw',
    ],
    concurrencyLimits: [{ setting: 'max_connections', memoryPerUnitMib: 8, min: 20, max: 151 }],
    minimumStorage: Size.gibibytes(1),
    exporter: {
      image: withDigest('docker.io/prom/mysqld-exporter:v0.20.0'),
      port: 9104,
      // each collector that needs more privileges than the user has would log an error at every scrape
      args: [
        '--mysqld.address=127.0.0.1:{port}',
        '--mysqld.username={user}',
        // the connection string of the exporter then has parameters; without them, it confuses a '?' in the password
        // with their beginning. Both images create a certificate
        '--tls.insecure-skip-verify',
        '--no-collect.slave_status',
        '--no-collect.info_schema.innodb_cmp',
        '--no-collect.info_schema.innodb_cmpmem',
      ],
      passwordVariable: 'MYSQLD_EXPORTER_PASSWORD',
    },
  };
}
