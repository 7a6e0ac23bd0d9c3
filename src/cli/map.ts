import { writeFileSync } from 'fs';
import { Command, Option } from 'commander';
import { ExitStatus } from './exit-status';
import { PATHS_HELP, readInput } from './input';
import { mapStorage } from '../map/build';
import { toHtml } from '../map/formats/html';
import { toJson } from '../map/formats/json';
import { toMarkdown } from '../map/formats/markdown';
import { toMermaid } from '../map/formats/mermaid';
import { toSvg } from '../map/formats/svg';
import { toText } from '../map/formats/text';

const FORMATS = { text: toText, markdown: toMarkdown, mermaid: toMermaid, json: toJson, svg: toSvg, html: toHtml };

interface MapOptions {
  readonly format: keyof typeof FORMATS;
  readonly output?: string;
}

/** `map FILE|DIR|-…`: which file of which replica lives where, and how long. */
export function mapCommand(program: Command): void {
  program
    .command('map')
    .description('show which file of which replica lives where, and how long')
    .argument('<paths...>', PATHS_HELP)
    .addOption(new Option('--format <format>', 'how to show it').choices(Object.keys(FORMATS)).default('text'))
    .option('--output <file>', 'write to a file instead of standard output')
    .action(async (paths: string[], { format, output }: MapOptions, command: Command) => {
      const { objects, problems } = await readInput(paths);
      const written = FORMATS[format](mapStorage({ objects, problems }));
      if (output === undefined) {
        process.stdout.write(written);
      } else {
        write(output, written, command);
      }
      process.exitCode = problems.length > 0 ? ExitStatus.UNUSABLE : ExitStatus.CLEAN;
    });
}

function write(file: string, text: string, command: Command): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    command.error(`'${file}' cannot be written: ${(error as Error).message}. name another file`, {
      exitCode: ExitStatus.UNUSABLE,
    });
  }
}
