import { INIT_DIRECTORY, OfficialImage } from './database-image';
import { GIGABYTE_SIZES } from './size-grammar';

/** MongoDB in Docker's official image. */
export const MONGODB_IMAGE: OfficialImage = {
  id: 'mongodb',
  title: 'MongoDB',
  releases: {
    name: 'mongodb',
    repository: 'docker.io/library/mongo',
    majors: ['7', '8'],
    users: { jammy: [999, 999], noble: [999, 999] },
    exampleTag: '8.0.29-noble',
  },
  repositories: ['docker.io/library/mongo'],
  sources: ['https://github.com/docker-library/mongo', 'https://hub.docker.com/_/mongo'],
  serverVariables: ['MONGO_INITDB_ROOT_USERNAME', 'MONGO_INITDB_ROOT_PASSWORD', 'MONGO_INITDB_ROOT_PASSWORD_FILE'],
  volumes: ['/data/db', '/data/configdb'],
  programs: ['mongod'],
  clients: ['mongosh'],
  port: 27017,
  layouts: [
    {
      when: /--configsvr\b|^\s*clusterRole:\s*["']?configsvr\b|^\s*configsvr\s*=\s*true\b/m,
      role: 'a config server',
      volume: '/data/configdb',
      data: '/data/configdb',
    },
    { volume: '/data/db', data: '/data/db' },
  ],
  dataOption: '--dbpath',
  configuration: /^(?:--config|-f)(?:=|$)|\bmongod\.conf$/m,
  writablePaths: ['/data/configdb', '/tmp'],
  minimumGraceSeconds: 60,
  replicates: /--replSet\b/,
  shutdownSeconds: 120,
  variables: {
    user: 'MONGO_INITDB_ROOT_USERNAME',
    userFile: 'MONGO_INITDB_ROOT_USERNAME_FILE',
    database: 'MONGO_INITDB_DATABASE',
    passwordFiles: ['MONGO_INITDB_ROOT_PASSWORD_FILE'],
  },
  openVariables: {},
  openSettings: {
    '--noauth': /(?:^|\s)--noauth\b/,
    'security.authorization': /\bauthorization["']?[ \t]*:[ \t]*["']?disabled\b/,
    'security.transitionToAuth': /--transitionToAuth\b|\btransitionToAuth["']?[ \t]*:[ \t]*true\b/,
  },
  authentication: {
    variables: ['MONGO_INITDB_ROOT_USERNAME', 'MONGO_INITDB_ROOT_USERNAME_FILE'],
    settings: /--auth\b|--keyFile\b|authorization:\s*["']?enabled/,
  },
  answersWhileLoading: false,
  initScripts: { directory: INIT_DIRECTORY, extensions: ['.sh', '.js'] },
  sizes: GIGABYTE_SIZES,
  buffer: {
    name: 'storage.wiredTiger.engineConfig.cacheSizeGB',
    option: 'wiredTigerCacheSizeGB',
    unitlessKib: 1024 ** 2,
  },
  sortsByBase: false,
  keyFile: { pattern: /--keyFile[= ]+["']?([^\s"']+)/, allowsGroup: false },
  dumpPrograms: ['mongodump'],
  dumpsRefuseNewerServer: false,
};
