import { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { EngineBackup } from '../../backup/engine-backup';
import { ENGINE_BACKUPS, NO_BACKUPS } from '../../backup/engines/engine-backups';
import { fail } from '../../checks/fail';
import { ownValue } from '../../checks/own-value';
import type { IDatabase } from '../client/database-client';
import type { DatabaseEndpoint } from '../client/endpoint';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';
import type { CredentialKeys } from '../server/credential-keys';
import { DatabaseCredentials } from '../server/database-credentials';
import { DatabaseStorage } from '../server/database-storage';
import { ExternalDatabase } from '../server/external-database';
import { engineName, ServerFacts, serverFacts } from '../server/server-facts';
import { DATA_VOLUME } from '../server/server-pod';
import { StatefulDatabase } from '../server/stateful-database';
import type { StatefulDatabaseProps } from '../server/stateful-database-props';

/** A database with the facts that its backups need. */
export interface BackedUpDatabase {
  readonly database: IDatabase;
  readonly endpoint: DatabaseEndpoint;
  readonly spec: DatabaseEngineSpec;
  readonly engine: EngineBackup;
  /** Whether the server runs in the cluster, so that all of its databases belong to this one. */
  readonly ownsServer: boolean;
  /** The size of the storage, if it is known. */
  readonly storageSize?: Size;
  /** The memory and the settings of the server, if they are known. */
  readonly server?: Pick<StatefulDatabaseProps, 'memory' | 'settings' | 'cpu'>;
  /** The volume of the server, if it runs in the cluster. */
  readonly volume?: BackedUpVolume;
}

/** The volume of a server, and the keys of the Secret that its data was created with. */
export interface BackedUpVolume {
  readonly claimName: string;
  readonly storage: DatabaseStorage;
  readonly keys: CredentialKeys;
}

/** Returns the facts of a database; refuses one that cannot be backed up. */
export function backedUpDatabase(scope: Construct, database: IDatabase): BackedUpDatabase {
  if (database instanceof StatefulDatabase) {
    const { spec, props, keys } = database._server;
    const { memory, settings, cpu, storage } = props;
    return {
      ...common(scope, database, spec),
      ownsServer: true,
      storageSize: storage._size,
      server: { memory, settings, cpu },
      volume: { claimName: storage._claimName ?? `${DATA_VOLUME}-${database.name}-0`, storage, keys },
    };
  }
  if (database instanceof ExternalDatabase) {
    return { ...common(scope, database, database._spec), ownsServer: false };
  }
  return fail(
    scope,
    "'database' is neither a StatefulDatabase nor an ExternalDatabase, so the image of its engine is unknown.",
    "Pass one of them, for example 'new ExternalDatabase(...)' with the address of the database.",
  );
}

function common(scope: Construct, database: IDatabase, spec: DatabaseEngineSpec) {
  const name = engineName(spec);
  const engine =
    ownValue(ENGINE_BACKUPS, name) ??
    fail(
      scope,
      [`'database' is of the engine ${name}, which this library cannot back up.`, ownValue(NO_BACKUPS, name)]
        .filter(Boolean)
        .join(' '),
      `Use another tool. Supported: ${Object.keys(ENGINE_BACKUPS).join(', ')}.`,
    );
  return { database, endpoint: database.endpoint, spec, engine };
}

interface TrialServerOptions {
  readonly storage: DatabaseStorage;
  readonly keys: CredentialKeys;
  /** The memory of the server; that of the database if omitted. */
  readonly memory?: Size;
}

/** Returns the facts of the throwaway server of a trial: those of the server of the database. */
export function trialServerFacts(
  scope: Construct,
  { spec, engine, endpoint, server }: BackedUpDatabase,
  { storage, keys, memory }: TrialServerOptions,
): ServerFacts {
  const props: StatefulDatabaseProps = {
    ...server,
    memory: memory ?? server?.memory ?? Size.gibibytes(1),
    storage,
    engine: undefined as never,
    credentials: DatabaseCredentials.fromGeneratedSecret(),
    user: spec.onlyUser === undefined ? endpoint.user : undefined,
    database: spec.databaseVariable === undefined ? undefined : endpoint.database,
  };
  const facts = serverFacts(scope, { ...spec, exporter: undefined }, props, keys);
  return { ...facts, spec: { ...facts.spec, command: [...facts.spec.command, ...engine.trial.args] } };
}
