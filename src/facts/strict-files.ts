/** A file whose mode a program checks before it reads the file. */
export interface StrictFile {
  /** The file, for messages. */
  readonly title: string;
  /** Matches the path of the file. */
  readonly path: RegExp;
  /** Matches the path of a directory that contains only such files. */
  readonly directory?: RegExp;
  /** The last path segments of the image, if the path does not identify the file. */
  readonly images?: RegExp;
  /** The permission bits that the program does not accept. */
  readonly refusedBits: number;
  /** Whether the program only checks files that belong to its user. Files of ConfigMaps and Secrets belong to root. */
  readonly isOfUser?: boolean;
  /** Matches a setting that turns the check off. */
  readonly unchecked?: RegExp;
  /** The reaction of the program, as a clause: `mysqld ignores it`. */
  readonly reaction: string;
}

/**
 * The files whose mode programs check.
 *
 * @see https://github.com/mysql/mysql-server/blob/mysql-8.4.6/mysys/my_default.cc
 * @see https://github.com/openssh/openssh-portable/blob/V_10_0_P2/authfile.c
 * @see https://www.postgresql.org/docs/17/libpq-pgpass.html
 * @see https://www.elastic.co/docs/reference/beats/libbeat/config-file-permissions
 * @see https://github.com/logrotate/logrotate/blob/3.22.0/config.c
 * @see https://www.rabbitmq.com/docs/clustering#erlang-cookie
 */
export const STRICT_FILES: readonly StrictFile[] = [
  {
    // MariaDB reads such a file from a read-only volume
    title: 'the configuration file',
    path: /\.cnf$/,
    directory: /^\/(?:etc\/(?:my\.cnf\.d|mysql(?:\/[\w.-]+)?)|opt\/bitnami\/mysql\/conf(?:\/bitnami)?)$/,
    images: /^(?:mysql|mysql-server|community-server|percona|percona-server|percona-xtradb-cluster)$/,
    refusedBits: 0o002,
    reaction: 'mysqld ignores it, because every user can write to it',
  },
  {
    title: 'the private key',
    path: /\/(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|ssh-privatekey|ssh_host_\w+_key)$/,
    refusedBits: 0o077,
    isOfUser: true,
    reaction: 'OpenSSH refuses it, because other users can read it',
  },
  {
    title: 'the SSH configuration',
    path: /\/\.ssh\/config$/,
    refusedBits: 0o022,
    reaction: 'OpenSSH refuses it, because other users can write to it',
  },
  {
    title: 'the list of authorized keys',
    path: /\/authorized_keys2?$/,
    refusedBits: 0o022,
    reaction: 'sshd ignores it, because other users can write to it',
  },
  {
    title: 'the password file',
    path: /\/\.?pgpass$/,
    refusedBits: 0o077,
    reaction: 'libpq ignores it, because other users can read it',
  },
  {
    title: 'the Erlang cookie',
    path: /\/\.erlang\.cookie$/,
    refusedBits: 0o077,
    reaction: 'Erlang refuses it, because other users can read it',
  },
  {
    title: 'the configuration file',
    path: /\.ya?ml$/,
    images: /^(?:audit|file|heart|metric|packet)beat(?:-oss)?$/,
    refusedBits: 0o022,
    unchecked: /strict[._]perms[= ]+["']?false/i,
    reaction: 'the Beat refuses it, because other users can write to it',
  },
  {
    title: 'the configuration file',
    path: /\/logrotate(?:\.conf|\.d\/[^/]+)$/,
    directory: /\/logrotate\.d$/,
    refusedBits: 0o133,
    reaction: 'logrotate ignores it, because it only accepts the modes 0444 and 0644',
  },
  {
    title: 'the crontab',
    path: /^\/etc\/(?:crontab|cron\.d\/[^/]+)$/,
    directory: /^\/etc\/cron\.d$/,
    refusedBits: 0o022,
    reaction: 'cron ignores it, because other users can write to it',
  },
  {
    title: 'the rules',
    path: /^\/etc\/sudoers(?:\.d\/[^/]+)?$/,
    directory: /^\/etc\/sudoers\.d$/,
    refusedBits: 0o022,
    reaction: 'sudo refuses it, because other users can write to it',
  },
];
