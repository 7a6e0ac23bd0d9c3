import { configFiles } from './config-use';
import { inventoryOf } from './pod-inventory';
import type { Container, Mount, Pod } from './pods';
import { copiesIn, expand, shellWords, writesIn } from './shell';
import { keptByObject } from '../checks/memo';
import { isWithin, withoutTrailingSlashes } from '../checks/paths';

/** The files of a container by path. The content of a file that a program writes is `undefined`. */
export type Files = ReadonlyMap<string, string | undefined>;

/**
 * Returns the files that a container reads from ConfigMaps, and those that init containers or its own start script copy
 * or write. Other files are unknown.
 */
export function filesOf(pod: Pod, container: Container): Files {
  return filesOfContainer(container, pod);
}

const filesOfContainer = keptByObject((container: Container, pod: Pod): Files => {
  const files = mountedFiles(pod, container);
  for (const writer of pod.containers.filter(({ role }) => role === 'init')) {
    for (const [path, content] of writtenFiles(writer, mountedFiles(pod, writer))) {
      pathsIn(container, writer, path).forEach(seen => files.set(seen, content));
    }
  }
  writtenFiles(container, files).forEach((content, path) => files.set(path, content));
  return files;
});

/** Returns the scripts of a command line, and those in the files that it runs. */
export function scriptsOf({ command, args }: Container, files: Files): string[] {
  const scripts = [...command, ...args].filter(word => /\s/.test(word));
  const words = new Set([...command, ...args, ...scripts.flatMap(shellWords)]);
  for (const [path, content] of files) {
    if (content !== undefined && words.has(path)) {
      scripts.push(content);
      shellWords(content).forEach(word => words.add(word));
    }
  }
  return scripts;
}

function mountedFiles(pod: Pod, container: Container): Map<string, string | undefined> {
  const inventory = inventoryOf(pod);
  return new Map(inventory ? configFiles(container, pod, inventory) : []);
}

/** Returns the files that the scripts of a container write, by its own paths. */
function writtenFiles(writer: Container, files: Files): Map<string, string | undefined> {
  const written = new Map<string, string | undefined>();
  const valueOf = (name: string) => writer.env.find(variable => variable.name === name)?.value;
  const commands = [[...writer.command, ...writer.args].join(' '), ...scriptsOf(writer, files)].map(script =>
    expand(script, valueOf),
  );
  for (const { from, to } of commands.flatMap(copiesIn)) {
    const copies = [...files].filter(([path]) => isWithin(path, from.replace(/\/(?:\.|\*)?$/, '')));
    if (copies.length === 0) {
      written.set(targetOf(from, to), undefined);
    }
    for (const [path, content] of copies) {
      written.set(path === from ? targetOf(from, to) : `${withoutTrailingSlashes(to)}/${nameOf(path)}`, content);
    }
  }
  commands.flatMap(writesIn).forEach(path => written.set(path, undefined));
  return written;
}

/** Returns the path of a copy. A target without an ending is a directory. */
function targetOf(from: string, to: string): string {
  return to.endsWith('/') || !nameOf(to).includes('.') ? `${withoutTrailingSlashes(to)}/${nameOf(from)}` : to;
}

/** Returns the paths at which a container sees a file that another container of its pod writes. */
function pathsIn(container: Container, writer: Container, path: string): string[] {
  const [source] = writer.mounts
    .filter(mount => mount.path !== '' && isWithin(path, mount.path))
    .sort((a, b) => b.path.length - a.path.length);
  if (source === undefined) {
    return [];
  }
  const inVolume = joined(source.subPath, path.slice(source.path.length));
  return container.mounts
    .filter(mount => mount.volume === source.volume && isWithin(inVolume, rootOf(mount)))
    .map(mount => joined(mount.path, inVolume.slice(rootOf(mount).length)));
}

/** Returns the directory of the volume that a mount shows, with a slash in front. */
function rootOf({ subPath }: Mount): string {
  return subPath === undefined ? '' : joined('', subPath);
}

function joined(directory = '', path = ''): string {
  return `/${directory}/${path}`.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
}

function nameOf(path: string): string {
  return withoutTrailingSlashes(path).slice(withoutTrailingSlashes(path).lastIndexOf('/') + 1);
}
