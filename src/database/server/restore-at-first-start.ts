import type { Construct } from 'constructs';
import type { DatabaseRestoreSource } from './database-restore-source';
import { InitScripts } from './init-scripts';
import { engineName, ServerFacts } from './server-facts';
import { destinationPolicy } from '../../backup/destination-policy';
import { BACKUP_DIRECTORY, EngineBackup } from '../../backup/engine-backup';
import { ENGINE_BACKUPS } from '../../backup/engines/engine-backups';
import { remoteContainer, temporaryMount } from '../../backup/remote-container';
import { firstStartScript, RESTORE_LOG } from '../../backup/scripts/restore';
import { fail } from '../../checks/fail';
import { ownValue } from '../../checks/own-value';
import { checkProps, optional, PropTable, required } from '../../checks/props';
import type { OwnedAdditions } from '../../pod/merge';
import type { PodExtensionContext } from '../../pod/pod-extension';
import type { PodMount } from '../../pod/pod-parts';

const SOURCE: PropTable<DatabaseRestoreSource> = {
  destination: required("BackupDestination.s3({ bucket: 'backups', ... })", 'BackupDestination'),
  path: required("'shop/orders-backup'", 'string'),
  backupName: optional('string'),
  encryptionKey: optional('object'),
  rcloneImage: optional('string'),
};

/** The directory of the claim with the downloaded backup, which is deleted once it is restored. */
const DOWNLOAD = '.restore';

interface FirstStartRestoreOptions {
  readonly source: DatabaseRestoreSource;
  /** The mount of the data. */
  readonly data: PodMount;
  readonly initScripts?: InitScripts;
}

/** The restore of a backup at the first start of a server. */
export interface FirstStartRestore {
  /** The init script that restores. */
  readonly scripts: InitScripts;
  /** The init container that downloads the backup. */
  readonly part: OwnedAdditions;
}

/**
 * Returns the parts of a server that restores a backup when it creates its data. The same script as in a trial runs
 * against the temporary server of the image. If it fails, the server never starts, because its data is
 * half-initialized.
 */
export function restoreAtFirstStart(
  scope: Construct,
  context: PodExtensionContext,
  facts: ServerFacts,
  { source, data, initScripts }: FirstStartRestoreOptions,
): FirstStartRestore {
  checkProps(scope, source, SOURCE, "'restoreFrom'");
  if (initScripts !== undefined) {
    fail(
      scope,
      "'initScripts' and 'restoreFrom' are both set, but the backup contains what the scripts created.",
      "Omit 'initScripts'.",
    );
  }
  checkBackupName(scope, source.backupName);
  const engine = engineOf(scope, facts);
  const download = { path: BACKUP_DIRECTORY, volume: data.volume, subPath: DOWNLOAD };
  const initialized = `${facts.dataPath}/${facts.spec.initializedMarker}`;
  const { container, egress } = remoteContainer(scope, source, {
    engine,
    task: 'fetch',
    env: {
      FETCH_DIRECTORY: BACKUP_DIRECTORY,
      ...(source.backupName === undefined ? {} : { BACKUP_NAME: source.backupName }),
    },
    mounts: [download, { ...data, readOnly: true }, temporaryMount('fetch')],
    guard: [`[ ! -e ${initialized} ] || { echo 'the volume has a database, so no backup is restored'; exit 0; }`],
  });
  destinationPolicy(scope, context, egress);
  return {
    scripts: InitScripts.fromInline({ '00-restore.sh': firstStartScript(engine) }),
    part: { owner: 'the restore', additions: { mounts: [download], initContainers: [container] } },
  };
}

/** Returns the command of a server that first prints the log of a restore that failed. */
export function showRestoreLog(command: readonly string[]): string[] {
  const script = `[ ! -e ${RESTORE_LOG} ] || cat ${RESTORE_LOG} >&2\nexec "$@"`;
  return ['sh', '-c', script, 'show-log', ...command];
}

/** The form of the name of a backup: its number, its time, the server and the pod. */
const BACKUP_NAME = /^\d{6,}-\d{8}T\d{6}Z-[0-9a-f]{8}-[a-z0-9]+$/;

function checkBackupName(scope: Construct, name: string | undefined): void {
  if (name === undefined || BACKUP_NAME.test(name)) {
    return;
  }
  if (/^\d{4}-\d{2}-\d{2}/.test(name)) {
    fail(
      scope,
      `'restoreFrom.backupName' is the time '${name}', but a backup only contains the state at its snapshot.`,
      'Use the name of a backup. For point-in-time recovery, use an operator that archives the log, such as ' +
        "CloudNativePG, and connect to it with 'ExternalDatabase'.",
    );
  }
  fail(
    scope,
    `'restoreFrom.backupName' is '${name}', which is not the name of a backup.`,
    "Use a name as at the destination, for example '000042-20260101T020000Z-1f3a5c7e-x2x4d', or omit the prop.",
  );
}

/** Refuses what cannot be combined with a restore. */
function engineOf(scope: Construct, { spec, onlyExisting }: ServerFacts): EngineBackup {
  const engine = ownValue(ENGINE_BACKUPS, engineName(spec));
  if (engine === undefined || engine.restoreMethod !== 'client' || spec.initializedMarker === undefined) {
    return fail(
      scope,
      `'restoreFrom' is set, but ${engineName(spec)} cannot restore a backup at its first start.`,
      engine ? "Omit the prop, and run the Job '-restore' of the DatabaseBackup." : 'Omit the prop.',
    );
  }
  if (onlyExisting) {
    fail(
      scope,
      "'restoreFrom' is set, but the data is at the root of an existing claim, which must contain a database.",
      "Use 'DatabaseStorage.provisioned(...)', or omit 'directory' of the claim.",
    );
  }
  return engine;
}
