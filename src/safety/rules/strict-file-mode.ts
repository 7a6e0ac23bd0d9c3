import { readImage } from '../../checks/image';
import { STRICT_FILES, StrictFile } from '../../facts/strict-files';
import type { Inventory } from '../../inspect/inventory';
import { commonBits, formatMode } from '../../inspect/mode';
import type { Container, Pod } from '../../inspect/pods';
import { securityOf, userOf } from '../../inspect/security';
import { effectiveMode } from '../../predicates/file-access';
import { knownFiles, ProjectedFile, projectedFileAt } from '../../predicates/projected-files';
import { eachPodAmong, Rule } from '../rule';

export const strictFileMode: Rule<'strict-file-mode'> = {
  id: 'strict-file-mode',
  summary: 'A mounted file has a mode that its program accepts.',
  rationale:
    'Some programs check the mode of keys and configuration files. They ignore a file that others can read or ' +
    'change, or they do not start.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/google/trillian/issues/2712',
  fix: {
    construct:
      "Omit 'mode' of the source in 'ConfigFiles'. If the group must not read the file, copy it to a volume in " +
      'memory in an init container, and change its mode there.',
    yaml:
      "Set a stricter 'defaultMode' for the volume: 0444 for configuration, 0400 for keys. If 'fsGroup' adds " +
      "permissions for the group, copy the file to an 'emptyDir' of medium 'Memory' in an init container.",
  },
  ofPod: true,
  ...eachPodAmong(function* (pod, inventory) {
    const reported = new Set<string>();
    for (const container of pod.containers) {
      for (const file of filesOf(pod, container, inventory)) {
        const refusal = STRICT_FILES.find(strict => matches(strict, file.path) && isFor(container, strict));
        const mode = effectiveMode(pod, file.mode);
        if (
          refusal &&
          commonBits(mode, refusal.refusedBits) !== 0 &&
          (!refusal.isOfUser || isRoot(pod, container, file.path)) &&
          !reported.has(file.path)
        ) {
          reported.add(file.path);
          yield { at: file.modeAt, message: messageFor(file, refusal, mode) };
        }
      }
    }
  }),
};

function isFor(container: Container, { images, unchecked }: StrictFile): boolean {
  return (
    (images === undefined || images.test(readImage(container.image).name)) &&
    (unchecked === undefined || !wordsOf(container).some(word => unchecked.test(word)))
  );
}

/** Matches the path of a file, or of a directory whose files are unknown. */
function matches({ path, directory }: StrictFile, file: string): boolean {
  return path.test(file) || (directory?.test(file.replace(/\/\*$/, '')) ?? false);
}

/** Returns the known files, those in the command line and the variables, and one for each other directory. */
function filesOf(pod: Pod, container: Container, inventory: Inventory): ProjectedFile[] {
  const known = knownFiles(pod, container, inventory);
  const named = new Set(wordsOf(container).flatMap(word => word.match(/(?<![\w./-])\/[\w./-]*\w/g) ?? []));
  const directories = container.mounts
    .filter(mount => !known.some(file => file.mount === mount))
    .map(({ path, subPath }) => (subPath === undefined ? `${path}/*` : path));
  return [...known, ...[...named, ...directories].flatMap(path => projectedFileAt(pod, container, path) ?? [])];
}

function wordsOf({ command, args, env }: Container): string[] {
  return [...command, ...args, ...env.map(({ name, value }) => `${name}=${value ?? ''}`)];
}

/** Whether a container runs as root, or reads files in a directory of root and does not set its user. */
function isRoot(pod: Pod, container: Container, path: string): boolean {
  const user = userOf(pod, container);
  const mayBeRoot = user === undefined && securityOf(pod, container, 'runAsNonRoot') !== true;
  return user === 0 || (mayBeRoot && /^\/(?:root|etc\/ssh)\//.test(path));
}

function messageFor({ path, source }: ProjectedFile, { title, reaction }: StrictFile, mode: number): string {
  const isDirectory = path.endsWith('/*');
  return (
    `${source.kind} '${source.name}' contains ${title}${isDirectory ? ` in '${path.slice(0, -2)}'` : ` '${path}'`} ` +
    `with the mode ${formatMode(mode)}, so ${reaction}.`
  );
}
