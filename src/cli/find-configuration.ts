import { existsSync } from 'fs';
import { Option } from 'commander';
import { Configuration, CONFIGURATION_FILE, NO_CONFIGURATION, readConfiguration } from './configuration';
import { message } from '../checks/message';
import { readRegularFile } from '../checks/read-file';

/** The path of the configuration file; `false` to read none; the default file, if it exists, if omitted. */
export type ConfigFlag = string | false | undefined;

/** `--config` and `--no-config`. */
export function configOptions(): Option[] {
  return [
    new Option('--config <file>', `Read this configuration file. (default: ${CONFIGURATION_FILE}, if it exists)`),
    new Option('--no-config', 'Read no configuration file.'),
  ];
}

/**
 * Reads the configuration file of a command.
 *
 * @throws Error with a sentence if the file cannot be read or is invalid
 */
export function findConfiguration(flag: ConfigFlag): Configuration {
  if (flag === false || (flag === undefined && !existsSync(CONFIGURATION_FILE))) {
    return NO_CONFIGURATION;
  }
  const path = flag ?? CONFIGURATION_FILE;
  let content: string;
  try {
    content = readRegularFile(path).toString('utf8');
  } catch (cause) {
    const remedy = 'Specify a YAML file, or omit the option.';
    throw new Error(message(`'${path}' cannot be read: ${(cause as Error).message}`, remedy), { cause });
  }
  return readConfiguration(content, path);
}
