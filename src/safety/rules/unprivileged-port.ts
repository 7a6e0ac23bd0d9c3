import { at, list, texts } from '../../inspect/json';
import { eachContainer, Rule } from '../rule';

export const unprivilegedPort: Rule<'unprivileged-port'> = {
  id: 'unprivileged-port',
  summary: 'Every container port is 1024 or higher.',
  rationale: 'On some clusters, a non-root process cannot bind a lower port and does not start.',
  severity: 'info',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
  fix: {
    construct: "Set 'port' to 1024 or higher, and 'servicePort' to the port for clients.",
    yaml: "Listen on a port of 1024 or higher, for example 8080, and set it as the 'targetPort' of the Service.",
  },
  safeDefault: { what: 'a port of 1024 or higher is required' },
  ...eachContainer(function* (container, pod) {
    const isAllowed =
      texts(at(container.content, 'securityContext', 'capabilities', 'add')).includes('NET_BIND_SERVICE') ||
      list(at(pod.spec, 'securityContext', 'sysctls')).some(
        sysctl => at(sysctl, 'name') === 'net.ipv4.ip_unprivileged_port_start',
      );
    for (const [i, port] of list(container.content.ports).entries()) {
      const number = at(port, 'containerPort');
      if (typeof number === 'number' && number < 1024) {
        yield {
          at: [...container.at, 'ports', i, 'containerPort'],
          message: `Container '${container.name}' listens on port ${number}, which can require privileges.`,
          isException: isAllowed,
        };
      }
    }
  }),
};
