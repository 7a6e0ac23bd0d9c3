import type { ConfigFile } from './config-map';
import type { ExistingRollout } from './config-rollout';

/** How a file of configuration is checked and mounted. */
export interface ConfigFileOptions {
  /**
   * Permission bits, from 0 to 0o777; 0o555 for a script.
   *
   * @default 0o444
   */
  readonly mode?: number;

  /**
   * A JSON Schema, of draft 7 or 2020-12, that the data has to satisfy: free-form, as in a schema file.
   *
   * @default - any data
   * @see https://json-schema.org/
   */
  readonly schema?: any;

  /**
   * Whether a file named `.yaml`, `.yml`, `.json` or `.toml` has to be what its name says.
   *
   * @default true
   */
  readonly checkSyntax?: boolean;
}

/** How a file of the host becomes a file of configuration. */
export interface LocalFileOptions extends ConfigFileOptions {
  /**
   * Where below the mount.
   *
   * @default - the file's own name
   */
  readonly path?: string;

  /**
   * Keeps CRLF at the ends of lines. Otherwise LF is mounted, so that a checkout on Windows changes nothing.
   *
   * @default false
   */
  readonly keepLineEndings?: boolean;
}

/** How a directory of the host becomes configuration. */
export interface LocalDirectoryOptions extends ConfigFileOptions {
  /**
   * Where below the mount.
   *
   * @default - at the mount itself
   */
  readonly path?: string;

  /**
   * What to leave out, as globs of paths from the directory: `**\/*.md`, `.DS_Store`.
   *
   * @default - nothing
   */
  readonly exclude?: string[];

  /**
   * Whether hidden files are mounted. Otherwise one that is not excluded is refused, so that none is lost in silence.
   *
   * @default false
   */
  readonly includeHidden?: boolean;

  /**
   * Keeps CRLF at the ends of lines. Otherwise LF is mounted, so that a checkout on Windows changes nothing.
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

/** How an object that something else makes becomes configuration. */
export interface ExistingSourceOptions {
  /**
   * What happens when the object changes, which this library does not see.
   */
  readonly rollout: ExistingRollout;

  /**
   * Which keys to mount, and where.
   *
   * @default - every key, at a path like itself
   */
  readonly items?: KeyToPath[];
}

/** @internal */
export interface ExistingObject extends ExistingSourceOptions {
  readonly kind: 'configMap' | 'secret';
  readonly name: string;
}

/** @internal */
export type ResolvedSource =
  | { readonly origin: string; readonly files: ConfigFile[] }
  | { readonly origin: string; readonly existing: ExistingObject };
