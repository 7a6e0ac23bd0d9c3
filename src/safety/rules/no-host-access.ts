import { handlersOf } from '../../inspect/handlers';
import { at, list, text } from '../../inspect/json';
import type { Container, Pod } from '../../inspect/pods';
import { debugContainers, securityAt, securityOf } from '../../inspect/security';
import { eachPodWith, Found, Rule } from '../rule';

export const noHostAccess: Rule<'no-host-access'> = {
  id: 'no-host-access',
  summary: 'No pod uses the network, the processes or the ports of its node.',
  rationale:
    'Such a pod reaches services that listen on the node only, or sees the processes of other pods. Two pods with ' +
    'the same host port cannot run on one node. A namespace with Pod Security "baseline" rejects these pods.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  fix: {
    construct: "Use 'AppWorkload', which sets none of these fields, and expose the app with 'exposeViaIngress'.",
    yaml: "Remove 'hostNetwork', 'hostPID', 'hostIPC', 'hostProcess' and 'hostPort', and expose ports with a Service.",
  },
  safeDefault: { what: 'no host namespaces and no host ports' },
  ...eachPodWith(['hostNetwork', 'hostPID', 'hostIPC', 'hostProcess', 'hostPort', 'host'], function* (pod) {
    for (const access of hostAccess(pod)) {
      // agents of a node need access to it
      yield { ...access, severity: pod.object.kind === 'DaemonSet' ? 'info' : undefined };
    }
  }),
};

function* hostAccess(pod: Pod): Iterable<Found> {
  const namespaces = NAMESPACES.filter(([field]) => at(pod.spec, field) === true);
  for (const [field, shared] of namespaces) {
    yield { at: [...pod.at, field], message: `The pod uses ${shared} of its node.` };
  }
  // the API server sets the host port of each port of such a pod
  const isInHostNetwork = at(pod.spec, 'hostNetwork') === true;
  const containers = [...pod.containers, ...debugContainers(pod)];
  yield* hostProcesses(pod, containers);
  for (const container of containers) {
    if (!isInHostNetwork) {
      yield* hostPorts(container);
      yield* probedHosts(container);
    }
  }
}

const NAMESPACES: readonly [field: string, shared: string][] = [
  ['hostNetwork', 'the network'],
  ['hostPID', 'the process IDs'],
  ['hostIPC', 'the shared memory and message queues'],
];

/** Windows containers that run as processes of the node. The setting of the pod counts even if they override it. */
function* hostProcesses(pod: Pod, containers: readonly Container[]): Iterable<Found> {
  const path = ['windowsOptions', 'hostProcess'];
  const found = containers.filter(container => securityOf(pod, container, ...path) === true);
  for (const container of found) {
    yield {
      at: securityAt(pod, container, ...path),
      message: `Container '${container.name}' runs as a process of its node.`,
    };
  }
  if (found.length === 0 && at(pod.spec, 'securityContext', ...path) === true) {
    yield { at: [...pod.at, 'securityContext', ...path], message: 'The pod runs as a process of its node.' };
  }
}

function* hostPorts({ name, content, at: containerAt }: Container): Iterable<Found> {
  for (const [i, port] of list(content.ports).entries()) {
    const hostPort = at(port, 'hostPort');
    if (typeof hostPort === 'number' && hostPort !== 0) {
      yield {
        at: [...containerAt, 'ports', i, 'hostPort'],
        message: `Container '${name}' occupies port ${hostPort} of its node.`,
      };
    }
  }
}

/** The kubelet connects to such a host in place of the pod. */
function* probedHosts(container: Container): Iterable<Found> {
  for (const { content, at: handler } of handlersOf(container)) {
    for (const action of ['httpGet', 'tcpSocket']) {
      const host = text(at(content, action, 'host'));
      if (host) {
        yield {
          at: [...container.at, ...handler, action, 'host'],
          message:
            `'${handler.join('.')}' of container '${container.name}' connects from the node to '${host}', not to ` +
            'the pod.',
        };
      }
    }
  }
}
