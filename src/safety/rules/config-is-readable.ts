import { volumeSources } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import { at, list, record } from '../../inspect/json';
import { imageUser } from '../../inspect/known-image';
import { formatMode } from '../../inspect/mode';
import type { Container, Mount, Pod, Volume } from '../../inspect/pods';
import { userOf } from '../../inspect/security';
import { canAccess, effectiveMode } from '../../predicates/file-access';
import { knownFiles, projectedFileAt } from '../../predicates/projected-files';
import { eachPodAmong, Found, Rule } from '../rule';

export const configIsReadable: Rule<'config-is-readable'> = {
  id: 'config-is-readable',
  summary: 'A container can read the ConfigMaps and Secrets that it mounts.',
  rationale: "The files belong to root. With a mode such as 0400, other users get 'permission denied'.",
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/git-sync/issues/34',
  fix: {
    construct: "Use 'AppWorkload', whose 'fsGroup' lets the user of the app read the files.",
    yaml: "Set 'fsGroup' in the 'securityContext' of the pod, and 'defaultMode: 0440' for the volume.",
  },
  ofPod: true,
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      for (const mount of container.mounts) {
        const file = unreadableFile(pod, container, mount, inventory);
        if (file) {
          yield {
            at: file.modeAt,
            message: messageFor(pod, container, file),
            about: inventory.find(file.source.kind, file.source.name, pod.object),
          };
        }
      }
    }
  }),
};

type File = NonNullable<ReturnType<typeof projectedFileAt>>;

/** Returns a file that a container needs and cannot read: one that it names, or any if it can read none. */
function unreadableFile(pod: Pod, container: Container, mount: Mount, inventory: Inventory): File | undefined {
  const volume = pod.volumes.find(({ name }) => name === mount.volume);
  if (volume === undefined || volumeSources(volume).length === 0) {
    return undefined;
  }
  const files = filesIn(pod, container, mount, volume, inventory);
  const refused = files.filter(({ mode }) => canAccess(pod, container, mode, 'read') === false);
  return refused.length === files.length
    ? refused[0]
    : refused.find(({ path }) => texts(container).some(value => value.includes(path)));
}

/** Returns the known files of a mount; otherwise one that stands for all of them. */
function filesIn(pod: Pod, container: Container, mount: Mount, volume: Volume, inventory: Inventory): File[] {
  const known = knownFiles(pod, container, inventory).filter(file => file.mount === mount);
  if (known.length > 0 || !containsOnlyConfig(volume)) {
    return known;
  }
  const file = projectedFileAt(pod, container, mount.subPath === undefined ? `${mount.path}/file` : mount.path);
  return file ? [file] : [];
}

/** Whether a volume contains no files but those of ConfigMaps and Secrets. */
function containsOnlyConfig({ type, source }: Volume): boolean {
  const sources = list(source.sources).map(record);
  return type !== 'projected' || sources.every(({ configMap, secret }) => (configMap ?? secret) !== undefined);
}

function texts({ command, args, env }: Container): string[] {
  return [...command, ...args, ...env.flatMap(({ value }) => value ?? [])];
}

function messageFor(pod: Pod, container: Container, { path, mode, source, mount }: File): Found['message'] {
  const user = userOf(pod, container) ?? imageUser(container.image);
  const hasGroup = at(pod.spec, 'securityContext', 'fsGroup') !== undefined;
  const file = path === `${mount.path}/file` ? `the files in '${mount.path}'` : `'${path}'`;
  return (
    `Container '${container.name}' runs as ${user === undefined ? 'a user other than root' : `user ${user}`}, ` +
    `which cannot read ${file} of ${source.kind} '${source.name}' with the mode ` +
    `${formatMode(effectiveMode(pod, mode))}${hasGroup ? '' : " and without an 'fsGroup'"}.`
  );
}
