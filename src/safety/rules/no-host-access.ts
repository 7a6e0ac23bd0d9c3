import { at, JsonPath, list, text } from '../../inspect/json';
import type { Container, Pod } from '../../inspect/pods';
import { securityAt, securityOf } from '../../inspect/security';
import { eachPod, Found, Rule } from '../rule';

export const noHostAccess: Rule<'no-host-access'> = {
  id: 'no-host-access',
  summary: 'No pod uses the network, the processes or the ports of its node.',
  rationale:
    'Such a pod reaches services that listen on the node only, or sees the processes of other pods. Two pods with the ' +
    'same host port cannot run on one node. A namespace with Pod Security "baseline" rejects these pods.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  fix: {
    construct: "Use 'AppWorkload', which sets none of these fields, and expose the app with 'exposeViaIngress'.",
    yaml: "Remove 'hostNetwork', 'hostPID', 'hostIPC', 'hostProcess' and 'hostPort', and expose ports with a Service.",
  },
  safeDefault: { what: 'no host namespaces and no host ports' },
  ...eachPod(function* (pod) {
    const namespaces = NAMESPACES.filter(([field]) => at(pod.spec, field) === true);
    for (const [field, shared] of namespaces) {
      yield { at: [...pod.at, field], message: `The pod uses ${shared} of its node.` };
    }
    // the API server sets the host port of each port of such a pod
    const isInHostNetwork = at(pod.spec, 'hostNetwork') === true;
    for (const container of pod.containers) {
      yield* hostProcess(pod, container);
      if (!isInHostNetwork) {
        yield* hostPorts(container);
        yield* probedHosts(container);
      }
    }
  }),
};

const NAMESPACES: readonly [field: string, shared: string][] = [
  ['hostNetwork', 'the network'],
  ['hostPID', 'the process IDs'],
  ['hostIPC', 'the shared memory and message queues'],
];

/** A Windows container that runs as a process of the node. */
function* hostProcess(pod: Pod, container: Container): Iterable<Found> {
  const path = ['windowsOptions', 'hostProcess'];
  if (securityOf(pod, container, ...path) === true) {
    yield {
      at: securityAt(pod, container, ...path),
      message: `Container '${container.name}' runs as a process of its node.`,
    };
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

const HANDLERS: readonly JsonPath[] = [
  ['startupProbe'],
  ['readinessProbe'],
  ['livenessProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** The kubelet connects to such a host in place of the pod. */
function* probedHosts({ name, content, at: containerAt }: Container): Iterable<Found> {
  for (const handler of HANDLERS) {
    for (const action of ['httpGet', 'tcpSocket']) {
      const path = [...handler, action, 'host'];
      const host = text(at(content, ...path));
      if (host) {
        yield {
          at: [...containerAt, ...path],
          message: `'${handler.join('.')}' of container '${name}' connects from the node to '${host}', not to the pod.`,
        };
      }
    }
  }
}
