import { shellCommand } from './shell';
import { BACKUP_DIRECTORY, EngineBackup, dumpFunctions, FIGURES_FILE, SOURCE_FILE } from '../engine-backup';

/** The file with the checksums of all other files of a backup, except the manifest. */
export const CHECKSUMS_FILE = 'SHA256SUMS';

/** The file that describes a backup. A backup is complete once its manifest exists at the destination. */
export const MANIFEST_FILE = 'manifest';

/** Defines `wait_until_ready`: a server or a network policy can be a few seconds late. */
export const WAIT_UNTIL_READY = `wait_until_ready() {
  for attempt in $(seq "$1"); do
    ! is_ready || return 0
    sleep 1
  done
  problem "The server does not accept connections after $1 seconds."
}
`;

/** The volume is new for each pod, but a container of the pod can restart. */
const DUMP = `cd ${BACKUP_DIRECTORY}
rm -rf ./* ./.[!.]*
connect
wait_until_ready 60
started="$(date -u +%Y-%m-%dT%H:%M:%SZ)"
dump
for file in ${FIGURES_FILE} ${SOURCE_FILE}; do
  [ -s "$file" ] || problem "The dump has no file '$file'."
done
sha256sum -- * > /tmp/checksums
cp /tmp/checksums ${CHECKSUMS_FILE}
{
  echo 'format 1'
  echo "engine $ENGINE"
  echo "image $IMAGE"
  echo "started $started"
  echo "finished $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  echo "source $(cat ${SOURCE_FILE})"
  echo "checksums $(sha256sum < ${CHECKSUMS_FILE})"
} > ${MANIFEST_FILE}
chmod g+r -- *
du -k . | sed 's/^\\([0-9]*\\).*/The backup has \\1 KiB./'
`;

/** Returns the command of the container that dumps. Its variables are \`ENGINE\` and \`IMAGE\`. */
export function dumpCommand(engine: EngineBackup): string[] {
  return shellCommand(dumpFunctions(engine), WAIT_UNTIL_READY, DUMP);
}
