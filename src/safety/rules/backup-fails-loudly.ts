import { eachContainer, Rule } from '../rule';

export const backupFailsLoudly: Rule<'backup-fails-loudly'> = {
  id: 'backup-fails-loudly',
  summary: 'a backup that fails is seen to fail',
  rationale: 'the last program of a pipe decides: an empty backup is taken for a good one until somebody needs it',
  severity: 'error',
  documentationUrl: 'https://github.com/nfrastack/container-db-backup/issues/383',
  fix: {
    construct: "write the dump to a file first, or begin the script with 'set -o pipefail'",
    yaml: "begin the script with 'set -eo pipefail', in a shell that has it",
  },
  ...eachContainer(function* ({ name, command, args, at: here }) {
    const script = [...command, ...args].join('\n');
    const dump = /\b(pg_dump(?:all)?|pg_basebackup|mysqldump|mariadb-dump|mongodump)\b[^\n|]*\|(?!\|)/.exec(
      script,
    )?.[1];
    if (dump !== undefined && !script.includes('pipefail')) {
      yield { at: here, message: `container '${name}' pipes '${dump}' into another program, and does not see it fail` };
    }
  }),
};
