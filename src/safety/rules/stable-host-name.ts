import { mountAt } from '../../inspect/container-mounts';
import { at, list, text } from '../../inspect/json';
import type { Container, Pod } from '../../inspect/pods';
import { isKept, Server } from '../../inspect/servers';
import { referencesIn } from '../../predicates/variable-references';
import { eachServer, Rule } from '../rule';

export const stableHostName: Rule<'stable-host-name'> = {
  id: 'stable-host-name',
  summary: 'A server that names its data directory after its host keeps its host name.',
  rationale:
    'The name of a pod is its host name, and each new pod of a Deployment has a new name. The new server then starts ' +
    'with an empty directory next to the data of the old one.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/helm/charts/issues/247',
  fix: {
    construct: "Use 'Controller.statefulSet'.",
    yaml: 'Use a StatefulSet, or set a name of the server that does not depend on the host.',
  },
  ...eachServer(function* (server) {
    const { image, container, pod, dataPath } = server;
    if (image.hostDirectory && isKept(server, dataPath) && !keepsName(server)) {
      yield {
        at: container.at,
        message:
          `${image.title} in container '${container.name}' keeps its data in a directory with the name of its pod, ` +
          `which changes with each new pod of a ${pod.object.kind}.`,
      };
    } else if (isKept(server, dataPath) && isRenamed(pod) && isUnderPodName(server)) {
      yield {
        at: container.at,
        message:
          `${image.title} in container '${container.name}' keeps its data in a sub path with the name of its pod, ` +
          `which changes with each new pod of a ${pod.object.kind}.`,
      };
    }
  }),
};

/** The kinds whose pods have a new name each time. */
const RENAMED_KINDS = ['Deployment', 'ReplicaSet', 'ReplicationController', 'DaemonSet'];

/** Whether all pods, one after the other, have the same host name, or the server does not use it. */
function keepsName({ image, container, pod }: Server): boolean {
  return (
    !isRenamed(pod) ||
    pod.spec.hostname !== undefined ||
    pod.spec.hostNetwork === true ||
    container.env.some(({ name, value }) => name === image.hostDirectory?.variable && !namesPod(container, value))
  );
}

/** Whether each new pod has another name. */
function isRenamed({ object }: Pod): boolean {
  return RENAMED_KINDS.includes(object.kind);
}

/** Whether the volume of the data is mounted at a sub path with the name or the address of the pod. */
function isUnderPodName({ container, dataPath }: Server): boolean {
  const variables = mountAt(container, dataPath)?.subPathVariables ?? [];
  return variables.some(variable => namesPod(container, `$(${variable})`));
}

/** Whether a value contains a variable with the name or the address of the pod. */
function namesPod({ content }: Container, value = ''): boolean {
  return referencesIn(value).some(
    reference =>
      reference === 'HOSTNAME' ||
      list(content.env).some(
        variable =>
          at(variable, 'name') === reference &&
          POD_FIELDS.includes(text(at(variable, 'valueFrom', 'fieldRef', 'fieldPath')) ?? ''),
      ),
  );
}

/** The fields of a pod that differ between a pod and its successor. */
const POD_FIELDS = ['metadata.name', 'metadata.uid', 'status.podIP'];
