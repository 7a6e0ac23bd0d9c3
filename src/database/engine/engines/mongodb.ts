import { Duration, Size } from 'cdk8s';
import { dataLayout } from '../../../facts/images/database-image';
import { MONGODB_IMAGE } from '../../../facts/images/mongodb';
import type { DatabaseEngineSpec } from '../database-engine-spec';
import { ConfigFormat } from '../database-settings-spec';
import type { OfficialImage } from '../official-image';
import { SizeUnit } from '../size-unit';

export const MONGODB_TAGS: OfficialImage = {
  name: 'mongodb',
  repository: 'docker.io/library/mongo',
  majors: ['7', '8'],
  users: { jammy: [999, 999], noble: [999, 999] },
  example: '8.0.29-noble',
};

const DATA = dataLayout(MONGODB_IMAGE);

/** MongoDB of the Docker official image. */
export const MONGODB: Omit<DatabaseEngineSpec, 'image' | 'runAsUser' | 'runAsGroup'> = {
  type: 'mongodb',
  port: MONGODB_IMAGE.port,
  mountPath: DATA.volume,
  initializedMarker: 'WiredTiger',
  declaredVolumes: [DATA.volume, '/data/configdb'],
  writableDirectories: [{ path: '/data/configdb', sizeLimit: Size.mebibytes(16) }],
  userVariable: 'MONGO_INITDB_ROOT_USERNAME',
  userFileVariable: 'MONGO_INITDB_ROOT_USERNAME_FILE',
  databaseVariable: 'MONGO_INITDB_DATABASE',
  passwordFileVariables: ['MONGO_INITDB_ROOT_PASSWORD_FILE'],
  command: ['docker-entrypoint.sh', 'mongod', '--config', '{config}'],
  // the temporary server listens on the loopback address alone; a shell of the engine for each probe costs too much
  startupCommand: ['bash', '-c', 'exec 3<>"/dev/tcp/$POD_IP/{port}"'],
  shutdownTimeout: Duration.seconds(120),
  initDirectory: MONGODB_IMAGE.initScripts!.directory,
  initExtensions: [...MONGODB_IMAGE.initScripts!.extensions],
  configPath: '/etc/mongo/mongod.conf',
  configFormat: ConfigFormat.YAML,
  settings: {
    'storage.dbPath': DATA.data,
    'net.bindIp': '*',
    'security.authorization': 'enabled',
  },
  reservedSettings: [
    'storage.dbPath',
    'net.bindIp',
    'net.bindIpAll',
    'net.port',
    'security.authorization',
    'security.keyFile',
    'replication.replSetName',
    'processManagement.fork',
    'systemLog.destination',
    'systemLog.path',
  ],
  concurrencyLimits: [{ setting: 'net.maxIncomingConnections', memoryPerUnitMib: 4, min: 100, max: 1000 }],
  memoryBudget: [
    { description: 'the server itself', share: 0.05, minMib: 256 },
    { description: '1Mi for a connection', minMib: 1, multiplyBy: ['net.maxIncomingConnections'] },
    {
      description: 'the cache of WiredTiger',
      setting: 'storage.wiredTiger.engineConfig.cacheSizeGB',
      share: 0.4,
      minMib: 256,
      unit: SizeUnit.GIGABYTES,
      unitlessKib: 1048576,
    },
  ],
  // the image makes its user in the database 'admin'
  uriQuery: 'authSource=admin',
  minimumMemory: Size.gibibytes(1),
  minimumStorage: Size.gibibytes(2),
  exporter: {
    image: 'docker.io/percona/mongodb_exporter:0.53',
    port: 9216,
    env: { MONGODB_URI: 'mongodb://127.0.0.1:27017/?authSource=admin', MONGODB_USER: '{user}' },
    args: ['--collect-all'],
    passwordVariable: 'MONGODB_PASSWORD',
  },
};
