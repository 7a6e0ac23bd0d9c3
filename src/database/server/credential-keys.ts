/** The credentials as pods refer to them. */
export interface CredentialKeys {
  readonly secretName: string;
  readonly passwordKey: string;
  readonly usernameKey?: string;
  readonly urlSafe: boolean;
}
