#!/usr/bin/env node
import { readFileSync } from 'fs';
import { join } from 'path';
import { Command } from 'commander';
import { auditCommand } from './audit';
import { ExitStatus } from './exit-status';
import { initCommand } from './init';
import { mapCommand } from './map';
import { rulesCommand } from './rules';

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));

const program = new Command('cdk8s-storage-patterns')
  .description('Questions about storage that any Kubernetes manifest can be asked.')
  .version(version)
  .helpOption('-h, --help', 'show this help')
  .helpCommand(false)
  .showHelpAfterError('see --help')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? ExitStatus.CLEAN : ExitStatus.UNUSABLE));

// one file a subcommand
auditCommand(program);
mapCommand(program);
rulesCommand(program);
initCommand(program);

// whoever reads the output may have seen enough: `... | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
});

void program.parseAsync();
