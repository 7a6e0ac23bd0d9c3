import { DatabaseImage, INIT_DIRECTORY } from './database-image';

/** MongoDB of the Docker official image. */
export const MONGODB_IMAGE: DatabaseImage = {
  id: 'mongodb',
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
  asksForPassword: false,
  answersWhileLoading: false,
  initScripts: { directory: INIT_DIRECTORY, extensions: ['.sh', '.js'] },
};
