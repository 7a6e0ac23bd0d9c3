import type { CredentialKeys } from './credential-keys';
import { ACCOUNT_DIRECTORY, API_FUNCTIONS } from '../../api-client/api-script';

/** The path of the Secrets of the pod's namespace in the API. */
const SECRETS = `/api/v1/namespaces/$(cat ${ACCOUNT_DIRECTORY}/namespace)/secrets`;

/** Returns the Secret as JSON, with the word `PASSWORD` last in place of the password. */
export function secretTemplate({ secretName, passwordKey }: CredentialKeys): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secretName, labels: { 'app.kubernetes.io/managed-by': 'cdk8s' } },
    stringData: { [passwordKey]: 'PASSWORD' },
  });
}

/**
 * Creates the Secret, and succeeds if it already exists: the API server never creates it twice, so the Job needs no
 * permission to read Secrets. Only builtins of the shell see the password, so it does not appear on a command line, and
 * stays in memory.
 */
export const CREATE_SECRET = `set -eu
umask 077
${API_FUNCTIONS}password=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \\n')
[ \${#password} -eq 48 ]
printf '%s' "\${SECRET%PASSWORD*}$password\${SECRET##*PASSWORD}" > /tmp/secret
request POST "${SECRETS}" -H 'Content-Type: application/json' --data-binary @/tmp/secret
case $status in
  201) echo "created the Secret" ;;
  409) echo "the Secret already exists and stays unchanged" ;;
  *) refused ;;
esac
`;
