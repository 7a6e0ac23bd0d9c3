import { Option } from 'commander';

/** `--format`, with the names of the formats of a command. */
export function formatOption(formats: Readonly<Record<string, unknown>>): Option {
  return new Option('--format <format>', 'The format of the output.').choices(Object.keys(formats)).default('text');
}

/** `--output`. */
export function outputOption(): Option {
  return new Option('--output <file>', 'Write to this file instead of standard output.');
}

/** `--load-rules`, which can be repeated. */
export function loadRulesOption(): Option {
  return new Option('--load-rules <file>', 'Add the rules that this JavaScript module exports. Can be repeated.')
    .default([], 'none')
    .argParser((file, files: string[]) => [...files, file]);
}
