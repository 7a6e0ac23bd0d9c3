import { commandLine, databaseServers, mountAt } from '../../inspect/databases';
import { at, list, wholeNumber } from '../../inspect/json';
import { groupHasRights, othersHaveRights } from '../../inspect/mode';
import type { Volume } from '../../inspect/pods';
import { effectiveMode } from '../../predicates/file-access';
import { eachPod, Rule } from '../rule';

export const keyFileMode: Rule<'key-file-mode'> = {
  id: 'key-file-mode',
  summary: 'Only the owner of a private key can read it.',
  rationale: 'The server refuses a key that others can read, and does not start.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/docker-library/postgres/issues/777',
  fix: {
    construct:
      "Mount the key with 'ConfigSource.fromSecret', which sets the mode 0400. If the group must not read it, copy " +
      'it to a volume in memory in an init container.',
    yaml:
      "Set 'defaultMode: 0400' for the volume of the Secret. If 'fsGroup' adds permissions for the group, copy the " +
      "key to an 'emptyDir' of medium 'Memory' in an init container.",
  },
  ...eachPod(function* (pod) {
    for (const { image, container } of databaseServers(pod)) {
      const key = image.keyFile?.pattern.exec(commandLine(container))?.[1];
      const mount = key === undefined ? undefined : mountAt(container, key);
      const volume = pod.volumes.find(({ name }) => name === mount?.volume);
      const mode = modeOf(volume, key);
      if (volume && mode !== undefined) {
        const isGroupRefused = groupHasRights(effectiveMode(pod, mode)) && !image.keyFile!.allowsGroup;
        if (othersHaveRights(mode) || isGroupRefused) {
          yield { at: volume.at, message: messageFor(image.title, key!, mode, isGroupRefused) };
        }
      }
    }
  }),
};

function messageFor(title: string, key: string, mode: number, isGroupRefused: boolean): string {
  const readers = othersHaveRights(mode) ? 'every user' : 'its group';
  const permissions = isGroupRefused ? ` with permissions for 'fsGroup'` : '';
  return `The key '${key}' of ${title} has the mode 0${mode.toString(8)}${permissions}, so ${readers} can read it.`;
}

/** Returns the mode of a file from a Secret. The mode of files in other volumes is unknown. */
function modeOf(volume: Volume | undefined, path: string | undefined): number | undefined {
  if (volume?.type !== 'secret' && volume?.type !== 'projected') {
    return undefined;
  }
  const items = [volume.source, ...list(volume.source.sources).map(source => at(source, 'secret'))].flatMap(source =>
    list(at(source, 'items')),
  );
  const item = items.find(entry => path?.endsWith(`/${String(at(entry, 'path'))}`));
  return wholeNumber(at(item, 'mode')) ?? wholeNumber(volume.source.defaultMode) ?? 0o644;
}
