import type { Command } from 'commander';
import { ExitStatus } from './exit-status';
import { ConfigFlag, configOptions } from './find-configuration';
import { PATHS_HELP, readInput, renderOption } from './input';
import { mapSettingsOf } from './map-settings';
import { formatOption, outputOption } from './options';
import { checked, write } from './output';
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
  readonly config?: ConfigFlag;
}

/** `map FILE|DIR|-…`: shows the storage behind each path of each container. */
export function mapCommand(program: Command): void {
  const command = program
    .command('map')
    .description('Show the storage behind each path of each container: its source, its lifetime and what shares it.')
    .argument('<paths...>', PATHS_HELP);
  [renderOption(), ...configOptions(), formatOption(FORMATS), outputOption()].forEach(option =>
    command.addOption(option),
  );
  command.action(async (paths: string[], { format, output, render, config }: MapOptions) => {
    const { audit, hasCustomRules, isExcluded } = checked(command, () => mapSettingsOf(config));
    const manifests = await readInput(paths, { render, isExcluded, keepsAllFields: hasCustomRules });
    const model = checked(command, () => mapStorage(manifests, { audit }));
    const text = FORMATS[format](model, output === undefined ? terminalWidth() : undefined);
    write(command, { text, file: output, isReadable: format === 'text', problems: manifests.problems });
    process.exitCode = manifests.problems.length > 0 ? ExitStatus.UNUSABLE : ExitStatus.CLEAN;
  });
}

/** Returns the columns of the terminal that shows the output; `undefined` for a file or a pipe. */
function terminalWidth(): number | undefined {
  return process.stdout.isTTY ? process.stdout.columns : undefined;
}
