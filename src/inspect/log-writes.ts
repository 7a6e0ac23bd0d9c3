import type { JsonPath } from './json';
import type { Container, Pod } from './pods';
import { CONFIG_VOLUMES } from '../facts/kubernetes';

/** A file or directory that a container is told to write its log to. */
export interface LogWrite {
  readonly path: string;
  /** Whether the path is a directory's. */
  readonly isDirectory: boolean;
  /** Where that stands. */
  readonly at: JsonPath;
}

const FILE_VARIABLE = /(?:^|_)LOG(?:S|GING)?_?(?:FILE|FILENAME|FILE_?NAME|FILE_?PATH|OUTPUT)$/i;
const DIRECTORY_VARIABLE = /(?:^|_)LOG(?:S|GING)?_?(?:DIR|DIRECTORY|PATH|FOLDER)$/i;
const OPTION = /^--?(?:log|logs|access-log|error-log)[-_.]?(file|path|dir|directory)(?:=(.*))?$/;
const REDIRECTION = /(?:>>?|\btee(?: -a)?) ?['"]?(\/[\w./-]+\.log)\b/g;

/** Where a container writes its log, as far as its variables and its command line say. */
export function logWrites(container: Container): LogWrite[] {
  const writes: LogWrite[] = [];
  const take = (path: string | undefined, isDirectory: boolean, at: JsonPath) => {
    if (path?.startsWith('/') && path !== '/' && !/^\/(?:dev|proc)\//.test(path)) {
      writes.push({ path: path.replace(/\/+$/, ''), isDirectory, at });
    }
  };
  for (const { name, value, at } of container.env) {
    if (FILE_VARIABLE.test(name)) {
      take(value, false, at);
    } else if (DIRECTORY_VARIABLE.test(name)) {
      take(value, !/\.log$/.test(value ?? ''), at);
    }
  }
  for (const words of ['command', 'args'] as const) {
    container[words].forEach((word, i) => {
      const [, what, value] = OPTION.exec(word) ?? [];
      const at = [...container.at, words, i];
      if (what !== undefined) {
        const path = value ?? container[words][i + 1];
        take(path, what.startsWith('dir') || (what === 'path' && !/\.\w+$/.test(path ?? '')), at);
      }
      for (const [, path] of word.matchAll(REDIRECTION)) {
        take(path, false, at);
      }
    });
  }
  return writes;
}

/** A container beside others of its pod with which it shares a volume. */
export function isBesideOthers(pod: Pod, container: Container): boolean {
  const own = new Set(container.mounts.map(({ volume }) => volume));
  const shared = new Set(
    pod.volumes.filter(({ type, name }) => own.has(name) && !CONFIG_VOLUMES.includes(type)).map(({ name }) => name),
  );
  return pod.containers.some(
    other => other !== container && other.role !== 'init' && other.mounts.some(({ volume }) => shared.has(volume)),
  );
}
