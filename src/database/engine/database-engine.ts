import type { IConstruct } from 'constructs';
import type {
  DatabaseEngineOptions,
  MariadbEngineOptions,
  MongodbEngineOptions,
  MysqlEngineOptions,
  PostgresEngineOptions,
  RedisEngineOptions,
  ValkeyEngineOptions,
} from './database-engine-options';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { MARIADB, MARIADB_TAGS } from './engines/mariadb';
import { MONGODB, MONGODB_TAGS } from './engines/mongodb';
import { MYSQL, MYSQL_TAGS } from './engines/mysql';
import { POSTGRES, POSTGRES_TAGS, POSTGRES_MAJORS } from './engines/postgres';
import { REDIS, REDIS_TAGS, VALKEY, VALKEY_TAGS } from './engines/redis';
import { imageFacts, OfficialImage } from './official-image';

/**
 * A database engine: the facts of its image that decide whether it keeps its data, by major version.
 */
export class DatabaseEngine {
  /**
   * PostgreSQL, 14 to 18.
   *
   * @param options its release
   */
  public static postgres(options: PostgresEngineOptions): DatabaseEngine {
    return new DatabaseEngine(scope => {
      const { major, facts } = imageFacts(scope, POSTGRES_TAGS, options.version.tag, options.repository);
      const { mountPath, dataPath, initdb } = POSTGRES_MAJORS[major];
      return {
        ...POSTGRES,
        ...facts,
        mountPath,
        dataPath,
        declaredVolumes: [mountPath],
        env: { PGDATA: '{data}', POSTGRES_INITDB_ARGS: initdb },
      };
    });
  }

  /**
   * MySQL, 8.4 and 9.
   *
   * @param options its release
   */
  public static mysql(options: MysqlEngineOptions): DatabaseEngine {
    return official(MYSQL_TAGS, MYSQL, options);
  }

  /**
   * MariaDB, 11.4 and 11.8.
   *
   * @param options its release
   */
  public static mariadb(options: MariadbEngineOptions): DatabaseEngine {
    return official(MARIADB_TAGS, MARIADB, options);
  }

  /**
   * MongoDB, 7 and 8.
   *
   * @param options its release
   */
  public static mongodb(options: MongodbEngineOptions): DatabaseEngine {
    return official(MONGODB_TAGS, MONGODB, options);
  }

  /**
   * Redis, 7 and 8, as a database: each write is logged on the volume, and nothing is evicted.
   *
   * @param options its release
   */
  public static redis(options: RedisEngineOptions): DatabaseEngine {
    return official(REDIS_TAGS, REDIS, options);
  }

  /**
   * Valkey, 8 and 9, as a database: each write is logged on the volume, and nothing is evicted.
   *
   * @param options its release
   */
  public static valkey(options: ValkeyEngineOptions): DatabaseEngine {
    return official(VALKEY_TAGS, VALKEY, options);
  }

  /**
   * Any other engine, or another image of one.
   *
   * @param spec the facts of its image
   */
  public static custom(spec: DatabaseEngineSpec): DatabaseEngine {
    return new DatabaseEngine(() => spec);
  }

  /** @internal */
  public static _of(resolve: (scope: IConstruct) => DatabaseEngineSpec): DatabaseEngine {
    return new DatabaseEngine(resolve);
  }

  private constructor(private readonly resolve: (scope: IConstruct) => DatabaseEngineSpec) {}

  /** @internal */
  public _spec(scope: IConstruct): DatabaseEngineSpec {
    return this.resolve(scope);
  }
}

/** An engine whose facts are the same for all of its versions. */
function official(
  image: OfficialImage,
  spec: Omit<DatabaseEngineSpec, 'image' | 'runAsUser' | 'runAsGroup'>,
  { version, repository }: DatabaseEngineOptions & { version: { tag: string } },
): DatabaseEngine {
  return DatabaseEngine._of(scope => ({ ...spec, ...imageFacts(scope, image, version.tag, repository).facts }));
}
