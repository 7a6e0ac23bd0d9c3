import type { CredentialKeys } from './credential-keys';

/** The directory with the token and the namespace of the ServiceAccount, and the certificate of the API server. */
export const ACCOUNT_DIRECTORY = '/run/secrets/account';

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
 * permission to read Secrets. Only builtins of the shell see the token and the password, so neither appears on a
 * command line, and both stay in memory.
 *
 * The API server is a host name, an IPv4 address or an IPv6 address without brackets. It answers 409 if the Secret
 * exists, but also if a quota changes at the same time; 408, 429 and 5xx mean that it is busy.
 */
export const CREATE_SECRET = `set -eu
umask 077
host=$KUBERNETES_SERVICE_HOST
case $host in *:*) host="[$host]" ;; esac
password=$(head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \\n')
[ \${#password} -eq 48 ]
printf 'header = "Authorization: Bearer %s"\\n' "$(cat ${ACCOUNT_DIRECTORY}/token)" > /tmp/header
printf '%s' "\${SECRET%PASSWORD*}$password\${SECRET##*PASSWORD}" > /tmp/secret
for attempt in $(seq 60); do
  status=$(curl -sS -g -m 10 -o /tmp/answer -w '%{http_code}' \\
    -K /tmp/header --cacert ${ACCOUNT_DIRECTORY}/ca.crt \\
    -H 'Content-Type: application/json' --data-binary @/tmp/secret \\
    "https://$host:$KUBERNETES_SERVICE_PORT${SECRETS}") || status=000
  case $status in
    201) echo "created the Secret"; exit 0 ;;
    409)
      if grep -q '"reason": *"AlreadyExists"' /tmp/answer; then
        echo "the Secret already exists and stays unchanged"
        exit 0
      fi ;;
    408 | 429) ;;
    4*) echo "the API server rejected the request with status $status:" >&2; cat /tmp/answer >&2; exit 1 ;;
  esac
  echo "waiting for the API server (status $status)"
  sleep 2
done
echo "the API server did not answer in time" >&2
exit 1
`;
