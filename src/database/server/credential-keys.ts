/** The credentials of a database, as pods refer to them. */
export interface CredentialKeys {
  readonly secretName: string;
  readonly passwordKey: string;
  /** The key of the user name, if the Secret contains it. */
  readonly usernameKey?: string;
  /** Whether user and password can be part of a URL without encoding. */
  readonly urlSafe: boolean;
}
