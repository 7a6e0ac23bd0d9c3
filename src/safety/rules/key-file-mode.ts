import { databaseServers, mountAt, optionOf } from '../../inspect/databases';
import { at, list, number } from '../../inspect/json';
import { groupHasRights, othersHaveRights } from '../../inspect/mode';
import type { Volume } from '../../inspect/pods';
import { eachPod, Rule } from '../rule';

export const keyFileMode: Rule<'key-file-mode'> = {
  id: 'key-file-mode',
  summary: 'a private key can be read by its owner alone',
  rationale: 'the server refuses a key that others may read, and does not start',
  severity: 'warning',
  documentationUrl: 'https://github.com/docker-library/postgres/issues/777',
  fix: {
    construct:
      "mount it by 'ConfigSource.fromSecret' with 'mode: 0o400', or copy it in an init container to a volume in memory",
    yaml:
      "give the Secret's volume 'defaultMode: 0400'; where 'fsGroup' adds the group's rights, copy the key in an " +
      "init container to an 'emptyDir' of medium 'Memory'",
  },
  ...eachPod(function* (pod) {
    for (const { image, container } of databaseServers(pod)) {
      const words = [...container.command, ...container.args];
      const isMongo = image.id === 'mongodb';
      const key = isMongo ? optionOf(words, '--keyFile') : /ssl_key_file\s*=\s*'?([^\s']+)/.exec(words.join(' '))?.[1];
      const mount = key === undefined ? undefined : mountAt(container, key);
      const volume = pod.volumes.find(({ name }) => name === mount?.volume);
      const mode = modeOf(volume, key);
      // MongoDB grants nothing to the group, which the kubelet does where there is an fsGroup
      const isShared =
        isMongo &&
        mode !== undefined &&
        (groupHasRights(mode) || at(pod.spec, 'securityContext', 'fsGroup') !== undefined);
      if (volume && mode !== undefined && (othersHaveRights(mode) || isShared)) {
        yield {
          at: volume.at,
          message:
            `the key '${key}' of ${image.title} has the mode ` +
            `0${mode.toString(8)}${isShared ? ", and the group's rights" : ''}, so that others than its owner may ` +
            'read it',
        };
      }
    }
  }),
};

/** The mode of a file from a Secret; other volumes say none. */
function modeOf(volume: Volume | undefined, path: string | undefined): number | undefined {
  if (volume?.type !== 'secret' && volume?.type !== 'projected') {
    return undefined;
  }
  const item = list(volume.source.items).find(entry => path?.endsWith(`/${String(at(entry, 'path'))}`));
  return number(at(item, 'mode')) ?? number(volume.source.defaultMode) ?? 0o644;
}
