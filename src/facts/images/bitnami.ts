import { DatabaseImage, YES } from './database-image';

/** They keep their data in a directory below the mount, and start with scripts of their own. */
export function bitnami(of: DatabaseImage): DatabaseImage {
  const name = of.id;
  return {
    id: of.id,
    title: of.title,
    repositories: [name],
    owner: 'bitnami',
    programs: ['run.sh', 'postgres', 'mysqld', 'mariadbd', 'mongod', 'redis-server', 'valkey-server', 'start-scripts'],
    port: of.port,
    layouts: [{ volume: `/bitnami/${name}`, data: `/bitnami/${name}/data` }],
    wantsEmptyDirectory: false,
    writablePaths: [],
    leastGraceSeconds: of.leastGraceSeconds,
    openVariables: { ALLOW_EMPTY_PASSWORD: YES },
    asksForPassword: false,
    answersWhileLoading: of.answersWhileLoading,
  };
}
