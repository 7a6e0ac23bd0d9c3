import type { JsonPath } from './json';
import type { Container, Pod } from './pods';
import { trimEnd } from '../checks/paths';
import { CONFIG_VOLUMES } from '../facts/kubernetes';

/** A file or directory to which a container writes its log. */
export interface LogWrite {
  readonly path: string;
  readonly isDirectory: boolean;
  /** The variable, or the word of the command line, that contains the path. */
  readonly at: JsonPath;
}

const FILE_VARIABLE = /(?:^|_)LOG(?:S|GING)?_?(?:FILE|FILENAME|FILE_?NAME|FILE_?PATH|OUTPUT)$/i;
const DIRECTORY_VARIABLE = /(?:^|_)LOG(?:S|GING)?_?(?:DIR|DIRECTORY|PATH|FOLDER)$/i;
const OPTION = /^--?(?:log|logs|access-log|error-log)[-_.]?(file|path|dir|directory)(?:=(.*))?$/;
const REDIRECTION = /(?:>>? ?|\btee (?:-a )?)['"]?(\/[\w./-]+\.log)\b/g;

/** Returns the paths to which a container writes its log, according to its variables and command line. */
export function logWrites(container: Container): LogWrite[] {
  return [
    ...container.env.flatMap(variable => writesOfVariable(variable)),
    ...(['command', 'args'] as const).flatMap(words =>
      container[words].flatMap((word, i) => writesOfWord(word, container[words][i + 1], [...container.at, words, i])),
    ),
  ];
}

/** Returns whether a container shares a volume with another container of its pod that is not an init container. */
export function isBesideOthers(pod: Pod, container: Container): boolean {
  const mounted = new Set(container.mounts.map(({ volume }) => volume));
  const shared = new Set(
    pod.volumes.filter(({ type, name }) => mounted.has(name) && !CONFIG_VOLUMES.includes(type)).map(({ name }) => name),
  );
  return pod.containers.some(
    neighbor =>
      neighbor !== container && neighbor.role !== 'init' && neighbor.mounts.some(({ volume }) => shared.has(volume)),
  );
}

function writesOfVariable({ name, value, at }: Container['env'][number]): LogWrite[] {
  if (FILE_VARIABLE.test(name)) {
    return writesTo(value, false, at);
  }
  return DIRECTORY_VARIABLE.test(name) ? writesTo(value, !/\.log$/.test(value ?? ''), at) : [];
}

function writesOfWord(word: string, next: string | undefined, at: JsonPath): LogWrite[] {
  const redirections = [...word.matchAll(REDIRECTION)].flatMap(([, path]) => writesTo(path, false, at));
  const [, option, value = next] = OPTION.exec(word) ?? [];
  if (option === undefined) {
    return redirections;
  }
  const isDirectory = option.startsWith('dir') || (option === 'path' && !/\.\w+$/.test(value ?? ''));
  return [...writesTo(value, isDirectory, at), ...redirections];
}

function writesTo(path: string | undefined, isDirectory: boolean, at: JsonPath): LogWrite[] {
  return path?.startsWith('/') && path !== '/' && !/^\/(?:dev|proc)\//.test(path)
    ? [{ path: trimEnd(path, '/'), isDirectory, at }]
    : [];
}
