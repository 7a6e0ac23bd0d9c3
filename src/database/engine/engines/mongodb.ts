import { Size } from 'cdk8s';
import { withDigest } from '../../../facts/image-digests';
import { dataLayout } from '../../../facts/images/image-facts';
import { MONGODB_IMAGE } from '../../../facts/images/mongodb';
import { ConfigFormat } from '../database-settings-spec';
import { EngineSpec, imageSpec } from '../official-image';
import { SizeUnit } from '../size-unit';

const { volume, data } = dataLayout(MONGODB_IMAGE);

/** MongoDB in Docker's official image. */
export const MONGODB: EngineSpec = {
  ...imageSpec(MONGODB_IMAGE),
  type: 'mongodb',
  mountPath: volume,
  initializedMarker: 'WiredTiger',
  declaredVolumes: [volume, '/data/configdb'],
  writableDirectories: [{ path: '/data/configdb', sizeLimit: Size.mebibytes(16) }],
  command: ['docker-entrypoint.sh', 'mongod', '--config', '{config}'],
  // the temporary server of the first start only listens on the loopback address; a client of the engine would use
  // too much CPU and memory for a probe
  startupCommand: ['bash', '-c', 'exec 3<>"/dev/tcp/{podIp}/{port}"'],
  configPath: '/etc/mongo/mongod.conf',
  configFormat: ConfigFormat.YAML,
  settings: {
    'storage.dbPath': data,
    'net.bindIp': '*',
    'net.ipv6': 'true',
    'security.authorization': 'enabled',
  },
  reservedSettings: [
    'storage.dbPath',
    'net.bindIp',
    'net.bindIpAll',
    'net.port',
    'security.authorization',
    'security.keyFile',
    // admits clients without a password
    'security.transitionToAuth',
    'setParameter.enableLocalhostAuthBypass',
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
      description: 'the WiredTiger cache',
      setting: MONGODB_IMAGE.buffer.name,
      share: 0.4,
      minMib: 256,
      unit: SizeUnit.GIGABYTES,
      unitlessKib: MONGODB_IMAGE.buffer.unitlessKib,
    },
  ],
  // the image creates its user in the database 'admin'
  uriQuery: 'authSource=admin',
  minimumMemory: Size.gibibytes(1),
  minimumStorage: Size.gibibytes(2),
  exporter: {
    image: withDigest('docker.io/percona/mongodb_exporter:0.53'),
    port: 9216,
    env: { MONGODB_URI: 'mongodb://127.0.0.1:{port}/?authSource=admin', MONGODB_USER: '{user}' },
    args: ['--collect-all'],
    passwordVariable: 'MONGODB_PASSWORD',
  },
};
