import type { IConfigMap } from 'cdk8s-plus-28';
import type { ConfigFile } from './config-map';
import type { ExistingRollout } from './config-rollout';

/** Options of a configuration file. */
export interface ConfigFileOptions {
  /**
   * The permission bits, from 0 to 0o777; 0o555 for a script.
   *
   * @default 0o444
   */
  readonly mode?: number;

  /**
   * A JSON Schema of draft 7 or 2020-12 that the data must satisfy: free-form, as in a schema file.
   *
   * @default - the data is not validated
   * @see https://json-schema.org/
   */
  readonly schema?: any;

  /**
   * Whether to check the syntax of `.yaml`, `.yml`, `.json` and `.toml` files.
   *
   * @default true
   */
  readonly checkSyntax?: boolean;
}

/** Options of a configuration file from a local file. */
export interface LocalFileOptions extends ConfigFileOptions {
  /**
   * The path below the mount.
   *
   * @default - the name of the local file
   */
  readonly path?: string;

  /**
   * Whether to keep CRLF line endings. Otherwise they become LF, so that a checkout on Windows changes nothing.
   *
   * @default false
   */
  readonly keepLineEndings?: boolean;
}

/** Options of configuration files from a local directory. */
export interface LocalDirectoryOptions extends ConfigFileOptions {
  /**
   * The path below the mount.
   *
   * @default - the mount path
   */
  readonly path?: string;

  /**
   * Glob patterns of files to exclude, relative to the directory: `**\/*.md`, `.DS_Store`.
   *
   * @default - no files are excluded
   */
  readonly exclude?: string[];

  /**
   * Whether to mount hidden files. Otherwise a hidden file that is not excluded is refused, so that no file is omitted
   * silently.
   *
   * @default false
   */
  readonly includeHidden?: boolean;

  /**
   * Whether to keep CRLF line endings. Otherwise they become LF, so that a checkout on Windows changes nothing.
   *
   * @default false
   */
  readonly keepLineEndings?: boolean;
}

/** A key of a ConfigMap or Secret, and the path of its file. */
export interface KeyToPath {
  /** The key: `ca.crt`. */
  readonly key: string;

  /** The path below the mount: `tls/ca.pem`. */
  readonly path: string;
}

/** Options of configuration files from an existing ConfigMap or Secret. */
export interface ExistingSourceOptions {
  /** The effect of a change, which is not known at synthesis. */
  readonly rollout: ExistingRollout;

  /**
   * The keys to mount and their paths.
   *
   * @default - all keys, each at the path of its name
   */
  readonly items?: KeyToPath[];
}

/** @internal */
export interface ExistingObject extends ExistingSourceOptions {
  readonly kind: 'configMap' | 'secret';
  readonly name: string;
  /** The construct of a ConfigMap, if it is known. */
  readonly construct?: IConfigMap;
}

/** @internal */
export type ResolvedSource =
  | { readonly origin: string; readonly files: ConfigFile[] }
  | { readonly origin: string; readonly existing: ExistingObject };
