#!/usr/bin/env node
import { readFileSync } from 'fs';
import { join } from 'path';
import { Command, CommanderError } from 'commander';
import { auditCommand } from './audit';
import { ExitStatus } from './exit-status';
import { initCommand } from './init';
import { mapCommand } from './map';
import { checkStandardOutput, printError } from './output';
import { rulesCommand } from './rules';
import { describeError, REPORT_ERROR } from '../checks/internal-error';
import { visibleLine } from '../checks/visible';

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));

const program = new Command('cdk8s-storage-patterns')
  .description('Checks and maps the storage of Kubernetes manifests.')
  .version(version, '-V, --version', 'Show the version.')
  .helpOption('-h, --help', 'Show this help.')
  .helpCommand(false)
  .showHelpAfterError('Show the usage with --help.')
  .configureOutput({
    outputError: (text, write) => write(text.trimEnd().split('\n').map(visibleLine).join('\n') + '\n'),
  })
  // the process ends by itself, after its output is written
  .exitOverride();

auditCommand(program);
mapCommand(program);
rulesCommand(program);
initCommand(program);

checkStandardOutput();

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? ExitStatus.CLEAN : ExitStatus.UNUSABLE;
    return;
  }
  printError(`error: Internal error: ${describeError(error)} ${REPORT_ERROR}`);
  process.exitCode = ExitStatus.UNUSABLE;
});
