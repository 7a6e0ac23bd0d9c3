import { PRELUDE } from './shell';
import { ACCOUNT_DIRECTORY, API_FUNCTIONS } from '../../api-client/api-script';

/** The directory in which the last container of a run leaves its result. */
export const RESULT_DIRECTORY = '/run/result';

/** The file with the result of a run that succeeded: one sentence without quotes and backslashes. */
export const RESULT_FILE = `${RESULT_DIRECTORY}/sentence`;

/** Lines of the last container of a run, which leave the sentence `$result` to the container that records it. */
export const LEAVE_RESULT = `[ ! -d ${RESULT_DIRECTORY} ] || echo "$result" > ${RESULT_FILE}
`;

/** The prefix of the labels and annotations of backups. */
export const BACKUP_KEYS = 'backup.cdk8s-storage-patterns/';

/**
 * Waits until all other containers have ended, and records the run. The result exists if the last container succeeded;
 * otherwise one of them failed, or the deadline passed.
 *
 * The variables are `CRON_JOB`, `STATUS`, which is the name of the ConfigMap, `POD`, and `TASK`, which is `backup` or
 * `trial`. An event has the name of its pod, so that a request that is sent twice creates one.
 */
export const RECORD_RUN = `${PRELUDE}${API_FUNCTIONS}record() {
  trap '' TERM
  now="$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  if [ -s ${RESULT_FILE} ]; then
    outcome=succeeded type=Normal reason=Succeeded
    sentence="$(cat ${RESULT_FILE})"
  else
    outcome=failed type=Warning reason=Failed
    sentence="The $TASK failed. The reason is in the log: kubectl logs $POD --all-containers"
  fi
  namespace="$(cat ${ACCOUNT_DIRECTORY}/namespace)"
  cat > /tmp/patch <<JSON
{"metadata": {"annotations": {
  "${BACKUP_KEYS}last-$TASK": "$outcome at $now: $sentence",
  "${BACKUP_KEYS}last-$TASK-that-$outcome": "$now"
}}}
JSON
  request PATCH "/api/v1/namespaces/$namespace/configmaps/$STATUS" \\
    -H 'Content-Type: application/merge-patch+json' --data-binary @/tmp/patch
  expect 200
  request GET "/apis/batch/v1/namespaces/$namespace/cronjobs/$CRON_JOB?pretty=true" \\
    -H 'Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'
  expect 200
  uid="$(sed -n '/"uid":/{s/.*"uid": *"\\([^"]*\\)".*/\\1/p;q;}' /tmp/answer)"
  cat > /tmp/event <<JSON
{"apiVersion": "v1", "kind": "Event", "metadata": {"name": "$POD", "namespace": "$namespace"},
  "involvedObject": {"apiVersion": "batch/v1", "kind": "CronJob", "namespace": "$namespace", "name": "$CRON_JOB",
    "uid": "$uid"},
  "type": "$type", "reason": "$reason", "message": "$sentence", "source": {"component": "database-backup"},
  "firstTimestamp": "$now", "lastTimestamp": "$now", "count": 1}
JSON
  request POST "/api/v1/namespaces/$namespace/events" -H 'Content-Type: application/json' --data-binary @/tmp/event
  expect 201 409
  echo "recorded: $sentence"
  exit 0
}
trap record TERM
while :; do
  sleep 3600 &
  wait "$!" || true
done
`;
