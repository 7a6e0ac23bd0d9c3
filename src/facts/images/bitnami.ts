import { DatabaseImage, YES } from './database-image';

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

/**
 * Returns the facts of Bitnami's image of an engine. The server is that of the official image; directories, variables
 * and start scripts differ, and are unknown unless they are set here.
 */
export function bitnami(official: DatabaseImage): DatabaseImage {
  const { id } = official;
  return {
    ...official,
    repositories: [id],
    derivatives: undefined,
    owner: 'bitnami',
    releases: undefined,
    programs: PROGRAMS,
    layouts: [{ volume: `/bitnami/${id}`, data: `/bitnami/${id}/data` }],
    dataVariable: undefined,
    dataOption: undefined,
    requiresEmptyDirectory: false,
    writablePaths: [],
    openVariables: { ALLOW_EMPTY_PASSWORD: YES },
    requiredVariables: undefined,
    authentication: undefined,
    initScripts: undefined,
    hugePagesSetting: undefined,
    sortsByBase: false,
  };
}
