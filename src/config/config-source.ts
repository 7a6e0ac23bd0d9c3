import type { IConfigMap } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { checkRollout } from './config-rollout';
import type { ConfigFile } from './config-map';
import type {
  ConfigFileOptions,
  ExistingObject,
  ExistingSourceOptions,
  LocalDirectoryOptions,
  LocalFileOptions,
  ResolvedSource,
} from './config-source-options';
import { readDirectory, readFile } from './directory';
import { write } from './formats';
import { checkOwnedFile } from './owned-file';
import { fail } from '../checks/fail';
import { checkObjectName, checkRelativePath, isConfigKey } from '../checks/values';
import type { SecretSource } from '../pod/secret-source';

/** Where files of configuration come from. Several sources make up one directory. */
export class ConfigSource {
  /**
   * A text.
   *
   * @param path where below the mount: `nginx.conf`, `conf.d/site.conf`
   * @param content the text
   * @param options how it is checked and mounted
   */
  public static text(path: string, content: string, options: ConfigFileOptions = {}): ConfigSource {
    return new ConfigSource(scope => owned(scope, `text '${path}'`, [{ path, content }], options));
  }

  /**
   * Data as YAML; strings that YAML 1.1 takes for something else, such as `yes`, are quoted.
   *
   * @param path where below the mount
   * @param data free-form: objects, lists, strings, numbers, booleans
   * @param options how it is checked and mounted
   */
  public static yaml(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    return written('YAML', path, data, options);
  }

  /**
   * Data as JSON.
   *
   * @param path where below the mount
   * @param data free-form: objects, lists, strings, numbers, booleans
   * @param options how it is checked and mounted
   */
  public static json(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    return written('JSON', path, data, options);
  }

  /**
   * Data as TOML, which has no null.
   *
   * @param path where below the mount
   * @param data free-form: objects, lists, strings, numbers, booleans
   * @param options how it is checked and mounted
   */
  public static toml(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    return written('TOML', path, data, options);
  }

  /**
   * Data as INI: values, and sections of values.
   *
   * @param path where below the mount
   * @param data free-form: strings, numbers and booleans, at most one level down
   * @param options how it is checked and mounted
   */
  public static ini(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    return written('INI', path, data, options);
  }

  /**
   * Data as Java properties; nested objects become dotted keys.
   *
   * @param path where below the mount
   * @param data free-form: strings, numbers and booleans, at any depth
   * @param options how it is checked and mounted
   */
  public static properties(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    return written('properties', path, data, options);
  }

  /**
   * Data as a dotenv file, for apps that read one themselves; for real environment variables see `EnvironmentVariables`.
   *
   * @param path where below the mount
   * @param data free-form: strings, numbers and booleans by name
   * @param options how it is checked and mounted
   */
  public static dotenv(path: string, data: any, options: ConfigFileOptions = {}): ConfigSource {
    return written('dotenv', path, data, options);
  }

  /**
   * Bytes.
   *
   * @param path where below the mount
   * @param base64 the bytes in base64
   * @param options how it is mounted
   */
  public static binary(path: string, base64: string, options: ConfigFileOptions = {}): ConfigSource {
    return new ConfigSource(scope => {
      const content = Buffer.from(base64, 'base64');
      if (content.toString('base64') !== base64.replace(/\s/g, '')) {
        fail(
          scope,
          `The content of '${path}' is not base64.`,
          'Encode its bytes with padding and the standard alphabet.',
        );
      }
      return owned(scope, `binary '${path}'`, [{ path, content }], options);
    });
  }

  /**
   * A file of the host; text or bytes.
   *
   * @param localPath where it is, from the directory that synth runs in
   * @param options where and how it is mounted
   */
  public static fromFile(localPath: string, options: LocalFileOptions = {}): ConfigSource {
    return new ConfigSource(scope =>
      owned(
        scope,
        `file '${localPath}'`,
        [
          {
            path: options.path ?? localPath.split(/[\\/]/).pop()!,
            content: readFile(scope, localPath, options.keepLineEndings ?? false),
          },
        ],
        options,
      ),
    );
  }

  /**
   * All files below a directory of the host, with their paths. Links that leave it, hidden files that are not asked for
   * and empty directories are refused.
   *
   * @param localPath where it is, from the directory that synth runs in
   * @param options what is left out, and where and how the rest is mounted
   */
  public static fromDirectory(localPath: string, options: LocalDirectoryOptions = {}): ConfigSource {
    return new ConfigSource(scope => {
      const { path, exclude = [], includeHidden = false, keepLineEndings = false } = options;
      const found = readDirectory(scope, localPath, { exclude, includeHidden, keepLineEndings });
      return owned(
        scope,
        `directory '${localPath}'`,
        found.map(file => ({ ...file, path: path === undefined ? file.path : `${path}/${file.path}` })),
        options,
      );
    });
  }

  /**
   * Files from a Secret, which only the app's user and group may read (0400, and the group through `fsGroup`).
   *
   * @param secret the Secret
   * @param options which keys, and what happens when they change
   */
  public static fromSecret(secret: SecretSource, options: ExistingSourceOptions): ConfigSource {
    return existing('secret', secret.secretName, options);
  }

  /**
   * Files from a ConfigMap of cdk8s-plus-28.
   *
   * @param configMap the ConfigMap
   * @param options which keys, and what happens when they change
   */
  public static fromConfigMap(configMap: IConfigMap, options: ExistingSourceOptions): ConfigSource {
    return existing('configMap', configMap.name, options);
  }

  /**
   * Files from a ConfigMap by its name, whoever makes it.
   *
   * @param configMapName the name, in the namespace of the pods
   * @param options which keys, and what happens when they change
   */
  public static fromConfigMapName(configMapName: string, options: ExistingSourceOptions): ConfigSource {
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

function written(format: string, path: string, data: any, options: ConfigFileOptions): ConfigSource {
  return ConfigSource._of(scope => {
    let content: string;
    try {
      content = write(format, data);
    } catch (error) {
      fail(
        scope,
        `The data of '${path}' cannot be written as ${format}: ${(error as Error).message}.`,
        'Change it, or write the file as text.',
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

function existing(kind: ExistingObject['kind'], name: string, options: ExistingSourceOptions): ConfigSource {
  return ConfigSource._of(scope => {
    const what = kind === 'secret' ? 'Secret' : 'ConfigMap';
    checkObjectName(scope, what, name);
    checkRollout(scope, options.rollout);
    for (const { key, path } of options.items ?? []) {
      checkRelativePath(scope, path);
      if (!isConfigKey(key)) {
        fail(
          scope,
          `The ${what} '${name}' cannot have the key '${key}'.`,
          "Keys are letters, digits, '-', '_' and '.'.",
        );
      }
    }
    return { origin: `${what} '${name}'`, existing: { ...options, kind, name } };
  });
}
