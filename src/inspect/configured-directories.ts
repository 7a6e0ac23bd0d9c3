import { readSettings, Settings } from './config-syntax';
import type { Container, Pod } from './pods';
import { Files, filesOf, scriptsOf } from './server-files';
import { expand, shellWords } from './shell';
import { KnownVariable, variablesOf, variableValue } from './variables';
import { keptByObject } from '../checks/memo';
import { isWithin, withoutTrailingSlashes } from '../checks/paths';
import { ServerConfiguration, serverConfiguration } from '../facts/server-configuration';

/** The directories of a server, by its command line, its variables and its configuration files. */
export interface ConfiguredDirectories {
  /** The absolute paths of the directories; empty if nothing configures them. */
  readonly directories: readonly string[];
  /** Whether nothing that is missing in the manifests can name another directory. */
  readonly isKnown: boolean;
  /** Whether the server writes nothing to disk; `undefined` if that depends on a file that is not in the manifests. */
  readonly keepsNothing?: boolean;
}

/** The configuration of a server, as far as it is among the manifests. */
export interface ServerConfig {
  readonly variables: readonly KnownVariable[];
  /** The words of the command line and of the scripts that it runs. */
  readonly words: readonly string[];
  /** The content of the configuration files, in the order in which the server reads them. */
  readonly files: readonly string[];
  readonly isComplete: boolean;
}

/** Returns the configuration of a server that runs in a container; `undefined` if nothing is known of its image. */
export function serverConfig(pod: Pod, container: Container, id: string): ServerConfig | undefined {
  const configuration = serverConfiguration(id);
  return configuration && readConfig(pod, container, configuration);
}

const configsOf = keptByObject((_: Container) => new Map<ServerConfiguration, ServerConfig>());

function readConfig(pod: Pod, container: Container, configuration: ServerConfiguration): ServerConfig {
  const configs = configsOf(container);
  const config = configs.get(configuration) ?? findConfig(pod, container, configuration);
  configs.set(configuration, config);
  return config;
}

function findConfig(pod: Pod, container: Container, configuration: ServerConfiguration): ServerConfig {
  const files = filesOf(pod, container);
  const variables = variablesOf(pod, container);
  const words = wordsOf(container, files, variables);
  const named = [...new Set(namedFiles(words, configuration))];
  const defaults = [...files.keys()].filter(path =>
    configuration.defaultFiles.some(location => isWithin(path, location)),
  );
  const paths = withIncludes([...defaults, ...named], files, configuration);
  const contents = paths.map(path => files.get(path));
  return {
    variables,
    words,
    files: contents.flatMap(content => content ?? []),
    isComplete: contents.every(content => content !== undefined) && !runsUnknownScript(container, words, files),
  };
}

/**
 * Returns the directories in which a server keeps its data, by its configuration.
 *
 * @param id the id of the image of the server
 */
export function configuredDirectories(pod: Pod, container: Container, id: string): ConfiguredDirectories {
  const configuration = serverConfiguration(id);
  if (!configuration) {
    return { directories: [], isKnown: true, keepsNothing: false };
  }
  const { variables, words, files, isComplete } = readConfig(pod, container, configuration);
  const settings = files.map(content => readSettings(configuration.syntax, content));
  const ofOptions = configuration.options.flatMap(option => lastOf(optionValues(words, option)) ?? []);
  const ofFiles = configuration.settings.flatMap(name => lastOf(settings.flatMap(read => read(name))) ?? []);
  const ofVariables = configuration.variables.flatMap(name => variableValue(variables, name) ?? []);
  const values = [ofOptions, ofFiles, ofVariables].find(({ length }) => length > 0) ?? [];
  const paths = values.flatMap(value => value.split(',')).map(path => withoutTrailingSlashes(path.trim()));
  return {
    directories: paths.filter(path => path.startsWith('/') && !path.includes('$')),
    isKnown: (isComplete || ofOptions.length > 0) && paths.every(path => !path.includes('$')),
    keepsNothing: configuration.canBeCache === true ? isCache(words, settings, isComplete) : false,
  };
}

/** Returns the words of a command line and its scripts, with the values of variables. */
function wordsOf(container: Container, files: Files, variables: readonly KnownVariable[]): string[] {
  const valueOf = (name: string) => variableValue(variables, name);
  return [
    ...[...container.command, ...container.args].map(word => expand(word, valueOf)),
    ...scriptsOf(container, files).flatMap(script => shellWords(expand(script, valueOf))),
  ];
}

/** Returns the values of an option: `--dir /data`, `--dir=/data`, `-c dir=/data`, `-Edir=/data`. */
function optionValues(words: readonly string[], option: string): string[] {
  const names = option.startsWith('-') ? [option] : ['', '--', '-c', '-E', '-D'].map(prefix => prefix + option);
  const isOption = (word: string) => names.some(name => sameName(word, name));
  return words.flatMap((word, i) => {
    const [name, ...value] = word.split('=');
    if (value.length > 0 && isOption(name)) {
      return [value.join('=')];
    }
    return option.startsWith('-') && isOption(word) ? (words[i + 1] ?? []) : [];
  });
}

function sameName(word: string, name: string): boolean {
  return word === name || (word.startsWith('--') && word.replace(/_/g, '-') === name.replace(/_/g, '-'));
}

/** The end of the name of a configuration file. */
const CONFIGURATION_FILE = /\.(?:cfg|cnf|conf|ini|properties|ya?ml)$/;

/** Returns the configuration files that a command line names. */
function namedFiles(words: readonly string[], { fileOptions, fileArgument }: ServerConfiguration): string[] {
  return [
    ...words.filter(word => fileArgument?.test(word) === true),
    ...fileOptions.flatMap(option =>
      // other programs of a script have short options too
      optionValues(words, option).filter(path => option.length > 2 || CONFIGURATION_FILE.test(path)),
    ),
  ].filter(path => /^\/\S*$/.test(path));
}

/** Returns files with those that they include, each behind the file that includes it. */
function withIncludes(paths: readonly string[], files: Files, configuration: ServerConfiguration): string[] {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) {
      return;
    }
    seen.add(path);
    const settings = readSettings(configuration.syntax, files.get(path) ?? '');
    for (const include of configuration.includes.flatMap(setting => settings(setting))) {
      const included = [...files.keys()].filter(file => isWithin(file, include));
      (included.length > 0 || !include.startsWith('/') || include.includes('*') ? included : [include]).forEach(visit);
    }
  };
  paths.forEach(visit);
  return [...seen];
}

/** Whether a command line runs a script on a volume whose content is unknown. */
function runsUnknownScript({ mounts }: Container, words: readonly string[], files: Files): boolean {
  return words.some(
    (word, i) =>
      (i === 0 || /^\S+\.sh$/.test(word)) &&
      files.get(word) === undefined &&
      mounts.some(({ path }) => path !== '' && path !== '/' && isWithin(word, path)),
  );
}

/**
 * Whether Redis or Valkey is a cache: it writes neither snapshots nor an append-only file, or it evicts keys. Returns
 * `undefined` if a file that is not in the manifests decides.
 */
function isCache(words: readonly string[], settings: readonly Settings[], isComplete: boolean): boolean | undefined {
  const lastValue = (name: string) =>
    lastOf([
      ...settings.flatMap(read => read(name)),
      ...words.flatMap((word, i) => (word === `--${name}` ? (words[i + 1] ?? []) : [])),
    ]);
  if (lastValue('appendonly') === 'yes') {
    return false;
  }
  // Redis reads the quotes of a value too
  const isUnsaved = /^(?:''|"")?$/.test(lastValue('save') ?? 'default');
  return (
    isUnsaved || /^(?:allkeys|volatile)/.test(lastValue('maxmemory-policy') ?? '') || (isComplete ? false : undefined)
  );
}

function lastOf<T>(values: readonly T[]): T | undefined {
  return values[values.length - 1];
}
