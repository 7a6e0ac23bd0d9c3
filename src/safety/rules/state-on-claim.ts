import { isWithin } from '../../checks/paths';
import { CONFIG_VOLUMES } from '../../facts/kubernetes';
import { settingsOf } from '../../inspect/command-line';
import { lastingMounts, mountAt, volumeOf } from '../../inspect/container-mounts';
import { at } from '../../inspect/json';
import { hidingVolume, isKept, knownPaths, Server } from '../../inspect/servers';
import { variablesOf } from '../../inspect/variables';
import { isUnconfigured, isUsedAsCache } from '../../predicates/is-unconfigured';
import { eachServer, Rule } from '../rule';

export const stateOnClaim: Rule<'state-on-claim'> = {
  id: 'state-on-claim',
  summary: 'A server keeps its data on a volume that outlives its pod.',
  rationale: 'On any other volume, the data is lost with the container or the pod.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/',
  fix: {
    construct: "Use a 'StatefulDatabase', or mount a 'PodVolume.claimPerReplica'.",
    yaml: "Use a StatefulSet with a claim in 'volumeClaimTemplates', mounted where the image keeps its data.",
  },
  safeDefault: { what: 'a claim for each replica of a database' },
  ...eachServer(function* (server) {
    const { image, container, dataPath, configured } = server;
    const mount = mountAt(container, dataPath);
    const keepsData = configured.isKnown && configured.keepsNothing === false;
    if (!keepsData || hasLastingMount(server) || isUnknown(server) || isDisposable(server) || isReadOnly(server)) {
      return;
    }
    const isReplicated = replicates(server);
    yield {
      at: mount?.at ?? container.at,
      severity: isReplaceable(server) ? 'info' : isReplicated ? 'warning' : 'error',
      message:
        `${image.title} in container '${container.name}' keeps its data at '${dataPath}' ${describe(server)}` +
        (isReplicated ? ', so each new pod starts without data, and a restart of all pods loses it.' : '.'),
    };
  }),
};

/**
 * Whether a lasting volume contains a part of the state, or is mounted at another path of the image. The rule
 * `data-directory-mount` checks the exact path.
 */
function hasLastingMount(server: Server): boolean {
  const { pod, container, directories, volumePath } = server;
  const paths = [volumePath, ...directories.map(({ path }) => path)];
  return (
    directories.some(({ path }) => isKept(server, path)) ||
    lastingMounts(pod, container).some(
      ({ path: mountPath }) =>
        paths.some(path => isWithin(path, mountPath) || isWithin(mountPath, path)) ||
        knownPaths(server).includes(mountPath),
    )
  );
}

/**
 * Whether the state can be in another directory or server, and no volume at a directory of the image shows that it is
 * not: configuration moves it, or the image is unknown and has another volume.
 */
function isUnknown(server: Server): boolean {
  const { image, isConfigured, isKnownImage, container, pod } = server;
  const paths = knownPaths(server);
  const hasOtherVolume = lastingMounts(pod, container).some(({ readOnly }) => !readOnly);
  const canBeMoved = isConfigured && (hasOtherVolume || image.canKeepStateElsewhere === true);
  return (
    (canBeMoved || (!isKnownImage && hasOtherVolume)) && !container.mounts.some(({ path }) => paths.includes(path))
  );
}

/** Whether a bare pod has no volume for the data. It is never replaced, so its data is meant to be lost. */
function isDisposable({ pod, container, dataPath }: Server): boolean {
  return pod.object.kind === 'Pod' && mountAt(container, dataPath) === undefined;
}

/** Whether other servers have copies of the data. */
function replicates({ image, pod, container }: Server): boolean {
  return (pod.replicas ?? 1) > 1 && image.replicates?.test(settingsOf(container, variablesOf(pod, container))) === true;
}

/** Whether the data is meant to be lost, or created again at each start. */
function isReplaceable(server: Server): boolean {
  return isUnconfigured(server) || isUsedAsCache(server) || isProvisioned(server);
}

/** Whether a ConfigMap contains the files from which the server creates its state at each start. */
function isProvisioned({ image: { provisioning }, pod, container }: Server): boolean {
  return (
    provisioning !== undefined &&
    container.mounts.some(mount => {
      const type = volumeOf(pod, mount)?.type;
      return isWithin(mount.path, provisioning) && type !== undefined && CONFIG_VOLUMES.includes(type);
    })
  );
}

/** Whether the server cannot write its data, so that it does not start: see `writable-paths-exist`. */
function isReadOnly(server: Server): boolean {
  const { container, dataPath, isKnownImage } = server;
  return (
    isKnownImage &&
    at(container.content, 'securityContext', 'readOnlyRootFilesystem') === true &&
    mountAt(container, dataPath) === undefined &&
    hidingVolume(server, dataPath) === undefined
  );
}

/** Describes the storage of the data: `in the emptyDir 'data'`. */
function describe(server: Server): string {
  const { container, dataPath, pod, isKnownImage } = server;
  const mount = mountAt(container, dataPath);
  const hiding = hidingVolume(server, dataPath, mount);
  if (hiding !== undefined) {
    return 'in a volume of its image, which is new in each container';
  }
  if (mount) {
    return `in the ${volumeOf(pod, mount)?.type ?? 'volume'} '${mount.volume}'`;
  }
  return isKnownImage ? 'in the writable layer of the container' : 'on no volume of the pod';
}
