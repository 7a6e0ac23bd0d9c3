import { InvalidArgumentError, Option } from 'commander';

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
  return repeated('--load-rules <file>', 'Add the rules that this JavaScript module exports.', 'none');
}

/** An option with one of several words. The default is only described, so that a configuration file can change it. */
export function choiceOption(flag: string, description: string, words: readonly string[], fallback: string): Option {
  return new Option(flag, `${description} (default: ${fallback})`).choices(words);
}

/** An option that can be repeated. */
export function repeated(flag: string, description: string, fallback: string): Option {
  return new Option(flag, `${description} Can be repeated.`)
    .default([], fallback)
    .argParser((value, values: string[]) => [...values, value]);
}

/** An option with a number of 1 or more. */
export function countOption(flag: string, description: string): Option {
  return new Option(flag, description).argParser(value => {
    if (!/^[1-9]\d*$/.test(value)) {
      throw new InvalidArgumentError('Use a whole number of 1 or more.');
    }
    return Number(value);
  });
}
