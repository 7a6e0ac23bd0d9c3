/** The syntax of a configuration file: `name value`, `name = value`, sections of them, or YAML. */
export type ConfigurationSyntax = 'words' | 'assignments' | 'sections' | 'yaml';

/** The settings, options, variables and files that configure the directories of a server. */
export interface ServerConfiguration {
  readonly syntax: ConfigurationSyntax;
  /** The settings of its configuration file that contain the directories of its data. */
  readonly settings: readonly string[];
  /** The options of the command line that contain them, which override the file. */
  readonly options: readonly string[];
  /** The variables that contain them, which the file overrides. */
  readonly variables: readonly string[];
  /** The options that name its configuration file. */
  readonly fileOptions: readonly string[];
  /** Matches an argument without an option that is its configuration file. */
  readonly fileArgument?: RegExp;
  /** The files, and the directories of files, that it reads without being told. */
  readonly defaultFiles: readonly string[];
  /** The settings that include another file or the files of a directory. */
  readonly includes: readonly string[];
  /** Whether its settings can turn off snapshots and evict keys, so that it keeps nothing. */
  readonly canBeCache?: boolean;
}

const MYSQL: ServerConfiguration = {
  syntax: 'sections',
  settings: ['datadir'],
  options: ['--datadir'],
  variables: [],
  fileOptions: ['--defaults-file', '--defaults-extra-file'],
  defaultFiles: ['/etc/my.cnf', '/etc/my.cnf.d', '/etc/mysql', '/opt/bitnami/mariadb/conf', '/opt/bitnami/mysql/conf'],
  includes: ['!include', '!includedir'],
};

const REDIS: ServerConfiguration = {
  syntax: 'words',
  settings: ['dir'],
  options: ['--dir'],
  variables: [],
  fileOptions: ['--include'],
  fileArgument: /\.conf$/,
  defaultFiles: ['/opt/bitnami/redis/mounted-etc', '/opt/bitnami/valkey/mounted-etc'],
  includes: ['include'],
  canBeCache: true,
};

const POSTGRESQL: ServerConfiguration = {
  syntax: 'assignments',
  settings: ['data_directory'],
  options: ['data_directory'],
  variables: ['PGDATA'],
  fileOptions: ['config_file'],
  defaultFiles: ['/bitnami/postgresql/conf', '/opt/bitnami/postgresql/conf'],
  includes: ['include', 'include_if_exists', 'include_dir'],
};

const MONGODB: ServerConfiguration = {
  syntax: 'yaml',
  settings: ['storage.dbPath', 'dbpath'],
  options: ['--dbpath'],
  variables: [],
  fileOptions: ['--config', '-f'],
  defaultFiles: ['/opt/bitnami/mongodb/conf'],
  includes: [],
};

const KAFKA: ServerConfiguration = {
  syntax: 'assignments',
  settings: ['log.dirs', 'log.dir'],
  options: ['log.dirs', 'log.dir'],
  variables: ['KAFKA_LOG_DIRS', 'KAFKA_LOG_DIR', 'KAFKA_CFG_LOG_DIRS', 'KAFKA_CFG_LOG_DIR'],
  fileOptions: [],
  fileArgument: /\.properties(?:\.|$)/,
  defaultFiles: ['/etc/kafka/server.properties', '/mnt/shared/config/server.properties', '/opt/bitnami/kafka/config'],
  includes: [],
};

const ZOOKEEPER: ServerConfiguration = {
  syntax: 'assignments',
  settings: ['dataDir', 'dataLogDir'],
  options: [],
  variables: ['ZOO_DATA_DIR', 'ZOO_DATA_LOG_DIR', 'ZOOKEEPER_DATA_DIR', 'ZOOKEEPER_LOG_DIR'],
  fileOptions: [],
  fileArgument: /zoo\w{0,20}\.(?:cfg|properties)$/,
  defaultFiles: ['/conf/zoo.cfg'],
  includes: [],
};

const ELASTICSEARCH: ServerConfiguration = {
  syntax: 'yaml',
  settings: ['path.data'],
  options: ['path.data'],
  variables: ['path.data'],
  fileOptions: [],
  defaultFiles: ['/usr/share/elasticsearch/config/elasticsearch.yml', '/usr/share/opensearch/config/opensearch.yml'],
  includes: [],
};

const PROMETHEUS: ServerConfiguration = {
  syntax: 'yaml',
  settings: [],
  options: ['--storage.tsdb.path', '--storage.agent.path'],
  variables: [],
  fileOptions: [],
  defaultFiles: [],
  includes: [],
};

/**
 * The configuration of servers, by the id of their image.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/option-files.html
 * @see https://redis.io/docs/latest/operate/oss_and_stack/management/config/
 * @see https://www.mongodb.com/docs/manual/reference/configuration-options/
 * @see https://www.postgresql.org/docs/current/runtime-config-file-locations.html
 * @see https://kafka.apache.org/documentation/#brokerconfigs
 * @see https://zookeeper.apache.org/doc/current/zookeeperAdmin.html
 * @see https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/path-settings
 * @see https://prometheus.io/docs/prometheus/latest/storage/
 */
const SERVER_CONFIGURATIONS: Readonly<Record<string, ServerConfiguration>> = {
  'confluent-kafka': KAFKA,
  'elasticsearch': ELASTICSEARCH,
  'kafka': KAFKA,
  'keydb': REDIS,
  'mariadb': MYSQL,
  'mongodb': MONGODB,
  'mysql': MYSQL,
  'opensearch': ELASTICSEARCH,
  'percona-server': MYSQL,
  'percona-server-mongodb': MONGODB,
  'percona-xtradb-cluster': MYSQL,
  'postgresql': POSTGRESQL,
  'prometheus': PROMETHEUS,
  'redis': REDIS,
  'valkey': REDIS,
  'zookeeper': ZOOKEEPER,
};

/** Returns how a server is configured, by the id of its image; `undefined` if its configuration is unknown. */
export function serverConfiguration(id: string): ServerConfiguration | undefined {
  return Object.prototype.hasOwnProperty.call(SERVER_CONFIGURATIONS, id) ? SERVER_CONFIGURATIONS[id] : undefined;
}
