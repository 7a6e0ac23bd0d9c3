import { FIGURES_DIRECTORY, SIGNALS } from './quiesce';
import { BACKUP_KEYS, LEAVE_RESULT } from './record-run';
import { shellCommand } from './shell';
import { ACCOUNT_DIRECTORY, API_FUNCTIONS } from '../../api-client/api-script';
import { BACKUP_DIRECTORY, SOURCE_FILE } from '../engine-backup';

/** The most bytes of figures in an annotation. All annotations of an object have at most 256 KiB. */
const MAX_FIGURES = 240_000;

const FUNCTIONS = `export LC_ALL=C
namespace="$(cat ${ACCOUNT_DIRECTORY}/namespace)"
group=/apis/snapshot.storage.k8s.io/v1
snapshots="$group/namespaces/$namespace/volumesnapshots"
claims="/api/v1/namespaces/$namespace/persistentvolumeclaims"
send() {
  request "$1" "$2" -H "Content-Type: $3" --data-binary "@$4"
}
get() {
  request GET "$1?pretty=true"
}
field() {
  sed -n "s|^ *\\"$1\\": \\"\\(.*\\)\\",\\{0,1\\}\\$|\\1|p" /tmp/answer
}
names() {
  request GET "$snapshots?pretty=true&labelSelector=${encodeURIComponent(BACKUP_KEYS)}backup%3D$NAME$1" \\
    -H 'Accept: application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'
  expect 200
  field name > /tmp/unsorted
  sort /tmp/unsorted
}
number_of() {
  rest="\${1#"$NAME-"}"
  expr "\${rest%%-*}" + 0 2> /dev/null || echo 0
}
with() {
  printf '%%2C${encodeURIComponent(BACKUP_KEYS).replace(/%/g, '%%')}%s%%3D%s' "$1" "$2"
}
`;

/** Tells the container that stops writes that they can go on. */
const SIGNAL_FAILURE = `trap '[ "$?" = 0 ] || : > ${SIGNALS.failed}' EXIT
`;

/** The storage system keeps the data of a snapshot with this policy, also if its object or namespace is deleted. */
const CHECK_CLASS = `if [ "$DELETION_POLICY" = Retain ]; then
  get "$group/volumesnapshotclasses/$SNAPSHOT_CLASS"
  [ "$status" != 404 ] || problem "The VolumeSnapshotClass '$SNAPSHOT_CLASS' does not exist."
  expect 200
  [ "$(field deletionPolicy)" = Retain ] \\
    || problem "The VolumeSnapshotClass '$SNAPSHOT_CLASS' deletes a snapshot with its object or" \\
    "namespace. Use a class with 'deletionPolicy: Retain', or set 'deletionPolicy' of the destination."
fi
`;

/** Takes the snapshot while writes are stopped, and stores the figures in an annotation. */
const TAKE = `names '' > /tmp/before
number=$(($(number_of "$(tail -n 1 /tmp/before)") + 1))
name="$NAME-$(printf '%06d' "$number")-\${HOSTNAME##*-}"
cat > /tmp/snapshot <<JSON
{"apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshot", "metadata": {"name": "$name", "labels": {
  "${BACKUP_KEYS}backup": "$NAME", "${BACKUP_KEYS}state": "incomplete"}},
  "spec": {"volumeSnapshotClassName": "$SNAPSHOT_CLASS", "source": {"persistentVolumeClaimName": "$CLAIM"}}}
JSON
wait_for() {
  until [ -e "$1" ]; do
    [ ! -e ${SIGNALS.failed} ] || problem "$2"
    sleep 0.1
  done
}
wait_for ${SIGNALS.quiesced} "Writes could not be stopped. The log of the container 'quiesce' has the reason."
send POST "$snapshots" application/json /tmp/snapshot
expect 201 409
get "$snapshots/$name"
until [ "$status" = 200 ] && [ -n "$(field creationTime)" ]; do
  [ ! -e ${SIGNALS.failed} ] || { field message >&2; problem 'The storage system took no snapshot in time.'; }
  sleep 0.2
  get "$snapshots/$name"
done
: > ${SIGNALS.cut}
wait_for ${SIGNALS.figured} "The figures failed. The log of the container 'quiesce' has the reason."
until grep -q '"readyToUse": true' /tmp/answer; do
  sleep 2
  get "$snapshots/$name"
  expect 200
done
size="$(field restoreSize)"
[ -n "$size" ] && [ "$size" != 0 ] || size="\${TRIAL_SIZE:-}"
cd ${FIGURES_DIRECTORY}
source="$(sha256sum < ${SOURCE_FILE})"
source="\${source%"\${source#????????}"}"
tar -czf /tmp/figures.tgz -- *
base64 -w 0 /tmp/figures.tgz > /tmp/figures
bytes="$(wc -c < /tmp/figures)"
[ "$bytes" -le ${MAX_FIGURES} ] || problem "The figures have $bytes bytes, more than an annotation can have." \\
  'Back up to S3 or a claim.'
{
  printf '{"metadata": {"labels": {"${BACKUP_KEYS}state": "complete", "${BACKUP_KEYS}source": "%s"},' "$source"
  printf '"annotations": {"${BACKUP_KEYS}figures": "'
  cat /tmp/figures
  printf '"}}}'
} > /tmp/complete
send PATCH "$snapshots/$name" application/merge-patch+json /tmp/complete
expect 200
result="took snapshot $name"
echo "$result"
`;

/** Replaces the claim of the trial. A claim that a pod uses is deleted once the pod has ended. */
const REPLACE_CLAIM = `if [ -n "\${TRIAL_CLAIM:-}" ]; then
  get "$claims/$NAME-trial"
  if [ "$status" = 200 ]; then
    [ -n "$(field ${BACKUP_KEYS}snapshot)" ] \\
      || problem "The claim '$NAME-trial' is not one of this backup, so it is not replaced." 'Rename it, or the backup.'
    request DELETE "$claims/$NAME-trial"
    expect 200 202 404
  fi
  for attempt_of_claim in $(seq 30); do
    get "$claims/$NAME-trial"
    [ "$status" != 404 ] || break
    sleep 2
  done
  if [ "$status" = 404 ]; then
    printf '%s' "$TRIAL_CLAIM" > /tmp/template
    sed "s/SNAPSHOT/$name/g; s/SIZE/$size/g" /tmp/template > /tmp/claim
    send POST "$claims" application/json /tmp/claim
    expect 201 409
  else
    echo "A pod of a trial uses the claim '$NAME-trial'. The next backup replaces it, once that pod is gone." >&2
  fi
fi
`;

/** With the policy \`Retain\`, the storage system only frees the space if the content has another one. */
const RETENTION = `remove() {
  echo "deleting snapshot $1"
  get "$snapshots/$1"
  [ "$status" != 404 ] || return 0
  expect 200
  content="$(field boundVolumeSnapshotContentName)"
  if [ "$DELETION_POLICY" = Retain ] && [ -n "$content" ]; then
    echo '{"spec": {"deletionPolicy": "Delete"}}' > /tmp/policy
    send PATCH "$group/volumesnapshotcontents/$content" application/merge-patch+json /tmp/policy
    expect 200 404
  fi
  request DELETE "$snapshots/$1"
  expect 200 202 404
}
names "$(with source "$source")$(with state complete)" > /tmp/after
grep -Fqx "$name" /tmp/after || problem "The snapshot '$name' is not in the list of complete ones."
names "$(with source "$source")$(with proven true)" > /tmp/proven
{
  tail -n "$KEEP" /tmp/after
  tail -n 1 /tmp/proven
  echo "$name"
} > /tmp/kept
while IFS= read -r old; do
  grep -Fqx "$old" /tmp/kept || remove "$old" < /dev/null
done < /tmp/after
# another run that has not ended has a higher number than the last complete snapshot
grep -Fvx "$name" /tmp/after > /tmp/others || true
last="$(number_of "$(tail -n 1 /tmp/others)")"
names "$(with state incomplete)" > /tmp/incomplete
while IFS= read -r old; do
  [ "$(number_of "$old")" -ge "$last" ] || remove "$old" < /dev/null
done < /tmp/incomplete
`;

/** Reads the figures of the snapshot that the claim of the trial was made from. */
const FETCH = `get "$claims/$NAME-trial"
expect 200
name="$(field ${BACKUP_KEYS}snapshot)"
get "$snapshots/$name"
[ "$status" != 404 ] || problem "The snapshot '$name' was deleted. Run the backup again."
expect 200
cd ${BACKUP_DIRECTORY}
field ${BACKUP_KEYS}figures > /tmp/figures
[ -s /tmp/figures ] || problem "The snapshot '$name' has no figures."
base64 -d /tmp/figures > /tmp/figures.tgz
tar -xzf /tmp/figures.tgz
echo "$name" > .name
echo "read the figures of snapshot $name"
`;

/** Records that a trial has started a server on the snapshot, and found its data equal. */
const RECORD = `name="$(cat ${BACKUP_DIRECTORY}/.name)"
cat > /tmp/proof <<JSON
{"metadata": {"labels": {"${BACKUP_KEYS}proven": "true"},
  "annotations": {"${BACKUP_KEYS}proven-at": "$(date -u +%Y-%m-%dT%H:%M:%SZ)"}}}
JSON
send PATCH "$snapshots/$name" application/merge-patch+json /tmp/proof
expect 200
result="snapshot $name is proven"
echo "$result"
`;

/** The tasks of containers that call the API server. */
export type SnapshotTask = 'snapshot' | 'fetch' | 'record';

const TASKS: Readonly<Record<SnapshotTask, readonly string[]>> = {
  snapshot: [SIGNAL_FAILURE, CHECK_CLASS, TAKE, REPLACE_CLAIM, RETENTION, LEAVE_RESULT],
  fetch: [FETCH],
  record: [RECORD, LEAVE_RESULT],
};

/**
 * Returns the command of a container with curl, which needs the variable `NAME` of the backup.
 *
 * A snapshot needs `CLAIM`, `SNAPSHOT_CLASS`, `DELETION_POLICY` and `KEEP`, and with a trial `TRIAL_SIZE` and
 * `TRIAL_CLAIM`: a claim as JSON, with the words `SNAPSHOT` and `SIZE` in place of the snapshot and its size.
 */
export function snapshotCommand(task: SnapshotTask): string[] {
  return shellCommand(API_FUNCTIONS, FUNCTIONS, ...TASKS[task]);
}
