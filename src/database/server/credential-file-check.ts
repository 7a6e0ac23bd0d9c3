import type { CredentialKeys } from './credential-keys';
import { PASSWORD_DIRECTORY } from './server-facts';

/**
 * Lines of a shell that refuse credentials with which the server would admit every client, or which the server and its
 * clients would read in different ways. The lines print the place of a credential, and never the credential.
 */
export function checkCredentialFiles({ secretName, passwordKey, usernameKey }: CredentialKeys): string[] {
  return [
    ...checkFile(`${PASSWORD_DIRECTORY}/password`, passwordKey, secretName),
    ...(usernameKey === undefined ? [] : checkFile(`${PASSWORD_DIRECTORY}/username`, usernameKey, secretName)),
  ];
}

function checkFile(path: string, key: string, secretName: string): string[] {
  const subject = `key '${key}' of the Secret '${secretName}'`;
  return [
    `if [ ! -s ${path} ]; then`,
    `  echo "${subject} is missing or empty, and the server would admit clients without a password: set a value" >&2`,
    '  exit 1',
    'fi',
    // a shell drops the last line break and NUL characters, and variables of clients keep or cannot contain them
    `if [ "$(tr -d '\\n\\r\\000' < ${path} | wc -c)" != "$(wc -c < ${path})" ]; then`,
    `  echo "${subject} contains a line break or a NUL character, which the server and its clients read in different ` +
      `ways: encode the value without one, for example with 'printf %s'" >&2`,
    '  exit 1',
    'fi',
  ];
}
