/** Where an image keeps its data, up to a major version. */
export interface DataLayout {
  /** The last major version of which it is true; all later ones where it is not given. */
  readonly upTo?: number;
  /** What the image declares as its `VOLUME`, or is documented to have mounted. */
  readonly volume: string;
  /** The data directory when nothing else is said; `{major}` stands for the major version. */
  readonly data: string;
}

/** What rules know of the image of a database server. */
export interface DatabaseImage {
  /** How people call it. */
  readonly title: string;
  /** The last elements of the repositories' paths. */
  readonly repositories: readonly string[];
  /** The owner that a repository of that name has; Docker's own and their copies where it is not given. */
  readonly owner?: string;
  /** The programs of the server. */
  readonly programs: readonly string[];
  readonly port: number;
  readonly layouts: readonly DataLayout[];
  /** The variable that moves the data directory. */
  readonly dataVariable?: string;
  /** The option that moves the data directory. */
  readonly dataOption?: string;
  /** Whether it initialises no directory that holds anything, such as `lost+found`. */
  readonly wantsEmptyDirectory: boolean;
  /** What it writes to beside its data, so that a read-only root needs volumes there. */
  readonly writablePaths: readonly string[];
  /** Seconds below which a stop is cut short with much to write. */
  readonly leastGraceSeconds: number;
  /** Variables, with the values that let everybody in. */
  readonly openVariables: Readonly<Record<string, RegExp>>;
}

const YES = /^(?:yes|true|1|on)$/i;

/** The Docker official images and their derivatives, and those of Bitnami. The engines of the patterns agree with it, as a test sees. */
export const DATABASE_IMAGES: readonly DatabaseImage[] = [
  {
    title: 'PostgreSQL',
    repositories: ['postgres', 'postgis', 'timescaledb', 'pgvector'],
    programs: ['postgres'],
    port: 5432,
    layouts: [
      { upTo: 17, volume: '/var/lib/postgresql/data', data: '/var/lib/postgresql/data' },
      { volume: '/var/lib/postgresql', data: '/var/lib/postgresql/{major}/docker' },
    ],
    dataVariable: 'PGDATA',
    wantsEmptyDirectory: true,
    writablePaths: ['/run/postgresql', '/tmp'],
    leastGraceSeconds: 60,
    openVariables: { POSTGRES_HOST_AUTH_METHOD: /^trust$/ },
  },
  {
    title: 'MySQL',
    repositories: ['mysql'],
    programs: ['mysqld'],
    port: 3306,
    layouts: [{ volume: '/var/lib/mysql', data: '/var/lib/mysql' }],
    dataOption: '--datadir',
    wantsEmptyDirectory: true,
    writablePaths: ['/run/mysqld', '/tmp'],
    leastGraceSeconds: 60,
    openVariables: { MYSQL_ALLOW_EMPTY_PASSWORD: YES },
  },
  {
    title: 'MariaDB',
    repositories: ['mariadb'],
    programs: ['mariadbd', 'mysqld'],
    port: 3306,
    layouts: [{ volume: '/var/lib/mysql', data: '/var/lib/mysql' }],
    dataOption: '--datadir',
    wantsEmptyDirectory: true,
    writablePaths: ['/run/mysqld', '/tmp'],
    leastGraceSeconds: 60,
    openVariables: { MARIADB_ALLOW_EMPTY_ROOT_PASSWORD: YES, MYSQL_ALLOW_EMPTY_PASSWORD: YES },
  },
  {
    title: 'MongoDB',
    repositories: ['mongo'],
    programs: ['mongod'],
    port: 27017,
    layouts: [{ volume: '/data/db', data: '/data/db' }],
    dataOption: '--dbpath',
    wantsEmptyDirectory: false,
    writablePaths: ['/data/configdb', '/tmp'],
    leastGraceSeconds: 60,
    openVariables: {},
  },
  {
    title: 'Redis',
    repositories: ['redis'],
    programs: ['redis-server'],
    port: 6379,
    layouts: [{ volume: '/data', data: '/data' }],
    dataOption: '--dir',
    wantsEmptyDirectory: false,
    writablePaths: [],
    leastGraceSeconds: 30,
    openVariables: {},
  },
  {
    title: 'Valkey',
    repositories: ['valkey'],
    programs: ['valkey-server'],
    port: 6379,
    layouts: [{ volume: '/data', data: '/data' }],
    dataOption: '--dir',
    wantsEmptyDirectory: false,
    writablePaths: [],
    leastGraceSeconds: 30,
    openVariables: {},
  },
  bitnami('PostgreSQL', 'postgresql', 5432, 60),
  bitnami('MySQL', 'mysql', 3306, 60),
  bitnami('MariaDB', 'mariadb', 3306, 60),
  bitnami('MongoDB', 'mongodb', 27017, 60),
  bitnami('Redis', 'redis', 6379, 30),
  bitnami('Valkey', 'valkey', 6379, 30),
];

/** They keep their data in a directory below the mount, and start with scripts of their own. */
function bitnami(title: string, name: string, port: number, leastGraceSeconds: number): DatabaseImage {
  return {
    title,
    repositories: [name],
    owner: 'bitnami',
    programs: ['run.sh', 'postgres', 'mysqld', 'mariadbd', 'mongod', 'redis-server', 'valkey-server', 'start-scripts'],
    port,
    layouts: [{ volume: `/bitnami/${name}`, data: `/bitnami/${name}/data` }],
    wantsEmptyDirectory: false,
    writablePaths: [],
    leastGraceSeconds,
    openVariables: { ALLOW_EMPTY_PASSWORD: YES },
  };
}

/** The languages of configuration that rules can read. */
export type CollectorSyntax = 'fluent-bit' | 'fluentd' | 'vector' | 'opentelemetry';

/** What rules know of the image of a log collector. */
export interface CollectorImage {
  /** How people call it. */
  readonly title: string;
  /** The last elements of the repositories' paths. */
  readonly repositories: readonly string[];
  /** The language of its configuration, where rules can read it. */
  readonly syntax?: CollectorSyntax;
  /** Whether its user is a number other than 0, so that the kubelet can tell that it is not root. */
  readonly startsAsNumber: boolean;
}

export const COLLECTOR_IMAGES: readonly CollectorImage[] = [
  { title: 'Fluent Bit', repositories: ['fluent-bit', 'aws-for-fluent-bit'], syntax: 'fluent-bit', startsAsNumber: false },
  { title: 'Fluentd', repositories: ['fluentd', 'fluentd-kubernetes-daemonset'], syntax: 'fluentd', startsAsNumber: false },
  { title: 'Vector', repositories: ['vector'], syntax: 'vector', startsAsNumber: false },
  { title: 'the OpenTelemetry Collector', repositories: ['opentelemetry-collector', 'opentelemetry-collector-contrib', 'opentelemetry-collector-k8s'], syntax: 'opentelemetry', startsAsNumber: true },
  { title: 'Filebeat', repositories: ['filebeat'], startsAsNumber: false },
  { title: 'Promtail', repositories: ['promtail'], startsAsNumber: false },
  { title: 'Alloy', repositories: ['alloy'], startsAsNumber: false },
];

/** What rules know of the image of another server. */
export interface ServerImage {
  readonly title: string;
  readonly repositories: readonly string[];
  /** What it writes to beside what its users mount. */
  readonly writablePaths: readonly string[];
}

export const SERVER_IMAGES: readonly ServerImage[] = [
  { title: 'nginx', repositories: ['nginx'], writablePaths: ['/var/cache/nginx', '/run'] },
  { title: 'nginx', repositories: ['nginx-unprivileged'], writablePaths: ['/tmp'] },
  { title: 'Apache', repositories: ['httpd'], writablePaths: ['/usr/local/apache2/logs'] },
];
