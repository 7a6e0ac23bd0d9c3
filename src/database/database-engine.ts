import type { IConstruct } from 'constructs';
import type {
  MariadbEngineOptions, MongodbEngineOptions, MysqlEngineOptions, PostgresEngineOptions, RedisEngineOptions, ValkeyEngineOptions,
} from './database-engine-options';
import type { DatabaseEngineSpec } from './engine-spec';
import { MARIADB, MARIADB_MAJORS, MARIADB_USER } from './engines/mariadb';
import { MONGODB, MONGODB_MAJORS, MONGODB_USER } from './engines/mongodb';
import { MYSQL, MYSQL_MAJORS, MYSQL_USER } from './engines/mysql';
import { POSTGRES, POSTGRES_MAJORS, POSTGRES_USERS } from './engines/postgres';
import { REDIS_MAJORS, REDIS_USERS, redisLike, VALKEY_MAJORS } from './engines/redis';
import { fail, listed } from '../checks/fail';

/**
 * A database engine: the facts of its image that decide whether it keeps its data, by major version.
 *
 * @example
 * DatabaseEngine.postgres({ version: PostgresVersion.V17 });
 */
export class DatabaseEngine {
  /**
   * PostgreSQL, 14 to 18.
   *
   * @param options its release
   */
  public static postgres(options: PostgresEngineOptions): DatabaseEngine {
    const { version: { tag }, repository = 'docker.io/library/postgres' } = options;
    return new DatabaseEngine(scope => {
      const major = POSTGRES_MAJORS[majorOf(scope, 'postgres', tag, Object.keys(POSTGRES_MAJORS), '17.11-trixie')];
      const { mountPath, dataPath } = major;
      return {
        ...POSTGRES,
        ...image(repository, tag, isAlpine(tag) ? POSTGRES_USERS.alpine : POSTGRES_USERS.debian),
        mountPath,
        dataPath,
        imageVolumes: [mountPath],
        env: { PGDATA: '{data}', POSTGRES_INITDB_ARGS: major.initdb },
      };
    });
  }

  /**
   * MySQL, 8.4 and 9.
   *
   * @param options its release
   */
  public static mysql(options: MysqlEngineOptions): DatabaseEngine {
    const { version: { tag }, repository = 'docker.io/library/mysql' } = options;
    return new DatabaseEngine(scope => {
      majorOf(scope, 'mysql', tag, MYSQL_MAJORS, '8.4.11-oraclelinux9');
      return { ...MYSQL, ...image(repository, tag, MYSQL_USER) };
    });
  }

  /**
   * MariaDB, 11.4 and 11.8.
   *
   * @param options its release
   */
  public static mariadb(options: MariadbEngineOptions): DatabaseEngine {
    const { version: { tag }, repository = 'docker.io/library/mariadb' } = options;
    return new DatabaseEngine(scope => {
      majorOf(scope, 'mariadb', tag, MARIADB_MAJORS, '11.8.8-noble');
      return { ...MARIADB, ...image(repository, tag, MARIADB_USER) };
    });
  }

  /**
   * MongoDB, 7 and 8.
   *
   * @param options its release
   */
  public static mongodb(options: MongodbEngineOptions): DatabaseEngine {
    const { version: { tag }, repository = 'docker.io/library/mongo' } = options;
    return new DatabaseEngine(scope => {
      majorOf(scope, 'mongodb', tag, MONGODB_MAJORS, '8.0.29-noble');
      return { ...MONGODB, ...image(repository, tag, MONGODB_USER) };
    });
  }

  /**
   * Redis, 7 and 8, as a database: each write is logged on the volume, and nothing is evicted.
   *
   * @param options its release
   */
  public static redis(options: RedisEngineOptions): DatabaseEngine {
    const { version: { tag }, repository = 'docker.io/library/redis' } = options;
    return new DatabaseEngine(scope => {
      majorOf(scope, 'redis', tag, REDIS_MAJORS, '8.2.9-bookworm');
      return { ...redisLike('redis'), ...image(repository, tag, isAlpine(tag) ? REDIS_USERS.alpine : REDIS_USERS.debian) };
    });
  }

  /**
   * Valkey, 8 and 9, as a database: each write is logged on the volume, and nothing is evicted.
   *
   * @param options its release
   */
  public static valkey(options: ValkeyEngineOptions): DatabaseEngine {
    const { version: { tag }, repository = 'docker.io/valkey/valkey' } = options;
    return new DatabaseEngine(scope => {
      majorOf(scope, 'valkey', tag, VALKEY_MAJORS, '8.1.11-trixie');
      return { ...redisLike('valkey'), ...image(repository, tag, isAlpine(tag) ? REDIS_USERS.alpine : REDIS_USERS.debian) };
    });
  }

  /**
   * Any other engine, or another image of one.
   *
   * @param spec the facts of its image
   */
  public static custom(spec: DatabaseEngineSpec): DatabaseEngine {
    return new DatabaseEngine(() => spec);
  }

  private constructor(private readonly resolve: (scope: IConstruct) => DatabaseEngineSpec) {}

  /** @internal */
  public _spec(scope: IConstruct): DatabaseEngineSpec {
    return this.resolve(scope);
  }
}

function image(repository: string, tag: string, [runAsUser, runAsGroup]: readonly number[]) {
  return { image: `${repository}:${tag}`, runAsUser, runAsGroup };
}

function isAlpine(tag: string): boolean {
  return tag.includes('-alpine');
}

/** The major version of a tag, of those whose facts are known. */
function majorOf(scope: IConstruct, engine: string, tag: string, majors: readonly string[], example: string): string {
  if (!/^\d+(\.\d+)+-[a-z][a-z0-9.]*(@sha256:[0-9a-f]{64})?$/.test(tag)) {
    fail(scope, `version '${tag}' of ${engine} does not say patch and base, and would change under the data. write it as the image's tag, for example '${example}'`);
  }
  return majors.find(major => tag.startsWith(`${major}.`))
    ?? fail(scope, `version '${tag}' of ${engine} is none whose paths are known: ${listed(majors, 'or')}. take one of them, or describe the image with 'DatabaseEngine.custom'`);
}
