/** The directory with the token and the namespace of the ServiceAccount, and the certificate of the API server. */
export const ACCOUNT_DIRECTORY = '/run/secrets/account';

/**
 * Functions of POSIX shell that call the API server with curl. They need a writable `/tmp`, `set -eu` and `umask 077`.
 *
 * `request METHOD PATH [OPTION...]` sends a request, with options of curl, and sets `status`. The answer is in
 * `/tmp/answer`. It tries again while the server is busy: on 408, 429 and 5xx, and on 409 unless the object exists, for
 * example because a quota changes at the same time. `refused` prints the answer and fails, and `expect STATUS...`
 * does so unless the status is one of these.
 *
 * Only builtins of the shell see the token, so that it does not appear on a command line. It is read for each try,
 * because the kubelet renews it. The API server is a host name or an address, with or without the brackets of IPv6.
 */
export const API_FUNCTIONS = `request() {
  host=$KUBERNETES_SERVICE_HOST
  case $host in *:*[!]]) host="[$host]" ;; esac
  method=$1
  url="https://$host:$KUBERNETES_SERVICE_PORT$2"
  shift 2
  for attempt in $(seq 60); do
    printf 'header = "Authorization: Bearer %s"\\n' "$(cat ${ACCOUNT_DIRECTORY}/token)" > /tmp/header
    status=$(curl -sS -g -m 10 -o /tmp/answer -w '%{http_code}' -X "$method" \\
      -K /tmp/header --cacert ${ACCOUNT_DIRECTORY}/ca.crt "$@" "$url") || status=000
    case $status in
      000 | 408 | 429 | 5*) ;;
      409) ! grep -q '"reason": *"AlreadyExists"' /tmp/answer || return 0 ;;
      *) return 0 ;;
    esac
    echo "waiting for the API server (status $status)"
    sleep 2
  done
  echo 'the API server did not answer in time' >&2
  exit 1
}
expect() {
  case " $* " in *" $status "*) ;; *) refused ;; esac
}
refused() {
  echo "the API server rejected the request with status $status:" >&2
  cat /tmp/answer >&2
  exit 1
}
`;
