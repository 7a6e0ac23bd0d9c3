import { posix } from 'path';
import { sentence } from '../../checks/message';
import { isWithin } from '../../checks/paths';
import { replicaBounds } from '../../inspect/cluster';
import { concurrentPods, isOnOneNode } from '../../inspect/concurrent-pods';
import { mountAt } from '../../inspect/container-mounts';
import type { Inventory } from '../../inspect/inventory';
import { at, list, text } from '../../inspect/json';
import { describeObject, isDouble, ManifestObject } from '../../inspect/manifest';
import type { Container, Pod, Volume } from '../../inspect/pods';
import { Server, serversOf } from '../../inspect/servers';
import { isNetworkVolume } from '../../inspect/volume-life';
import { isSingleNode, isSinglePod } from '../../predicates/is-single-node';
import type { Problem, Rule } from '../rule';

export const claimHasOneWriter: Rule<'claim-has-one-writer'> = {
  id: 'claim-has-one-writer',
  summary: 'Only one replica writes to a claim.',
  rationale: 'Pods on other nodes do not start, and two database servers on one directory destroy the data.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
  fix: {
    construct: "Use 'PodVolume.claimPerReplica', 'PodVolume.sharedClaim' or a 'StatefulDatabase'.",
    yaml:
      "Use a StatefulSet with 'volumeClaimTemplates', a single replica, or a claim with 'ReadWriteMany'. Set " +
      "'concurrencyPolicy: Forbid' in a CronJob.",
  },
  safeDefault: { what: 'a claim for each replica' },
  check: inventory => {
    const firstUsers = new Map<ManifestObject, Pod>();
    const firstServers = new Map<ManifestObject, Map<string, Pod>>();
    return inventory.pods.flatMap(pod =>
      pod.volumes.flatMap((volume): Problem[] => {
        const shared = sharedDirectory(pod, volume, inventory, firstServers);
        const message = serverProblem(pod, volume, inventory) ?? shared;
        const problem = message === undefined ? claimProblem(pod, volume, inventory, firstUsers) : { message };
        return problem === undefined ? [] : [{ object: pod.object, at: volume.at, ...problem }];
      }),
    );
  },
};

/** Returns the problem with a volume to which several servers write that cannot share a directory. */
function serverProblem(pod: Pod, volume: Volume, inventory: Inventory): string | undefined {
  const isClaim = volume.type === 'persistentVolumeClaim';
  const pods = concurrentPods(pod, replicaBounds(pod, inventory).max);
  const server = isClaim || isNetworkVolume(volume) ? serverOn(pod, volume) : undefined;
  if (!server || !pods) {
    return undefined;
  }
  const directory = isClaim ? `the claim '${claimNameOf(volume)}'` : `the volume '${volume.name}' (${volume.type})`;
  return `${pods.count ?? 'Several'} servers of ${server.image.title} write to ${directory}.`;
}

/** Returns a server that keeps data in a volume, and cannot share its directory with another server. */
function serverOn(pod: Pod, volume: Volume): Server | undefined {
  return serversOf(pod).find(candidate => candidate.image.sharesDirectory !== true && keepsData(candidate, volume));
}

/**
 * Returns the problem with a directory of a claim to which a server of another workload writes too, and records the
 * first workload of each directory.
 */
function sharedDirectory(
  pod: Pod,
  volume: Volume,
  inventory: Inventory,
  firstServers: Map<ManifestObject, Map<string, Pod>>,
): string | undefined {
  const claim = inventory.find('PersistentVolumeClaim', claimNameOf(volume), pod.object);
  const server = claim && !isSingleNode(claim) ? serverOn(pod, volume) : undefined;
  const mount = server && mountAt(server.container, server.dataPath);
  if (!claim || mount?.volume !== volume.name || replicaBounds(pod, inventory).max === 0) {
    return undefined;
  }
  const directory = posix.join(mount.subPath ?? '', posix.relative(mount.path, server!.dataPath));
  const directories = firstServers.get(claim) ?? new Map<string, Pod>();
  firstServers.set(claim, directories);
  const first = directories.get(directory);
  if (first === undefined || isDouble(first.object, pod.object)) {
    directories.set(directory, first ?? pod);
    return undefined;
  }
  return (
    `${server!.image.title} writes to the claim '${claim.name}', but the server in ${describeObject(first.object)} ` +
    'writes to the same directory.'
  );
}

/** Returns the problem with a claim of which one node or pod is the limit, and records the first pod that uses it. */
function claimProblem(
  pod: Pod,
  volume: Volume,
  inventory: Inventory,
  firstUsers: Map<ManifestObject, Pod>,
): Pick<Problem, 'message' | 'severity'> | undefined {
  const claimName = claimNameOf(volume);
  const claim = inventory.find('PersistentVolumeClaim', claimName, pod.object);
  const isForOnePod = isSinglePod(claim);
  const isUsed = pod.containers.some(container =>
    isForOnePod ? mounts(container, volume) : writes(container, volume),
  );
  if (!claim || !isUsed) {
    return undefined;
  }
  const firstUser = firstUsers.get(claim);
  firstUsers.set(claim, pod);
  if (!isSingleNode(claim) || (!isForOnePod && isOnOneNode(pod.spec))) {
    return undefined;
  }
  const { max } = replicaBounds(pod, inventory);
  const verb = isForOnePod ? 'use' : 'write to';
  const limit = isForOnePod ? 'which only one pod at a time can mount' : 'which can only be mounted on one node';
  const pods = concurrentPods(pod, max);
  if (pods) {
    return { message: sentence(`${pods.description} ${verb} the claim '${claimName}', ${limit}`) };
  }
  const isShared =
    firstUser !== undefined &&
    !isDouble(firstUser.object, pod.object) &&
    max > 0 &&
    (isForOnePod || !hasPodAffinity(pod));
  return isShared
    ? {
        message:
          `The claim '${claimName}' can only be mounted ${isForOnePod ? 'by one pod at a time' : 'on one node'}, but ` +
          `${describeObject(firstUser.object)} also ${isForOnePod ? 'uses it' : 'writes to it'}.`,
        // such pods can run one after the other
        severity: [firstUser, pod].some(({ object: { kind } }) => ['Job', 'Pod'].includes(kind)) ? 'info' : undefined,
      }
    : undefined;
}

function claimNameOf({ type, source }: Volume): string | undefined {
  return type === 'persistentVolumeClaim' ? text(source.claimName) : undefined;
}

/** Whether a server keeps data in a directory of a volume that all pods share. */
function keepsData({ container, directories, volumePath }: Server, { name, source }: Volume): boolean {
  const paths = [volumePath, ...directories.map(({ path }) => path)];
  return container.mounts.some(
    mount =>
      mount.volume === name &&
      !mount.readOnly &&
      source.readOnly !== true &&
      mount.subPathVariables.length === 0 &&
      paths.some(path => isWithin(path, mount.path) || isWithin(mount.path, path)),
  );
}

function mounts(container: Container, { name }: Volume): boolean {
  return container.mounts.some(({ volume }) => volume === name) || isBlockDevice(container, name);
}

function writes(container: Container, { name, source }: Volume): boolean {
  return (
    source.readOnly !== true &&
    (container.mounts.some(({ volume, readOnly }) => volume === name && !readOnly) || isBlockDevice(container, name))
  );
}

function isBlockDevice({ content }: Container, volume: string): boolean {
  return list(content.volumeDevices).some(device => at(device, 'name') === volume);
}

/** Pod affinity can keep the pods on the same node. */
function hasPodAffinity({ spec }: Pod): boolean {
  return at(spec, 'affinity', 'podAffinity') !== undefined;
}
