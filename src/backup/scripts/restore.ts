import { COMPARE } from './compare';
import { WAIT_UNTIL_READY } from './dump';
import { PRELUDE, shellCommand, shellQuote } from './shell';
import { BACKUP_DIRECTORY, EngineBackup, restoreFunctions } from '../engine-backup';

/** Checks that the server is empty, restores the downloaded backup, and compares it with the figures of its source. */
const RESTORE = `restored_backup="$(cat ${BACKUP_DIRECTORY}/.name)"
check_empty ${BACKUP_DIRECTORY}
restore ${BACKUP_DIRECTORY}
compare ${BACKUP_DIRECTORY}
echo "restored backup $restored_backup, and found it equal"
`;

/** Compares the data of a snapshot with its figures. */
const COMPARE_SNAPSHOT = `compare ${BACKUP_DIRECTORY}
echo "found snapshot $(cat ${BACKUP_DIRECTORY}/.name) equal"
`;

/** The file with the output of the restore, which remains on the volume if it fails. */
export const RESTORE_LOG = `${BACKUP_DIRECTORY}/restore.log`;

/** Runs the rest of the script in another shell, keeps its output, and removes the download once it has succeeded. */
const KEEP_LOG = `if [ "\${1:-}" != run ]; then
  status=0
  "$0" run > ${RESTORE_LOG} 2>&1 || status=$?
  cat ${RESTORE_LOG}
  [ "$status" = 0 ] || exit "$status"
  find ${BACKUP_DIRECTORY} -mindepth 1 -delete
  exit 0
fi
`;

/** Runs the query of the user, which must print \`true\` or \`t\` in each line. */
const QUERY = `if [ -n "\${QUERY:-}" ]; then
  run_query "$QUERY" > /tmp/answer
  [ -s /tmp/answer ] || problem "The query of the trial returned no row."
  ! grep -vxE 't|true|1' /tmp/answer || problem "The query of the trial returned another value than true."
  echo 'the query of the trial returned true'
fi
`;

/** Returns the command of a container that restores over the network, into a database that is empty. */
export function restoreCommand(engine: EngineBackup): string[] {
  return shellCommand(restoreFunctions(engine), WAIT_UNTIL_READY, COMPARE, 'connect\nwait_until_ready 300\n', RESTORE);
}

/** Returns the command of a container that restores into the throwaway server of a trial. */
export function trialCommand(engine: EngineBackup): string[] {
  const limits = engine.limits.map(limit => `echo ${shellQuote(limit)}\n`);
  const restoreAndQuery = ['connect_locally\nwait_until_ready 300\n', RESTORE, ...limits, QUERY];
  return shellCommand(restoreFunctions(engine), WAIT_UNTIL_READY, COMPARE, ...restoreAndQuery);
}

/** Returns the command of a container that compares the server of a trial, which has the data of a snapshot. */
export function compareCommand(engine: EngineBackup): string[] {
  return shellCommand(
    restoreFunctions(engine),
    WAIT_UNTIL_READY,
    COMPARE,
    'connect_locally\nwait_until_ready 86400\n',
    COMPARE_SNAPSHOT,
    QUERY,
  );
}

/** Returns the init script that restores at the first start of a server. */
export function firstStartScript(engine: EngineBackup): string {
  return ['#!/bin/sh\n', PRELUDE, KEEP_LOG, restoreFunctions(engine), COMPARE, 'connect_locally\n', RESTORE].join('');
}
