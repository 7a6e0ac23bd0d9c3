import { INIT_DIRECTORY, OfficialImage } from './database-image';
import { REDIS_SIZES } from './size-grammar';

const USERS = { bookworm: [999, 999], trixie: [999, 999], alpine: [999, 1000] } as const;

/** Redis in Docker's official image. */
export const REDIS_IMAGE: OfficialImage = {
  id: 'redis',
  title: 'Redis',
  releases: {
    name: 'redis',
    repository: 'docker.io/library/redis',
    majors: ['7', '8'],
    users: USERS,
    exampleTag: '8.2.9-bookworm',
  },
  repositories: ['docker.io/library/redis'],
  sources: ['https://github.com/redis/docker-library-redis', 'https://hub.docker.com/_/redis'],
  // a sentinel watches servers and has no data
  stateless: /--sentinel\b|\b(?:redis|valkey)-sentinel\b/,
  programs: ['redis-server'],
  clients: ['redis-cli'],
  sentinelPrograms: ['redis-sentinel'],
  port: 6379,
  volumes: ['/data'],
  layouts: [{ volume: '/data', data: '/data' }],
  dataOption: '--dir',
  configuration: /\.conf$/m,
  writablePaths: [],
  minimumGraceSeconds: 30,
  savesAtStop: true,
  shutdownSeconds: 60,
  variables: { passwordFiles: [] },
  onlyUser: 'default',
  openVariables: {},
  openSettings: {
    'nopass': /(?:^|\s)(?:--)?user[ \t]+default\b[^\n]*\bnopass\b/im,
    'rename-command AUTH': /(?:^|\s)(?:--)?rename-command[ \t]+["']?auth\b/im,
  },
  authentication: {
    variables: [],
    // an empty password is none
    settings: /requirepass[ \t=]+(?!--|["']{2}(?:\s|$))\S|aclfile|^[ \t]*user default/m,
  },
  answersWhileLoading: true,
  healthCommand: { asks: /\bPONG\b/, toleratesRecovery: /LOADING/ },
  initScripts: { directory: INIT_DIRECTORY, extensions: [] },
  sizes: REDIS_SIZES,
  buffer: { name: 'maxmemory', unitlessKib: 1 / 1024 },
  sortsByBase: false,
  dumpPrograms: [],
  dumpsRefuseNewerServer: false,
};

/** Valkey, whose image differs only in its releases and the names of its programs. */
export const VALKEY_IMAGE: OfficialImage = {
  ...REDIS_IMAGE,
  id: 'valkey',
  title: 'Valkey',
  releases: {
    name: 'valkey',
    repository: 'docker.io/valkey/valkey',
    majors: ['8', '9'],
    users: USERS,
    exampleTag: '8.1.11-trixie',
  },
  repositories: ['docker.io/valkey/valkey'],
  sources: [
    'https://github.com/valkey-io/valkey-container/blob/mainline/Dockerfile.template',
    'https://hub.docker.com/r/valkey/valkey',
  ],
  programs: ['valkey-server'],
  clients: ['valkey-cli', 'redis-cli'],
  sentinelPrograms: ['valkey-sentinel', 'redis-sentinel'],
};
