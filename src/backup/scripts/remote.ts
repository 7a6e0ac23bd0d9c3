import { CHECKSUMS_FILE, MANIFEST_FILE } from './dump';
import { LEAVE_RESULT } from './record-run';
import { shellCommand } from './shell';
import { BACKUP_DIRECTORY, FIGURES_FILE, SOURCE_FILE } from '../engine-backup';

/** The directory at the destination with a file for each backup that a trial has restored. */
const PROVEN = 'proven';

/** The directory of the key that encrypts backups. */
export const ENCRYPTION_DIRECTORY = '/run/secrets/encryption';

const KEY_FILE = `${ENCRYPTION_DIRECTORY}/key`;

/**
 * Returns the lines that set up encryption. The names of backups stay readable, so that they can be listed. The key of
 * rclone is the first line of the file, and it encrypts with zeros if that line is empty.
 */
const encryption = (key: string) => `key="${key}"
[ -n "$(head -n 1 ${KEY_FILE} | tr -d '\\r\\000')" ] \\
  || problem "The first line of $key is empty, so anyone could decrypt the backups. Set a value."
[ "$(tail -n +2 ${KEY_FILE} | wc -c)" -eq 0 ] \\
  || problem "The value of $key has several lines, of which only the first would encrypt the backups. Use one line."
export RCLONE_CONFIG_ENCRYPTED_TYPE=crypt RCLONE_CONFIG_ENCRYPTED_REMOTE="$ROOT"
export RCLONE_CONFIG_ENCRYPTED_FILENAME_ENCRYPTION=off RCLONE_CONFIG_ENCRYPTED_DIRECTORY_NAME_ENCRYPTION=false
RCLONE_CONFIG_ENCRYPTED_PASSWORD="$(rclone obscure - < ${KEY_FILE})"
export RCLONE_CONFIG_ENCRYPTED_PASSWORD
REMOTE="encrypted:$BACKUP_PATH"
`;

/**
 * Functions of the containers with rclone. A backup is complete once it has a manifest. The number at the beginning of
 * its name orders backups, because a clock can jump.
 */
const FUNCTIONS = `export LC_ALL=C RCLONE_CONFIG=notfound RCLONE_CACHE_DIR=/tmp/cache
backups() {
  status=0
  rclone lsf --recursive --files-only --include '/*/${MANIFEST_FILE}' "$REMOTE" \\
    > /tmp/manifests 2> /tmp/problems || status=$?
  case $status in
    0) ;;
    3) : > /tmp/manifests ;;
    *) cat /tmp/problems >&2; problem "Cannot list the backups in '$REMOTE'." ;;
  esac
  sed -n 's|^\\([0-9][^/]*\\)/${MANIFEST_FILE}$|\\1|p' /tmp/manifests > /tmp/names
  sort /tmp/names
}
check_files() {
  [ -s ${CHECKSUMS_FILE} ] && [ -s ${MANIFEST_FILE} ] || problem 'The backup has no checksums or no manifest.'
  [ "$(sha256sum < ${CHECKSUMS_FILE})" = "$(sed -n 's/^checksums //p' ${MANIFEST_FILE})" ] \\
    || problem 'The checksums of the backup do not match its manifest.'
  sha256sum -c ${CHECKSUMS_FILE} > /tmp/checked || { cat /tmp/checked >&2; problem 'The backup is damaged.'; }
  for file in ${FIGURES_FILE} ${SOURCE_FILE}; do
    [ -s "$file" ] || problem "The backup has no file '$file'."
  done
  [ "$(sed -n 's/^engine //p' ${MANIFEST_FILE})" = "$ENGINE" ] || problem "The backup is not one of $ENGINE."
}
`;

/**
 * Uploads under a temporary name, reads every byte back, and renames. The manifest is the last file. Only then are old
 * backups deleted, except those of other servers, and the last one that a trial has restored.
 */
const UPLOAD = `cd ${BACKUP_DIRECTORY}
check_files
total=0
for file in *; do
  total=$((total + $(wc -c < "$file")))
done
[ "$total" -ge "$MINIMUM_BYTES" ] || problem "The backup has $total bytes, less than the minimum of $MINIMUM_BYTES."
backups > /tmp/before
last="$(tail -n 1 /tmp/before)"
source="$(sha256sum < ${SOURCE_FILE})"
source="\${source%"\${source#????????}"}"
number="$(expr "\${last%%-*}" + 1 2> /dev/null)" || number=1
name="$(printf '%06d' "$number")-$(date -u +%Y%m%dT%H%M%SZ)-$source-\${HOSTNAME##*-}"
partial="$REMOTE/$name.partial"
rclone copy --exclude '/${MANIFEST_FILE}' . "$partial" || problem "Cannot upload to '$partial'."
rclone check --one-way --download --exclude '/${MANIFEST_FILE}' . "$partial" \\
  || problem "The files in '$partial' differ from the dump."
rclone move "$partial" "$REMOTE/$name" || problem "Cannot rename '$partial'."
rclone check --one-way --exclude '/${MANIFEST_FILE}' . "$REMOTE/$name" \\
  || problem "The files in '$REMOTE/$name' differ from the dump."
rclone copyto ${MANIFEST_FILE} "$REMOTE/$name/${MANIFEST_FILE}"
rclone check --one-way --download --include '/${MANIFEST_FILE}' . "$REMOTE/$name" \\
  || problem "The manifest in '$REMOTE/$name' differs from the dump."
backups > /tmp/after
grep -Fqx "$name" /tmp/after || problem "The backup '$name' is not in the list of '$REMOTE'."
result="uploaded backup $name with $total bytes"
echo "$result"
`;

/** Fails if the backup lost too much of the size of the last one. It is complete, and no old backup is deleted. */
const SHRINKAGE = `grep -e "-$source-[^-]*$" /tmp/before > /tmp/earlier || true
last="$(tail -n 1 /tmp/earlier)"
if [ "$MINIMUM_PERCENT" -gt 0 ] && [ -n "$last" ]; then
  rclone size --json "$REMOTE/$last" > /tmp/size
  size="$(sed -n 's/.*"bytes": *\\([0-9]*\\).*/\\1/p' /tmp/size)"
  [ $((total * 100)) -ge $((size * MINIMUM_PERCENT)) ] \\
    || problem "The backup has $total bytes, less than $MINIMUM_PERCENT% of the $size bytes of $last." \\
      'It is complete, and no old backup was deleted.'
fi
`;

const RETENTION = `grep -e "-$source-[^-]*$" /tmp/after > /tmp/of-this-server
status=0
rclone lsf --files-only "$REMOTE/${PROVEN}" > /tmp/proven 2> /tmp/problems || status=$?
[ "$status" = 0 ] || [ "$status" = 3 ] || { cat /tmp/problems >&2; problem 'Cannot list the proven backups.'; }
last_proven=
while IFS= read -r candidate; do
  if grep -Fqx "$candidate" /tmp/proven; then
    last_proven="$candidate"
  fi
done < /tmp/after
kept="$(tail -n "$KEEP" /tmp/of-this-server)"
while IFS= read -r old; do
  case "
$kept
$last_proven
$name
" in
    *"
$old
"*) ;;
    *)
      echo "deleting backup $old"
      rclone deletefile "$REMOTE/$old/${MANIFEST_FILE}" < /dev/null
      rclone purge "$REMOTE/$old" < /dev/null
      ;;
  esac
done < /tmp/of-this-server
rclone lsf --dirs-only "$REMOTE" > /tmp/directories
sed -n 's|\\.partial/$||p' /tmp/directories > /tmp/partial
while IFS= read -r old; do
  case "$old" in
    *"-$source-"*)
      if [ "$(expr "\${old%%-*}" + 0)" -lt "$number" ]; then
        echo "deleting incomplete backup $old"
        rclone purge "$REMOTE/$old.partial" < /dev/null
      fi
      ;;
  esac
done < /tmp/partial
others="$(grep -vc -e "-$source-[^-]*$" /tmp/after || true)"
[ "$others" = 0 ] || echo "kept $others backups of other servers in the same path" >&2
`;

/** Downloads a backup, and checks every file of it against the manifest. */
const FETCH = `cd "$FETCH_DIRECTORY"
rm -rf ./* ./.name
backups > /tmp/complete
if [ -n "\${BACKUP_NAME:-}" ]; then
  name="$BACKUP_NAME"
  grep -Fqx "$name" /tmp/complete || problem "There is no complete backup '$name' in '$REMOTE'."
else
  name="$(tail -n 1 /tmp/complete)"
  [ -n "$name" ] || problem "There is no complete backup in '$REMOTE'."
fi
rclone copy "$REMOTE/$name" . || problem "Cannot download '$name'."
check_files
chmod g+r -- *
echo "$name" > .name
echo "downloaded backup $name"
`;

/** Records that a trial has restored a backup and found it equal. */
const RECORD = `name="$(cat ${BACKUP_DIRECTORY}/.name)"
echo "restored and compared at $(date -u +%Y-%m-%dT%H:%M:%SZ)" > /tmp/proof
rclone copyto /tmp/proof "$REMOTE/${PROVEN}/$name"
rclone lsf --files-only "$REMOTE/${PROVEN}" > /tmp/proven
grep -Fqx "$name" /tmp/proven || problem "The proof of '$name' is not in '$REMOTE/${PROVEN}'."
result="backup $name is proven"
echo "$result"
`;

/** The tasks of containers with rclone. */
export type RemoteTask = 'upload' | 'fetch' | 'record';

const TASKS: Readonly<Record<RemoteTask, readonly string[]>> = {
  upload: [UPLOAD, SHRINKAGE, RETENTION, LEAVE_RESULT],
  fetch: [FETCH],
  record: [RECORD, LEAVE_RESULT],
};

/**
 * Returns the command of a container with rclone. Its variables are `ROOT`, `BACKUP_PATH` and `ENGINE`; `KEEP`,
 * `MINIMUM_BYTES` and `MINIMUM_PERCENT` of an upload; `FETCH_DIRECTORY` and, for one that is not the newest,
 * `BACKUP_NAME` of a download.
 *
 * @param setup the lines of the destination
 * @param encryptionKey the name of the key in messages, if the backups are encrypted
 * @param guard lines that can end the script before it does anything
 */
export function remoteCommand(
  task: RemoteTask,
  setup: readonly string[],
  encryptionKey: string | undefined,
  guard: readonly string[] = [],
): string[] {
  const remote = encryptionKey === undefined ? 'REMOTE="$ROOT/$BACKUP_PATH"\n' : encryption(encryptionKey);
  return shellCommand(...[...guard, ...setup].map(line => `${line}\n`), remote, FUNCTIONS, ...TASKS[task]);
}
