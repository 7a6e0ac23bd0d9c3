import { DATABASE_IMAGES } from '../facts/images/databases';
import { JOB_KINDS } from '../facts/kubernetes';
import type { Container, Pod } from '../inspect/pods';
import { withoutHereDocuments } from '../inspect/shell-script';

/** The programs that dump a database to a file or to stdout. */
export const DUMP_PROGRAMS: readonly string[] = [
  ...new Set([...DATABASE_IMAGES.flatMap(({ dumpPrograms }) => dumpPrograms), 'pg_basebackup', 'mariabackup']),
];

/** Matches a program that dumps a database. */
const DUMP = new RegExp(`(?:^|[\\s/;&|(])(${DUMP_PROGRAMS.join('|')})(?=\\s|$)`);

/** Programs that can copy a dump out of the pod. */
const UPLOADERS: readonly string[] = [
  ...['aws', 's3cmd', 's5cmd', 'gsutil', 'gcloud', 'az', 'azcopy', 'rclone', 'mc', 'swift', 'curl', 'wget'],
  ...['restic', 'borg', 'kopia', 'duplicity', 'velero'],
  ...['scp', 'sftp', 'rsync', 'ssh', 'kubectl', 'python', 'python3', 'node', 'php'],
];

const UPLOAD = new RegExp(`\\b(?:${UPLOADERS.join('|')}|upload\\w*)\\b`);

/** Returns the dump program of a container. */
export function dumpProgram({ command, args }: Container): string | undefined {
  return DUMP.exec([...command, ...args].join('\n'))?.[1];
}

/** Returns the containers of a Job or CronJob that dump a database. */
export function backupsOf({ object, containers }: Pod): Container[] {
  return JOB_KINDS.includes(object.kind) ? containers.filter(container => dumpProgram(container) !== undefined) : [];
}

/** The options of dump programs that name a file or directory. */
const TARGET_OPTIONS = ['-f', '-D', '-o', '--file', '--pgdata', '--out', '--archive', '--result-file', '--target-dir'];

const TARGETS: readonly RegExp[] = [
  // the errors of a program are no dump
  /(?<!2|2>)>{1,2}\s*["']?(\/[^\s"';|&)]+)/g,
  new RegExp(`(?:^|\\s)(?:${TARGET_OPTIONS.join('|')})[\\s=]["']?(/[^\\s"';|&)]+)`, 'g'),
];

/** Returns the files to which a container writes its dump, according to its command line. */
export function dumpTargets({ command, args }: Container): string[] {
  const script = withoutHereDocuments([...command, ...args].join(' ')).replace(/\\\n/g, ' ');
  // other lines write other files, except the end of a group, such as '} > /backup/all.sql'
  const lines = script.split('\n').filter(line => DUMP.test(line) || /^\s*[})]/.test(line));
  return TARGETS.flatMap(target => lines.flatMap(line => [...line.matchAll(target)]))
    .map(([, path]) => path)
    .filter(path => !path.startsWith('/dev/'));
}

/** Whether the script of a container copies files out of the pod. */
export function uploads({ command, args }: Container): boolean {
  return UPLOAD.test([...command, ...args].join('\n'));
}
