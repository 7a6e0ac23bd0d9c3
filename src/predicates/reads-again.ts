import { readImage } from '../checks/image';
import { isWithin } from '../checks/paths';
import { configFiles } from '../inspect/config-use';
import { handlersOf } from '../inspect/handlers';
import type { Inventory } from '../inspect/inventory';
import { at, texts } from '../inspect/json';
import type { Container, Pod, Variable } from '../inspect/pods';

/** Programs that watch mounted files, by the last element of their repository or command. */
const WATCHING_PROGRAMS = [
  /(?:^|-)(?:local-path-provisioner|reload(?:er)?|watch(?:er)?)(?:-|$)/,
  /^(?:argocd|cephcsi|k8s-sidecar|kube-state-metrics|mcrouter|opa|pilot)$/,
];

/** Directories whose files a web server reads at each request. */
const WEB_ROOTS = ['/usr/share/nginx/html', '/usr/local/apache2/htdocs', '/var/www', '/usr/share/caddy'];

/** Options and variables that tell a program to read its files again. */
const RELOAD = /(?:^|[-_.])(?:hot[-_.]?)?reload(?:$|[-_.])/;
const WATCH = /^watch$|(?:^|[-_.])(?:watch[-_.](?:config|files?)|(?:config|files?)[-_.]watch)(?:$|[-_.])/;
const REFRESH = /(?:^|[-_.])refresh(?:$|[-_.])/;
const REFRESHED = /(?:^|[-_.])(?:config|file|hashrings|overrides)(?=[-_.])/;
const NEGATION = /^(?:no|disable|skip|without)[-_.]/;
const OFF = /^(?:false|no|off|0|0s|disabled)$/i;

/** Options that name a file that a program reads again: the runtime configuration of Loki, Mimir and Tempo. */
const RUNTIME_FILE =
  /^--?(?:runtime-config\.file|receive\.hashrings-file|[\w.-]*overrides?[-_.]?(?:file|config))(?:=(.*))?$/;

/** Files that SSH reads at each connection. */
const READ_AT_EACH_CONNECTION = /(?:^|\/)(?:ssh_)?known_hosts$/;

/** Settings that name such a file. */
const RUNTIME_FILE_SETTINGS = [
  /^[ \t]*per_tenant_override_config\s*:\s*["']?([^\s"']+)/gm,
  /^[ \t]*runtime_config[ \t]*:[ \t]*\r?\n[ \t]+file[ \t]*:[ \t]*["']?([^\s"']+)/gm,
];

/**
 * Settings in a configuration file with which a program reads it again: of Log4j, of Fluent Bit, and the plugin
 * `reload` of CoreDNS.
 */
const RELOAD_SETTINGS = [
  /\bmonitorInterval\s*[=:]\s*"?[1-9]/,
  /^[ \t]*hot_reload(?:[ \t]*:[ \t]*|[ \t]+)(?:on|true)\b/im,
  /^[ \t]*reload(?:[ \t]+\d\w+)*[ \t]*$/m,
];

/**
 * Whether a container of a pod reads the files of a volume again while it runs, so that a change needs no new pods. A
 * mount with `subPath` does not show changes.
 */
export function readsAgain(pod: Pod, volume: string, inventory: Inventory): boolean {
  return pod.containers.some(container => {
    const paths = container.mounts
      .filter(mount => mount.volume === volume && mount.subPath === undefined)
      .map(mount => mount.path);
    return (
      paths.length > 0 &&
      (paths.every(path => WEB_ROOTS.some(root => isWithin(path, root))) ||
        watchesFiles(container) ||
        areHookScripts(container, paths) ||
        readsFilesAgain(container, paths, pod, inventory))
    );
  });
}

/** Whether only probes and the preStop hook run files below some paths, which read them at each run. */
function areHookScripts(container: Container, paths: readonly string[]): boolean {
  // these run again while the container runs, or at its end
  const handlers = handlersOf(container).filter(({ name }) => name !== 'postStart');
  const names = (words: readonly string[]) =>
    words.flatMap(word => word.split(/[\s'"=:,;&|()]+/)).some(word => paths.some(path => isWithin(word, path)));
  return (
    handlers.some(({ content }) => names(texts(at(content, 'exec', 'command')))) &&
    !names([...container.command, ...container.args])
  );
}

/** Whether the configuration of a container shows that it reads all files below some paths again. */
function readsFilesAgain(container: Container, paths: readonly string[], pod: Pod, inventory: Inventory): boolean {
  const files = [...configFiles(container, pod, inventory)];
  const mounted = files.filter(([file]) => paths.some(path => isWithin(file, path)));
  const runtimeFiles = [...runtimeFilesOf(container), ...files.flatMap(([, content]) => runtimeFilesIn(content))];
  return (
    mounted.length > 0 &&
    (mounted.every(([file]) => runtimeFiles.includes(file) || READ_AT_EACH_CONNECTION.test(file)) ||
      mounted.some(([, content]) => RELOAD_SETTINGS.some(setting => setting.test(content))))
  );
}

/** Returns the files on a command line that a program reads again. */
function runtimeFilesOf({ command, args }: Container): string[] {
  const words = [...command, ...args].flatMap(word => word.split(/\s+/));
  return words.flatMap((word, i) => {
    const match = RUNTIME_FILE.exec(word);
    return match ? (match[1] ?? words[i + 1] ?? []) : [];
  });
}

function runtimeFilesIn(content: string): string[] {
  return RUNTIME_FILE_SETTINGS.flatMap(setting => [...content.matchAll(setting)].map(([, file]) => file));
}

function watchesFiles({ image, command, args, env }: Container): boolean {
  return (
    [readImage(image).name, lastElement(command[0] ?? '')].some(name =>
      WATCHING_PROGRAMS.some(pattern => pattern.test(name)),
    ) ||
    [...command, ...args].flatMap(word => word.split(/\s+/)).some(isReloadOption) ||
    env.some(isReloadVariable)
  );
}

function isReloadOption(word: string): boolean {
  const [, option, value = ''] = /^--?([\w.-]+)(?:=(.*))?$/.exec(word) ?? [];
  return option !== undefined && turnsOn(option.toLowerCase(), value);
}

function isReloadVariable({ name, value = '' }: Variable): boolean {
  return value !== '' && turnsOn(name.toLowerCase(), value);
}

function turnsOn(name: string, value: string): boolean {
  const isReload = refreshes(name) || [RELOAD, WATCH].some(pattern => pattern.test(name));
  return isReload && !NEGATION.test(name) && !OFF.test(value);
}

/** Whether a name contains `refresh` after what is refreshed. */
function refreshes(name: string): boolean {
  const subject = REFRESHED.exec(name);
  return subject !== null && REFRESH.test(name.slice(subject.index + subject[0].length));
}

function lastElement(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
