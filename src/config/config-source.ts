import type { IConfigMap } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { ConfigFile } from './config-map';
import { checkRollout } from './config-rollout';
import type {
  ConfigFileOptions,
  ExistingObject,
  ExistingSourceOptions,
  KeyToPath,
  LocalDirectoryOptions,
  LocalFileOptions,
  ResolvedSource,
} from './config-source-options';
import { readDirectory, readFile } from './directory';
import { Format, write } from './formats';
import { checkOwnedFile } from './owned-file';
import { fail } from '../checks/fail';
import { checkArgument, checkProps, OPTIONAL, PropTable, required, optional } from '../checks/props';
import { checkConfigKey, checkObjectName, checkRelativePath } from '../checks/values';
import type { SecretSource } from '../pod/secret-source';

const FILE: PropTable<ConfigFileOptions> = {
  mode: optional('number'),
  schema: OPTIONAL,
  checkSyntax: optional('boolean'),
};
const LOCAL_FILE: PropTable<LocalFileOptions> = {
  ...FILE,
  path: optional('string'),
  keepLineEndings: optional('boolean'),
};
const LOCAL_DIRECTORY: PropTable<LocalDirectoryOptions> = {
  ...LOCAL_FILE,
  exclude: optional('string[]'),
  includeHidden: optional('boolean'),
};
const EXISTING: PropTable<ExistingSourceOptions> = {
  rollout: required('ExistingRollout.reloader()', 'ExistingRollout'),
  items: optional('object[]'),
};
const ITEM: PropTable<KeyToPath> = { key: required('"ca.crt"', 'string'), path: required('"tls/ca.pem"', 'string') };

/** A source of configuration files. The files of several sources are mounted in one directory. */
export class ConfigSource {
  /**
   * Defines a file by its content.
   *
   * @param path the path below the mount: `nginx.conf`, `conf.d/site.conf`
   * @param content the content
   * @param options mode, schema and syntax check
   */
  public static text(path: string, content: string, options: ConfigFileOptions = {}): ConfigSource {
    checkFile('ConfigSource.text', path, options);
    checkArgument('ConfigSource.text', 'content', content, '"level = info"');
    return new ConfigSource(scope => owned(scope, `text '${path}'`, [{ path, content }], options));
  }

  /**
   * Defines a YAML file. Strings that YAML 1.1 reads as other types, such as `yes`, are quoted.
   *
   * @param path the path below the mount
   * @param data free-form: objects, lists, strings, numbers, booleans
   * @param options mode, schema and syntax check
   */
  public static yaml(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    checkFile('ConfigSource.yaml', path, options);
    return written('YAML', path, data, options);
  }

  /**
   * Defines a JSON file.
   *
   * @param path the path below the mount
   * @param data free-form: objects, lists, strings, numbers, booleans
   * @param options mode, schema and syntax check
   */
  public static json(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    checkFile('ConfigSource.json', path, options);
    return written('JSON', path, data, options);
  }

  /**
   * Defines a TOML file. TOML does not support null.
   *
   * @param path the path below the mount
   * @param data free-form: objects, lists, strings, numbers, booleans
   * @param options mode, schema and syntax check
   */
  public static toml(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    checkFile('ConfigSource.toml', path, options);
    return written('TOML', path, data, options);
  }

  /**
   * Defines an INI file with values and sections of values.
   *
   * @param path the path below the mount
   * @param data free-form: strings, numbers and booleans, at most one level down
   * @param options mode, schema and syntax check
   */
  public static ini(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    checkFile('ConfigSource.ini', path, options);
    return written('INI', path, data, options);
  }

  /**
   * Defines a file of Java properties. Nested objects become dotted keys.
   *
   * @param path the path below the mount
   * @param data free-form: strings, numbers and booleans, at any depth
   * @param options mode, schema and syntax check
   */
  public static properties(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    checkFile('ConfigSource.properties', path, options);
    return written('properties', path, data, options);
  }

  /**
   * Defines a dotenv file that the app reads. To set variables of the container, use
   * `EnvironmentVariables`.
   *
   * @param path the path below the mount
   * @param data free-form: strings, numbers and booleans by name
   * @param options mode, schema and syntax check
   */
  public static dotenv(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    checkFile('ConfigSource.dotenv', path, options);
    return written('dotenv', path, data, options);
  }

  /**
   * Defines a binary file.
   *
   * @param path the path below the mount
   * @param base64 the bytes in base64
   * @param options the mode
   */
  public static binary(path: string, base64: string, options: ConfigFileOptions = {}): ConfigSource {
    checkFile('ConfigSource.binary', path, options);
    checkArgument('ConfigSource.binary', 'base64', base64, '"iVBORw0KGgo="');
    return new ConfigSource(scope => {
      const content = Buffer.from(base64, 'base64');
      if (content.toString('base64') !== base64.replace(/\s/g, '')) {
        fail(
          scope,
          `The content of '${path}' is not base64.`,
          'Encode the bytes with the standard alphabet and with padding.',
        );
      }
      return owned(scope, `binary '${path}'`, [{ path, content }], options);
    });
  }

  /**
   * Mounts a local file with text or bytes.
   *
   * @param localPath the path of the file, relative to the working directory of the synthesis
   * @param options path, mode, schema and syntax check
   */
  public static fromFile(localPath: string, options: LocalFileOptions = {}): ConfigSource {
    checkArgument('ConfigSource.fromFile', 'localPath', localPath, '"app.conf"');
    checkProps('ConfigSource.fromFile', options, LOCAL_FILE);
    const { path = localPath.split(/[\\/]/).pop()!, keepLineEndings = false } = options;
    return new ConfigSource(scope => {
      const content = readFile(scope, localPath, keepLineEndings);
      return owned(scope, `file '${localPath}'`, [{ path, content }], options);
    });
  }

  /**
   * Mounts all files in a local directory and its subdirectories. Links to files outside of the directory, hard links,
   * hidden files, backups of editors and empty directories are refused.
   *
   * @param localPath the path of the directory, relative to the working directory of the synthesis
   * @param options exclusions, path, mode, schema and syntax check
   */
  public static fromDirectory(localPath: string, options: LocalDirectoryOptions = {}): ConfigSource {
    checkArgument('ConfigSource.fromDirectory', 'localPath', localPath, '"config"');
    checkProps('ConfigSource.fromDirectory', options, LOCAL_DIRECTORY);
    const { path, exclude = [], includeHidden = false, keepLineEndings = false } = options;
    return new ConfigSource(scope => {
      const files = readDirectory(scope, localPath, { exclude, includeHidden, keepLineEndings });
      return owned(
        scope,
        `directory '${localPath}'`,
        files.map(file => ({ ...file, path: path === undefined ? file.path : `${path}/${file.path}` })),
        options,
      );
    });
  }

  /**
   * Mounts files from a Secret. Only the user and, with `fsGroup`, the group of the app can read them (mode 0400).
   *
   * @param secret the Secret
   * @param options the effect of a change, and the keys
   */
  public static fromSecret(secret: SecretSource, options: ExistingSourceOptions): ConfigSource {
    checkArgument('ConfigSource.fromSecret', 'secret', secret, 'SecretSource.fromName("tls")');
    checkProps('ConfigSource.fromSecret', options, EXISTING);
    return existing('secret', secret.secretName, options);
  }

  /**
   * Mounts files from a ConfigMap of cdk8s-plus-28.
   *
   * @param configMap the ConfigMap
   * @param options the effect of a change, and the keys
   */
  public static fromConfigMap(configMap: IConfigMap, options: ExistingSourceOptions): ConfigSource {
    checkArgument('ConfigSource.fromConfigMap', 'configMap', configMap, 'new ConfigMap(chart, "config")');
    checkProps('ConfigSource.fromConfigMap', options, EXISTING);
    return existing('configMap', configMap.name, options, configMap);
  }

  /**
   * Mounts files from an existing ConfigMap.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options the effect of a change, and the keys
   */
  public static fromConfigMapName(configMapName: string, options: ExistingSourceOptions): ConfigSource {
    checkArgument('ConfigSource.fromConfigMapName', 'configMapName', configMapName, '"shared"');
    checkProps('ConfigSource.fromConfigMapName', options, EXISTING);
    return existing('configMap', configMapName, options);
  }

  /** @internal */
  public static _of(resolve: (scope: IConstruct) => ResolvedSource): ConfigSource {
    return new ConfigSource(resolve);
  }

  private constructor(private readonly resolve: (scope: IConstruct) => ResolvedSource) {}

  /** @internal */
  public _resolve(scope: IConstruct): ResolvedSource {
    return this.resolve(scope);
  }
}

function checkFile(location: string, path: string, options: ConfigFileOptions): void {
  checkArgument(location, 'path', path, '"app.conf"');
  checkProps(location, options, FILE);
}

function written(format: Format, path: string, data: any, options: ConfigFileOptions): ConfigSource {
  return ConfigSource._of(scope => {
    let content: string;
    try {
      content = write(format, data);
    } catch (error) {
      fail(
        scope,
        `The data of '${path}' cannot be written as ${format}: ${(error as Error).message}.`,
        "Change the data, or write the file with 'ConfigSource.text'.",
      );
    }
    return owned(scope, `${format} '${path}'`, [{ path, content }], options, data);
  });
}

function owned(
  scope: IConstruct,
  origin: string,
  files: ConfigFile[],
  options: ConfigFileOptions,
  data?: unknown,
): ResolvedSource {
  return { origin, files: files.map(file => checkOwnedFile(scope, { ...file, mode: options.mode }, options, data)) };
}

function existing(
  kind: ExistingObject['kind'],
  name: string,
  options: ExistingSourceOptions,
  construct?: IConfigMap,
): ConfigSource {
  return ConfigSource._of(scope => {
    const title = kind === 'secret' ? 'Secret' : 'ConfigMap';
    checkObjectName(scope, `the ${title}`, name);
    checkRollout(scope, options.rollout);
    for (const [i, item] of (options.items ?? []).entries()) {
      checkProps(scope, item, ITEM, `'items[${i}]'`);
      checkRelativePath(scope, item.path);
      checkConfigKey(scope, `${title} '${name}'`, item.key);
    }
    return { origin: `${title} '${name}'`, existing: { ...options, kind, name, construct } };
  });
}
