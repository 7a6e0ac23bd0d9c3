import type { Command } from 'commander';
import { ExitStatus } from './exit-status';
import { message } from '../checks/message';
import { visibleLine } from '../checks/visible';
import type { ManifestProblem } from '../inspect/manifest';
import { writeWhole } from '../safety/write-file';

/** Writes text to standard output. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Writes a line to standard error. */
export function printError(line: string): void {
  process.stderr.write(`${visibleLine(line)}\n`);
}

/**
 * Ends the process if standard output cannot be written. A reader that closes the pipe early, such as `head`, changes
 * nothing.
 */
export function checkStandardOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      printError(`error: ${message(`Standard output cannot be written: ${error.message}`, 'Write to another file.')}`);
      process.exit(ExitStatus.UNUSABLE);
    }
  });
  process.stderr.on('error', () => undefined);
}

/** Runs a function, and ends the command with the message of an error that it throws. */
export function checked<T>(command: Command, run: () => T): T {
  try {
    return run();
  } catch (error) {
    return command.error(`error: ${(error as Error).message}`, { exitCode: ExitStatus.UNUSABLE });
  }
}

/** The text that a command writes, and where. */
export interface Output {
  readonly text: string;
  /** The file to write to; standard output if omitted. */
  readonly file?: string;
  /** Whether the text is for people, who then read in it which documents were unreadable. */
  readonly isReadable: boolean;
  readonly problems: readonly ManifestProblem[];
}

/**
 * Writes the output of a command. Unreadable documents also go to standard error, unless the terminal shows them
 * anyway.
 */
export function write(command: Command, { text, file, isReadable, problems }: Output): void {
  if (file === undefined) {
    print(text);
  } else {
    checked(command, () => writeWhole(file, text));
  }
  if (file !== undefined || !isReadable) {
    writeProblems(problems);
  }
}

/** Writes unreadable documents to standard error. */
export function writeProblems(problems: readonly ManifestProblem[]): void {
  problems.forEach(problem => printError(describeProblem(problem)));
}

function describeProblem({ file, line, column, message: problem }: ManifestProblem): string {
  return `${file}:${line}:${column} unreadable: ${problem}`;
}
