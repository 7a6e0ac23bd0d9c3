import { WAIT_UNTIL_READY } from './dump';
import { shellCommand } from './shell';
import { BACKUP_DIRECTORY, CUT_SCRIPT, EngineBackup, quiesceFunctions } from '../engine-backup';

/** The directory with the figures. */
export const FIGURES_DIRECTORY = `${BACKUP_DIRECTORY}/figures`;

/** The files with which the container that stops writes and the one that takes the snapshot wait for one another. */
export const SIGNALS = {
  quiesced: `${BACKUP_DIRECTORY}/quiesced`,
  cut: `${BACKUP_DIRECTORY}/cut`,
  figured: `${BACKUP_DIRECTORY}/figured`,
  failed: `${BACKUP_DIRECTORY}/failed`,
};

/** The seconds for which writes stop at most. */
const MAX_SECONDS = 60;

const CUT = `: > ${SIGNALS.quiesced}
tenths=0
until [ -e ${SIGNALS.cut} ]; do
  if [ -e ${SIGNALS.failed} ] || [ "$tenths" -ge ${MAX_SECONDS * 10} ]; then
    : > ${SIGNALS.failed}
    exit 1
  fi
  tenths=$((tenths + 1))
  sleep 0.1
done
echo "The storage system took $((tenths / 10)).$((tenths % 10)) seconds for the snapshot."
`;

/** A native sidecar runs until the last container has ended, and a restart would stop writes again. */
const QUIESCE = `started=${BACKUP_DIRECTORY}/started
finish() {
  resume_writes || true
  [ -e ${SIGNALS.figured} ] || : > ${SIGNALS.failed}
  while :; do
    sleep 3600 &
    wait "$!" || true
  done
}
trap 'trap - EXIT; exit 0' TERM
trap finish EXIT
[ ! -e "$started" ] || problem 'The container was restarted, so the run fails.'
: > "$started"
mkdir ${FIGURES_DIRECTORY}
cd ${FIGURES_DIRECTORY}
cat > ${CUT_SCRIPT} <<'SH'
${CUT}SH
connect
wait_until_ready 60
quiesce
for file in *; do
  [ -s "$file" ] || problem "The file '$file' of the figures is empty."
done
: > ${SIGNALS.figured}
echo 'The figures are complete.'
`;

/** Returns the command of the sidecar that stops writes while the storage system takes a snapshot. */
export function quiesceCommand(engine: EngineBackup): string[] {
  return shellCommand(quiesceFunctions(engine), WAIT_UNTIL_READY, QUIESCE);
}
