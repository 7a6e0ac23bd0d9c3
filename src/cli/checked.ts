import type { Command } from 'commander';
import { ExitStatus } from './exit-status';

/** Takes what an argument says, and ends the command with the sentence that refuses it. */
export function checked<T>(command: Command, read: () => T): T {
  try {
    return read();
  } catch (error) {
    return command.error(`error: ${(error as Error).message}`, { exitCode: ExitStatus.UNUSABLE });
  }
}
