import { at, text } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Mount, Pod, Volume } from '../../inspect/pods';
import { NodeControl, nodeControl } from '../../predicates/node-control';
import { nodePathOf } from '../../predicates/node-paths';
import { eachPod, Found, Problem, Rule } from '../rule';

export const noNodeTakeover: Rule<'no-node-takeover'> = {
  id: 'no-node-takeover',
  summary: 'No volume gives a pod control of its node.',
  rationale:
    'A process that reaches the container runtime or the system files of a node can read and change the files and ' +
    'the Secrets of all pods of the node.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
  fix: {
    construct: "Mount a 'PodVolume.emptyDir' or a 'PodVolume.newClaim'.",
    yaml:
      "Remove the volume. An agent of the node mounts only the directories that it needs, with 'readOnly: true'. To " +
      'build images, use a builder that needs no container runtime.',
  },
  ofPod: true,
  check: inventory => [...mountsOfPods.check(inventory), ...inventory.ofKind('PersistentVolume').flatMap(problemOf)],
  exceptions: inventory => mountsOfPods.exceptions!(inventory),
};

const DESCRIPTIONS: Readonly<Record<NodeControl, string>> = {
  runtime: 'reaches the container runtime of the node',
  root: 'contains all files of the node',
  system: 'contains system files of the node',
};

const mountsOfPods = eachPod(function* (pod) {
  for (const volume of pod.volumes.filter(({ type }) => type === 'hostPath')) {
    const mounts = pod.containers.flatMap(container => container.mounts.filter(mount => mount.volume === volume.name));
    const found = mounts.flatMap(mount => problemOfMount(pod, volume, mount) ?? []);
    // an exception does not hide another mount
    const worst = found.find(({ isException }) => !isException) ?? found[0];
    if (worst) {
      yield { ...worst, at: volume.at };
    }
  }
});

function problemOfMount(pod: Pod, volume: Volume, mount: Mount): Omit<Found, 'at'> | undefined {
  const directory = text(volume.source.path) ?? '';
  const path = nodePathOf(pod, mount) ?? directory;
  const control = nodeControl(path);
  // a mount of a harmless directory in such a volume uses its waiver
  const described = control ?? nodeControl(directory);
  return (
    described && {
      message: `Volume '${volume.name}' is '${path}' of the node, which ${DESCRIPTIONS[described]}.`,
      // an agent that observes the containers of its node needs the runtime
      severity: control === 'runtime' && pod.object.kind === 'DaemonSet' ? 'info' : undefined,
      isException: control === undefined || (mount.readOnly && isReadSafely(control, pod)),
    }
  );
}

/** Whether a pod can have read-only access: to system files, and to all files as agents that observe the node. */
function isReadSafely(control: NodeControl, { object }: Pod): boolean {
  return control === 'system' || (control === 'root' && object.kind === 'DaemonSet');
}

/** A PersistentVolume gives the directory to the pods of any namespace that can claim it, also on one node only. */
function problemOf(object: ManifestObject): Problem[] {
  return ['hostPath', 'local'].flatMap(type => {
    const path = text(at(object.content, 'spec', type, 'path'));
    const control = path === undefined ? undefined : nodeControl(path);
    return control === undefined
      ? []
      : [
          {
            object,
            at: ['spec', type],
            message: `The PersistentVolume is '${path}' of its node, which ${DESCRIPTIONS[control]}.`,
          },
        ];
  });
}
