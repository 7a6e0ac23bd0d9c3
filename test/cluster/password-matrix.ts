import { DIALECTS } from './dialects';
import { DatabaseBinding, DatabaseCredentials, DatabaseEngine, SecretSource } from '../../src';
import { CONNECTION_DIRECTORY, restoreFunctions } from '../../src/backup/engine-backup';
import { ENGINE_BACKUPS } from '../../src/backup/engines/engine-backups';
import { PRELUDE, shellQuote } from '../../src/backup/scripts/shell';
import { database } from '../database/fixtures';
import { ODD_PASSWORDS, REFUSED_PASSWORDS } from '../odd-passwords';
import { kind, podOf, synth, workload } from '../synth';

/** An engine, and the programs that connect to it. */
export interface PasswordCase {
  readonly engine: DatabaseEngine;
  /** The protocol and the engine, as service bindings name them. */
  readonly type: string;
  readonly provider: string;
  /** A command that succeeds if the server accepts the password in the file `$1`. */
  readonly accepts: string;
  /** A command that succeeds if the server accepts the credentials in the URL `$1`, if the engine has such a client. */
  readonly acceptsUrl?: string;
  /** A query whose result is `1` or `PONG`. */
  readonly query: string;
  /** The program of the exporter, whose image starts it without naming it. */
  readonly exporter: string;
  /** Edits the container of the server, to skip slow steps, or to require the password from the same pod too. */
  readonly edit?: (server: any) => void;
}

/** All passwords of the test. The name of the file of a password has its index. */
export const PASSWORDS: readonly string[] = [...ODD_PASSWORDS, ...REFUSED_PASSWORDS];

/** Returns the key of a password in the Secret. */
export function keyOf(index: number): string {
  return `p${String(index).padStart(2, '0')}`;
}

/** The objects of a database with an exporter, and the variables of its client. */
export interface PasswordObjects {
  readonly configMaps: readonly any[];
  readonly pod: any;
  readonly user: string;
  /** The URL, in which `PASSWORD` stands for the password. */
  readonly url: string;
}

/** Synthesizes a database of an engine. */
export function objectsOf({ engine }: PasswordCase): PasswordObjects {
  const objects = synth(chart => {
    const credentials = DatabaseCredentials.fromSecret(SecretSource.fromName('orders-db'), { urlSafe: true });
    const binding = DatabaseBinding.variables({ url: 'URL', user: 'USER', password: 'PASSWORD' });
    workload(chart).add(database(chart, { engine, credentials, metrics: {} }).client({ binding }));
  });
  const [client] = kind(objects, 'Deployment').spec.template.spec.containers;
  const variable = (wanted: string): string => client.env.find(({ name }: any) => name === wanted).value;
  return {
    configMaps: objects
      .filter(object => object.kind === 'ConfigMap')
      .map(({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata, namespace: undefined } })),
    pod: podOf(objects.filter(object => object.kind === 'StatefulSet')),
    user: variable('USER'),
    url: variable('URL')
      .replace('$(USER)', variable('USER'))
      .replace('$(PASSWORD)', 'PASSWORD')
      .replace(/@[^:/]+/, '@127.0.0.1'),
  };
}

/** Waits until the exporter has reached the server with the same password. */
const exporterCheck = (port: number, type: string) => `
    touch /sync/start-$name
    result="$result, exporter down"
    for i in $(seq 50); do
      if exec 3<> /dev/tcp/127.0.0.1/${port} && printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3 &&
        grep -qx '${DIALECTS[type].up}' <&3; then result="\${result%,*}"; break; fi
      sleep 0.4
    done 2> /dev/null
    touch /sync/stop-$name
    until [ -e /sync/stopped-$name ]; do sleep 0.1; done`;

/** Connects as a backup does, with files of the connection. */
function backupCheck({ provider, query }: PasswordCase): string {
  return `${PRELUDE}${restoreFunctions(ENGINE_BACKUPS[provider])}
connect
export POSTGRES_DB=app
run_query ${shellQuote(query)}`;
}

/** The commands of the probes of a container. */
function probesOf({ startupProbe, readinessProbe, livenessProbe }: any): string[][] {
  return [startupProbe, readinessProbe, livenessProbe].flatMap(probe => (probe?.exec ? [probe.exec.command] : []));
}

/**
 * Starts the server with each password, and prints whether its probes, clients, a backup and the exporter can use it,
 * and whether a log or an argument of a program contains the password.
 */
export function serverLoop(subject: PasswordCase, { pod, user, url }: PasswordObjects, exporterPort?: number): string {
  const { type, accepts, acceptsUrl = 'true' } = subject;
  const [server] = pod.containers;
  const { mountPath } = server.volumeMounts.find(({ name }: any) => name === 'data');
  return `
accepts() { ${accepts} > /dev/null 2>&1; }
accepts_url() { ${acceptsUrl} > /dev/null 2>&1; }
probes() {
  ${probesOf(server)
    .map(command => `timeout 20 ${command.map(shellQuote).join(' ')}`)
    .join(' &&\n  ')}
}
printf wrong > /tmp/wrong
url=${shellQuote(url)}
cd ${CONNECTION_DIRECTORY}
printf 127.0.0.1 > host
printf ${server.ports[0].containerPort} > port
printf ${user} > username
printf app > database
cd /
for file in /passwords/*; do
  name=$(basename "$file")
  find ${mountPath} -mindepth 1 -delete
  cat "$file" > /run/secrets/database/password
  cat "$file" > ${CONNECTION_DIRECTORY}/password
  "$@" > /tmp/log 2>&1 &
  server=$!
  result=refused
  for i in $(seq 400); do
    if accepts "$file"; then result=accepted; break; fi
    kill -0 $server 2> /dev/null || break
    sleep 0.4
  done
  if [ $result = accepted ]; then
    accepts /tmp/wrong && result=open
    probes > /tmp/probes 2>&1 || result="$result, probes failed"
    answer=$(sh -c ${shellQuote(backupCheck(subject))} 2>> /tmp/log)
    [ "$answer" = 1 ] || [ "$answer" = PONG ] || result="$result, backup failed"
    if grep -qE '^[A-Za-z0-9._~-]+$' "$file"; then
      accepts_url "\${url/PASSWORD/"$(cat "$file")"}" || result="$result, URL failed"
    fi
${exporterPort === undefined ? '' : exporterCheck(exporterPort, type)}
  fi
  if [ $(wc -c < "$file") -gt 5 ]; then
    for path in /tmp/log /tmp/probes /sync/exporter-*; do
      if grep -qaF -f "$file" $path 2> /dev/null; then result="$result, printed in $path"; fi
    done
    if [ "$result" != refused ] && grep -qaF -f "$file" /proc/[0-9]*/cmdline 2> /dev/null; then
      result="$result, an argument"
    fi
  fi
  [ "$result" = accepted ] || [ "$result" = refused ] || tail -5 /tmp/log
  echo "RESULT $name $result: $(grep -m 1 "key 'password' of the Secret" /tmp/log)"
  kill -TERM $server 2> /dev/null
  wait $server
done
touch /sync/end
echo END`;
}

/** Starts the exporter with each password that the server accepts, and keeps its log and its arguments. */
export function exporterLoop(variable: string): string {
  return `
until [ -e /sync/end ]; do
  for file in /passwords/*; do
    name=$(basename "$file")
    if [ -e /sync/start-$name ] && [ ! -e /sync/stop-$name ]; then
      export ${variable}="$(cat "$file")"
      "$@" > /sync/exporter-log 2>&1 &
      until [ -e /sync/stop-$name ]; do sleep 0.2; done
      cat /proc/$!/cmdline > /sync/exporter-arguments
      kill $!
      wait $!
      touch /sync/stopped-$name
    fi
  done
  sleep 0.2
done`;
}
