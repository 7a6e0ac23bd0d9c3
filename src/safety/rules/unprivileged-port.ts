import { at, list, texts } from '../../inspect/json';
import { eachContainer, Rule } from '../rule';

export const unprivilegedPort: Rule<'unprivileged-port'> = {
  id: 'unprivileged-port',
  summary: 'every port is one that a process without privileges may listen on',
  rationale: 'a process that is not root cannot listen below 1024 everywhere, and does not start',
  severity: 'warning',
  documentationUrl: 'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
  fix: {
    construct: "give a 'port' from 1024, with 'servicePort' for clients",
    yaml: "listen from 1024, for example on 8080, and map the Service's 'port' to it by 'targetPort'",
  },
  safeDefault: { what: 'a port from 1024' },
  ...eachContainer(function* ({ name, content, at: here }, pod) {
    const allowed =
      texts(at(content, 'securityContext', 'capabilities', 'add')).includes('NET_BIND_SERVICE') ||
      list(at(pod.spec, 'securityContext', 'sysctls')).some(
        sysctl => at(sysctl, 'name') === 'net.ipv4.ip_unprivileged_port_start',
      );
    for (const [i, port] of list(content.ports).entries()) {
      const number = at(port, 'containerPort');
      if (!allowed && typeof number === 'number' && number < 1024) {
        yield { at: [...here, 'ports', i, 'containerPort'], message: `container '${name}' listens on port ${number}` };
      }
    }
  }),
};
