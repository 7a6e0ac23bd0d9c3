import { DatabaseImage, YES } from './database-image';
import { ALWAYS, ImageFacts } from './image-facts';

/** The user of all Bitnami images. */
const USER = 1001;

/** The start scripts and the servers of all Bitnami images. */
const PROGRAMS = [
  'run.sh',
  'start-scripts',
  'postgres',
  'mysqld',
  'mariadbd',
  'mongod',
  'redis-server',
  'valkey-server',
];

const PUBLISHERS = ['docker.io/bitnami', 'docker.io/bitnamilegacy', 'docker.io/bitnamisecure'];

/** Returns the repositories of a Bitnami image. */
function repositoriesOf(name: string): string[] {
  return PUBLISHERS.map(publisher => `${publisher}/${name}`);
}

function sourcesOf(name: string): string[] {
  return [`https://github.com/bitnami/containers/tree/main/bitnami/${name}`];
}

/** Whether an image is one of Bitnami, whose user is a number. */
export function isBitnami(image?: ImageFacts): boolean {
  return image?.repositories[0].startsWith(`${PUBLISHERS[0]}/`) === true;
}

/**
 * Returns the facts of Bitnami's image of an engine. The server is that of the official image; directories, variables
 * and start scripts differ, and are unknown unless they are set here.
 */
export function bitnamiDatabase(official: DatabaseImage): DatabaseImage {
  const { id, stateless } = official;
  return {
    ...official,
    repositories: repositoriesOf(id),
    sources: sourcesOf(id),
    derivatives: undefined,
    releases: undefined,
    programs: PROGRAMS,
    layouts: [{ volume: `/bitnami/${id}`, data: `/bitnami/${id}/data` }],
    volumes: undefined,
    user: USER,
    runsAsAnyUser: true,
    replicates: id === 'mongodb' ? /^MONGODB_REPLICA_SET_MODE=/m : undefined,
    serverVariables: undefined,
    dataVariable: undefined,
    dataOption: undefined,
    stateless: id === 'mongodb' ? /^MONGODB_REPLICA_SET_MODE=arbiter$/m : stateless,
    refusesLostAndFound: undefined,
    acceptsLostAndFoundIn: undefined,
    writablePaths: [],
    openVariables: { ALLOW_EMPTY_PASSWORD: YES },
    requiredVariables: undefined,
    authentication: undefined,
    initScripts: undefined,
    hugePagesSetting: undefined,
    sortsByBase: false,
  };
}

/** Returns the facts of Bitnami's image of another server, whose data is below its own directory of `/bitnami`. */
function bitnamiServer(id: string, title: string, facts: Partial<ImageFacts> = {}): ImageFacts {
  return {
    id: `bitnami-${id}`,
    title,
    repositories: repositoriesOf(id),
    sources: sourcesOf(id),
    layouts: [{ volume: `/bitnami/${id}`, data: `/bitnami/${id}/data` }],
    user: USER,
    runsAsAnyUser: true,
    ...facts,
  };
}

/** Returns the layout of an image that fills its directory of `/bitnami` directly. */
function wholeDirectory(id: string): Pick<ImageFacts, 'layouts'> {
  return { layouts: [{ volume: `/bitnami/${id}`, data: `/bitnami/${id}` }] };
}

/** The Bitnami images of other servers. */
export const BITNAMI_SERVERS: readonly ImageFacts[] = [
  bitnamiServer('kafka', 'Kafka', { minimumGraceSeconds: 60, replicates: ALWAYS }),
  bitnamiServer('zookeeper', 'ZooKeeper', { dataVariable: 'ZOO_DATA_DIR', replicates: /^ZOO_SERVERS=/m }),
  // its data directory differs between versions
  bitnamiServer('rabbitmq', 'RabbitMQ', { layouts: undefined }),
  bitnamiServer('elasticsearch', 'Elasticsearch', {
    stateless: /^ELASTICSEARCH_NODE_ROLES=(?![^\n]*(?:data|master))[^\n]*$/m,
    minimumGraceSeconds: 60,
  }),
  bitnamiServer('opensearch', 'OpenSearch', {
    stateless: /^OPENSEARCH_NODE_ROLES=(?![^\n]*(?:data|master))[^\n]*$/m,
    minimumGraceSeconds: 60,
  }),
  bitnamiServer('cassandra', 'Cassandra', {
    ...wholeDirectory('cassandra'),
    minimumGraceSeconds: 60,
    replicates: ALWAYS,
  }),
  bitnamiServer('clickhouse', 'ClickHouse', wholeDirectory('clickhouse')),
  bitnamiServer('etcd', 'etcd', { dataVariable: 'ETCD_DATA_DIR', replicates: /^ETCD_INITIAL_CLUSTER=/m }),
  bitnamiServer('influxdb', 'InfluxDB', {
    ...wholeDirectory('influxdb'),
    stateless: /^INFLUXDB_OBJECT_STORE=(?!file)/m,
  }),
  bitnamiServer('minio', 'MinIO', { dataVariable: 'MINIO_DATA_DIR' }),
  bitnamiServer('neo4j', 'Neo4j', wholeDirectory('neo4j')),
  bitnamiServer('jenkins', 'Jenkins', { layouts: [{ volume: '/bitnami/jenkins', data: '/bitnami/jenkins/home' }] }),
  bitnamiServer('sonarqube', 'SonarQube', {
    ...wholeDirectory('sonarqube'),
    stateless: /^SONARQUBE_DATABASE_HOST=/m,
  }),
  bitnamiServer('wordpress', 'WordPress', { ...wholeDirectory('wordpress'), sharesDirectory: true }),
  bitnamiServer('drupal', 'Drupal', { ...wholeDirectory('drupal'), sharesDirectory: true }),
  bitnamiServer('ghost', 'Ghost', wholeDirectory('ghost')),
  bitnamiServer('gitea', 'Gitea', wholeDirectory('gitea')),
  bitnamiServer('consul', 'Consul', { ...wholeDirectory('consul'), stateless: /^CONSUL_AGENT_MODE=client$/m }),
  bitnamiServer('prometheus', 'Prometheus', {
    layouts: [{ volume: '/bitnami/prometheus/data', data: '/bitnami/prometheus/data' }],
    dataOption: '--storage.tsdb.path',
    stateless: /--agent\b/,
  }),
  bitnamiServer('memcached', 'Memcached', { layouts: undefined }),
  // its configuration names the directories that it writes to
  bitnamiServer('nginx', 'nginx', { layouts: undefined }),
];
