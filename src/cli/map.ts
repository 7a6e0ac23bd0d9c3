import type { Command } from 'commander';
import { ExitStatus } from './exit-status';
import { PATHS_HELP, readInput, renderOption } from './input';
import { formatOption, outputOption } from './options';
import { write } from './output';
import { mapStorage } from '../map/build';
import { toHtml } from '../map/formats/html';
import { toJson } from '../map/formats/json';
import { toMarkdown } from '../map/formats/markdown';
import { toMermaid } from '../map/formats/mermaid';
import { toSvg } from '../map/formats/svg';
import { toText } from '../map/formats/text';
import type { Model } from '../map/model';

const FORMATS = {
  text: (model: Model, width?: number) => toText(model, { width }),
  markdown: toMarkdown,
  mermaid: toMermaid,
  json: toJson,
  svg: toSvg,
  html: toHtml,
};

interface MapOptions {
  readonly format: keyof typeof FORMATS;
  readonly output?: string;
  readonly render?: boolean;
}

/** `map FILE|DIR|-…`: shows the storage behind each path of each container. */
export function mapCommand(program: Command): void {
  program
    .command('map')
    .description('Show the storage behind each path of each container: its source, its lifetime and what shares it.')
    .argument('<paths...>', PATHS_HELP)
    .addOption(renderOption())
    .addOption(formatOption(FORMATS))
    .addOption(outputOption())
    .action(async (paths: string[], { format, output, render }: MapOptions, command: Command) => {
      const manifests = await readInput(paths, { render });
      const text = FORMATS[format](mapStorage(manifests), output === undefined ? terminalWidth() : undefined);
      write(command, { text, file: output, isReadable: format === 'text', problems: manifests.problems });
      process.exitCode = manifests.problems.length > 0 ? ExitStatus.UNUSABLE : ExitStatus.CLEAN;
    });
}

/** Returns the columns of the terminal that shows the output; `undefined` for a file or a pipe. */
function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}
