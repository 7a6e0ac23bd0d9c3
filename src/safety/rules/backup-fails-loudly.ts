import { DUMP_PROGRAMS } from '../../predicates/backups';
import { eachContainerWith, Rule } from '../rule';

const DUMP = `\\b(?:${DUMP_PROGRAMS.join('|')})\\b`;

/** The last dump program whose output goes into a pipe. */
const PIPED_DUMP = new RegExp(`(${DUMP})(?:(?!${DUMP})[^\\n|])*\\|(?!\\|)`);

export const backupFailsLoudly: Rule<'backup-fails-loudly'> = {
  id: 'backup-fails-loudly',
  summary: 'A failed backup is reported as failed.',
  rationale:
    'A pipe returns the status of its last program, so an empty backup is reported as successful until it is ' +
    'needed.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/nfrastack/container-db-backup/issues/383',
  fix: {
    construct: "Write the dump to a file first, or begin the script with 'set -o pipefail'.",
    yaml: "Begin the script with 'set -eo pipefail', in a shell that supports it.",
  },
  ...eachContainerWith(['command', 'args'], function* ({ name, command, args, at: path }) {
    const script = [...command, ...args].join('\n');
    const program = PIPED_DUMP.exec(script)?.[1];
    if (program !== undefined && !script.includes('pipefail')) {
      yield {
        at: path,
        message: `Container '${name}' pipes '${program}' into another program and does not detect that it failed.`,
      };
    }
  }),
};
