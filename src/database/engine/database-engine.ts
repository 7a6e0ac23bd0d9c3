import type { IConstruct } from 'constructs';
import type {
  MariadbEngineOptions,
  MongodbEngineOptions,
  MysqlEngineOptions,
  PostgresEngineOptions,
  RedisEngineOptions,
  ValkeyEngineOptions,
} from './database-engine-options';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { MARIADB } from './engines/mariadb';
import { MONGODB } from './engines/mongodb';
import { MYSQL } from './engines/mysql';
import { postgres } from './engines/postgres';
import { REDIS, VALKEY } from './engines/redis';
import { EngineSpec, releaseSpec } from './official-image';
import { checkEngineProps, engineOptions, VersionedEngineOptions } from './prop-tables';
import { checkProps } from '../../checks/props';
import type { OfficialImage } from '../../facts/images/database-image';
import { MARIADB_IMAGE } from '../../facts/images/mariadb';
import { MONGODB_IMAGE } from '../../facts/images/mongodb';
import { MYSQL_IMAGE } from '../../facts/images/mysql';
import { POSTGRESQL_IMAGE } from '../../facts/images/postgresql';
import { REDIS_IMAGE, VALKEY_IMAGE } from '../../facts/images/redis';

/**
 * A database engine: the facts about its image that decide whether the data is safe, by major version.
 */
export class DatabaseEngine {
  /**
   * PostgreSQL, 14 to 18.
   *
   * @param options its version and image
   */
  public static postgres(options: PostgresEngineOptions): DatabaseEngine {
    return official(POSTGRESQL_IMAGE, options, postgres);
  }

  /**
   * MySQL, 8.4 and 9.
   *
   * @param options its version and image
   */
  public static mysql(options: MysqlEngineOptions): DatabaseEngine {
    return official(MYSQL_IMAGE, options, () => MYSQL);
  }

  /**
   * MariaDB, 11.4 and 11.8.
   *
   * @param options its version and image
   */
  public static mariadb(options: MariadbEngineOptions): DatabaseEngine {
    return official(MARIADB_IMAGE, options, () => MARIADB);
  }

  /**
   * MongoDB, 7 and 8.
   *
   * @param options its version and image
   */
  public static mongodb(options: MongodbEngineOptions): DatabaseEngine {
    return official(MONGODB_IMAGE, options, () => MONGODB);
  }

  /**
   * Redis, 7 and 8, as a database: it logs every write on the volume, and evicts no keys.
   *
   * @param options its version and image
   */
  public static redis(options: RedisEngineOptions): DatabaseEngine {
    return official(REDIS_IMAGE, options, () => REDIS);
  }

  /**
   * Valkey, 8 and 9, as a database: it logs every write on the volume, and evicts no keys.
   *
   * @param options its version and image
   */
  public static valkey(options: ValkeyEngineOptions): DatabaseEngine {
    return official(VALKEY_IMAGE, options, () => VALKEY);
  }

  /**
   * Another engine, or another image of one of the engines above.
   *
   * @param spec the facts about its image
   */
  public static custom(spec: DatabaseEngineSpec): DatabaseEngine {
    checkEngineProps('DatabaseEngine.custom', spec);
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

/** Returns the engine of an official image, whose facts depend on the major version. */
function official(
  image: OfficialImage,
  options: VersionedEngineOptions,
  specOf: (major: string) => EngineSpec,
): DatabaseEngine {
  const { name, exampleTag } = image.releases;
  checkProps(`DatabaseEngine.${name}`, options, engineOptions(`${capitalized(name)}Version.of('${exampleTag}')`));
  return DatabaseEngine._of(scope => {
    const { major, facts } = releaseSpec(scope, image, options);
    return { ...specOf(major), ...facts };
  });
}

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
