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
  .description('Checks and maps the storage of Kubernetes manifests.')
  .version(version, '-V, --version', 'Show the version.')
  .helpOption('-h, --help', 'Show this help.')
  .helpCommand(false)
  .showHelpAfterError('Show the usage with --help.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? ExitStatus.CLEAN : ExitStatus.UNUSABLE));

auditCommand(program);
mapCommand(program);
rulesCommand(program);
initCommand(program);

// the reader can close the pipe early: `... | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
});

void program.parseAsync();
