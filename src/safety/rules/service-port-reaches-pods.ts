import type { Inventory } from '../../inspect/inventory';
import { at, list, wholeNumber, record, text } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Pod } from '../../inspect/pods';
import type { Problem, Rule } from '../rule';

export const servicePortReachesPods: Rule<'service-port-reaches-pods'> = {
  id: 'service-port-reaches-pods',
  summary: 'The target port of a Service is a port that its pods have and that their network policies admit.',
  rationale: 'Connections to any other port of the Service fail, although the pods are ready.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  fix: {
    construct:
      "Add the port to 'ports' of the 'AppWorkload', which opens it in the NetworkPolicy, and use its Service.",
    yaml: "Set 'targetPort' to a port of a container, and admit this port in the NetworkPolicy of the pods.",
  },
  check: inventory => {
    const pods = inventory.podsSelectedBy('Service');
    return inventory.ofKind('Service').flatMap(service => problemsOf(service, pods.get(service) ?? [], inventory));
  },
};

/** A port of a Service. */
interface ServicePort {
  readonly target: string | number;
  readonly protocol: string;
}

/** A port of a container. */
interface ContainerPort {
  readonly name?: string;
  readonly number?: number;
  readonly protocol: string;
}

function problemsOf(object: ManifestObject, pods: readonly Pod[], inventory: Inventory): Problem[] {
  const { clusterIP, selector, ports } = record(at(object.content, 'spec'));
  // clients of a headless Service connect to the pods, and an empty selector selects none
  if (clusterIP === 'None' || Object.keys(record(selector)).length === 0 || pods.length === 0) {
    return [];
  }
  return list(ports).flatMap((value, i) => {
    const port = servicePort(value);
    const message = port && problemOf(port, pods, inventory);
    return message === undefined
      ? []
      : { object, about: pods[0].object, at: ['spec', 'ports', i, 'targetPort'], message };
  });
}

/** Returns a port of a Service; `undefined` if its fields have other types. */
function servicePort(value: unknown): ServicePort | undefined {
  const { targetPort, port, protocol } = record(value);
  const target = targetPort ?? port;
  return typeof target === 'string' || typeof target === 'number'
    ? { target, protocol: text(protocol) ?? 'TCP' }
    : undefined;
}

function problemOf(port: ServicePort, pods: readonly Pod[], inventory: Inventory): string | undefined {
  const { target, protocol } = port;
  const named = typeof target === 'string' && !/^\d+$/.test(target);
  const reached = pods.filter(pod => !named || portsOf(pod).some(container => isTarget(container, port)));
  if (reached.length === 0) {
    return `No container of the pods has a ${protocol} port named '${target}'.`;
  }
  if (reached.some(pod => isAdmitted(port, pod, inventory))) {
    return undefined;
  }
  const isDeclared = reached.some(pod => portsOf(pod).some(container => isTarget(container, port)));
  return `No NetworkPolicy of the pods admits the ${protocol} port ${target}${
    isDeclared ? '.' : ', and no container declares it.'
  }`;
}

function portsOf({ containers }: Pod): ContainerPort[] {
  return containers
    .filter(({ role }) => role !== 'init')
    .flatMap(({ content }) => list(content.ports))
    .map(port => ({
      name: text(at(port, 'name')),
      number: wholeNumber(at(port, 'containerPort')),
      protocol: text(at(port, 'protocol')) ?? 'TCP',
    }));
}

function isTarget(container: ContainerPort, { target, protocol }: ServicePort): boolean {
  return container.protocol === protocol && (container.name === target || container.number === Number(target));
}

/**
 * Whether the network policies of a pod admit a port from any peer. Policies that admit nothing count as open, because
 * the policies that admit clients can be elsewhere, and so do policies that are not evaluated.
 */
function isAdmitted(port: ServicePort, pod: Pod, inventory: Inventory): boolean {
  const rules = inventory
    .selecting('NetworkPolicy', pod, 'spec', 'podSelector')
    .flatMap(({ content }) => list(at(content, 'spec', 'ingress')));
  return (
    rules.length === 0 ||
    pod.spec.hostNetwork === true ||
    inventory.selecting('CiliumNetworkPolicy', pod, 'spec', 'endpointSelector').length > 0 ||
    rules.some(rule => admits(list(at(rule, 'ports')), port, pod))
  );
}

/** Whether the ports of an ingress rule contain the target; a rule without ports admits all. */
function admits(ports: readonly unknown[], { target, protocol }: ServicePort, pod: Pod): boolean {
  return (
    ports.length === 0 ||
    ports.some(entry => {
      const { port, endPort } = record(entry);
      if ((text(at(entry, 'protocol')) ?? 'TCP') !== protocol) {
        return false;
      }
      const first = numbersOf(port, protocol, pod);
      return (
        port === undefined ||
        numbersOf(target, protocol, pod).some(
          wanted => first.includes(wanted) || (wanted > Number(port) && wanted <= (wholeNumber(endPort) ?? 0)),
        )
      );
    })
  );
}

/** Returns the numbers of a port of a pod, which can have a name. */
function numbersOf(port: unknown, protocol: string, pod: Pod): number[] {
  return /^\d+$/.test(String(port))
    ? [Number(port)]
    : portsOf(pod).flatMap(container =>
        container.name === port && container.protocol === protocol ? (container.number ?? []) : [],
      );
}
