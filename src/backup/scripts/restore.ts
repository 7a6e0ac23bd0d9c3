import { COMPARE } from './compare';
import { WAIT_UNTIL_READY } from './dump';
import { PRELUDE, shellCommand, shellQuote } from './shell';
import { BACKUP_DIRECTORY, EngineBackup, restoreFunctions } from '../engine-backup';

/** Checks that the server is empty, restores the downloaded backup, and compares it with the figures of its source. */
const RESTORE = `name="$(cat ${BACKUP_DIRECTORY}/.name)"
check_empty ${BACKUP_DIRECTORY}
restore ${BACKUP_DIRECTORY}
compare ${BACKUP_DIRECTORY}
echo "restored backup $name, and found it equal"
`;

/** Removes the download, which is on the volume of the data. */
const CLEAN_UP = `find ${BACKUP_DIRECTORY} -mindepth 1 -delete\n`;

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

/** Returns the init script that restores at the first start of a server. */
export function firstStartScript(engine: EngineBackup): string {
  return ['#!/bin/sh\n', PRELUDE, restoreFunctions(engine), COMPARE, 'connect_locally\n', RESTORE, CLEAN_UP].join('');
}
