import { Chart } from 'cdk8s';
import { INetworkPolicyPeer, IPodSelector, NetworkPolicyPort, NetworkProtocol } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { peerPolicy } from './companions';
import type { Identity } from './identity';
import { NetworkPeer } from './network-peer';
import { networkPolicy, PolicyPort, PolicyRules, tcp } from './network-policy';
import { fail } from '../checks/fail';
import { compareBy } from '../checks/order';
import { checkPort } from '../checks/values';
import { NAMESPACE_LABEL } from '../facts/network';
import { refuseAfterSynthesis } from '../objects/synthesis';
import { isWaived } from '../safety/waiver';

/** A connection to or from another workload of the app. */
interface Connection {
  readonly peer: WorkloadNetwork;
  readonly ports: readonly PolicyPort[];
}

/** The connections of one direction. */
interface Connections {
  /** The connections with a separate NetworkPolicy. */
  readonly defined: Connection[];
  /** The connections that a call on the peer allows. They are rules of the policy that closes the pods. */
  readonly implied: Connection[];
}

/** A workload whose policy follows calls on other workloads. */
interface NetworkedWorkload {
  readonly _network: WorkloadNetwork;
}

/**
 * The network policies of one workload: the one that closes its pods, and one for each peer.
 *
 * A call on one of two workloads allows both sides of a connection.
 */
export class WorkloadNetwork {
  private readonly closedPorts = new Set<number>();
  private readonly from: Connections = { defined: [], implied: [] };
  private readonly to: Connections = { defined: [], implied: [] };
  private policies = 0;

  /**
   * @param declared the ports that the workload listens on
   * @param open the ports that every client can reach until `allowFrom` is called for them
   */
  constructor(
    private readonly scope: Construct & IPodSelector,
    private readonly identity: Identity,
    private readonly declared: readonly PolicyPort[],
    private readonly open: readonly PolicyPort[] = declared,
  ) {}

  /** The namespace and the name, which the rules are sorted by. */
  public get key(): string {
    return `${this.namespace ?? ''}/${this.identity.name}`;
  }

  /** Returns the rules for the connections without a separate policy; called at synthesis. */
  public rules(): Required<PolicyRules> {
    const open = this.openPorts;
    const from = uncovered(this.from, open);
    return {
      ingress: [
        ...(open.length > 0 ? [{ ports: open }] : []),
        ...from.map(({ peer, ports }) => ({ from: [this.selectorOf(peer)], ports })),
      ],
      egress: uncovered(this.to, []).map(({ peer, ports }) => ({ to: [this.selectorOf(peer)], ports })),
    };
  }

  public allowFrom(peer: INetworkPolicyPeer, ports: readonly number[]): void {
    refuseAfterSynthesis(this.scope);
    ports.forEach(port => checkPort(this.scope, "the port of 'allowFrom'", port));
    if (ports.length === 0 && this.declared.length === 0) {
      fail(
        this.scope,
        "'allowFrom' has no port, because the workload has none.",
        "Set 'port', or pass the ports to 'allowFrom'.",
      );
    }
    if (peer instanceof NetworkPeer && peer._udpPorts.length > 0) {
      fail(
        this.scope,
        "The peer of 'allowFrom' has UDP ports, but clients connect to the ports of the workload.",
        "Remove '.udp(...)', and set the protocol of the port in 'ports'.",
      );
    }
    const targets = ports.length > 0 ? ports : this.declared.map(({ port }) => port);
    targets.forEach(port => this.closedPorts.add(port));
    const policyPorts = this.portsOf(ports);
    const network = networkOf(peer);
    if (network) {
      this.checkReachable(network);
      this.from.defined.push({ peer: network, ports: policyPorts });
      network.to.implied.push({ peer: this, ports: policyPorts });
      this.define({ ingress: [{ from: [this.selectorOf(network)], ports: policyPorts }] });
    } else if (peer instanceof NetworkPeer) {
      peer._check(this.scope);
      this.define({ ingress: [{ from: peer._rules(), ports: policyPorts }] });
    } else {
      this.definePeer({ ingress: { rules: [{ peer, ports: policyPorts.map(peerPort) }] } });
    }
  }

  public allowTo(peer: INetworkPolicyPeer, ports: readonly number[]): void {
    refuseAfterSynthesis(this.scope);
    ports.forEach(port => checkPort(this.scope, "the port of 'allowTo'", port));
    const network = networkOf(peer);
    if (network) {
      this.allowToWorkload(network, ports);
    } else if (peer instanceof NetworkPeer) {
      peer._check(this.scope);
      const policyPorts = [...(ports.length > 0 ? tcp(...ports) : peer._defaultPorts), ...peer._udpPorts];
      this.defineEgress({ to: peer._rules(), ports: policyPorts.length > 0 ? policyPorts : undefined });
    } else if (!this.isOpen) {
      const policyPorts = ports.length > 0 ? ports.map(port => NetworkPolicyPort.tcp(port)) : undefined;
      this.definePeer({ egress: { rules: [{ peer, ports: policyPorts }] } });
    }
  }

  /** Whether nothing closes the pods. The first policy would. */
  private get isOpen(): boolean {
    return isWaived(this.scope, 'network-policy');
  }

  private get openPorts(): PolicyPort[] {
    return this.open.filter(({ port }) => !this.closedPorts.has(port));
  }

  private get namespace(): string | undefined {
    return this.identity.namespace ?? Chart.of(this.scope).namespace;
  }

  private allowToWorkload(network: WorkloadNetwork, ports: readonly number[]): void {
    if (ports.length === 0 && network.declared.length === 0) {
      fail(
        this.scope,
        `'allowTo' has no port, because '${network.identity.name}' has none.`,
        "Pass the ports to 'allowTo'.",
      );
    }
    this.checkReachable(network);
    const policyPorts = network.portsOf(ports);
    this.to.defined.push({ peer: network, ports: policyPorts });
    network.from.implied.push({ peer: this, ports: policyPorts });
    this.defineEgress({ to: [this.selectorOf(network)], ports: policyPorts });
  }

  private defineEgress(rule: object): void {
    if (!this.isOpen) {
      this.define({ egress: [rule] });
    }
  }

  private define(rules: PolicyRules): void {
    const id = this.nextId();
    networkPolicy(this.scope, id, { ...this.identity, name: `${this.identity.name}-${id}` }, () => rules);
  }

  private definePeer(rules: Parameters<typeof peerPolicy>[3]): void {
    peerPolicy(this.scope, this.nextId(), this.identity, rules);
  }

  private nextId(): string {
    return `policy-${this.policies++}`;
  }

  /** Returns ports with the protocols that the workload has on them, TCP for those that it does not declare. */
  private portsOf(ports: readonly number[]): PolicyPort[] {
    if (ports.length === 0) {
      return [...this.declared];
    }
    return ports.flatMap(port => {
      const declared = this.declared.filter(candidate => candidate.port === port);
      return declared.length > 0 ? declared : tcp(port);
    });
  }

  private selectorOf({ identity, namespace }: WorkloadNetwork): object {
    return {
      podSelector: { matchLabels: { ...identity.podLabels } },
      namespaceSelector: namespace === this.namespace ? undefined : { matchLabels: { [NAMESPACE_LABEL]: namespace } },
    };
  }

  /** Refuses a connection to a namespace that is not known. */
  private checkReachable(network: WorkloadNetwork): void {
    const unnamed = [this, network].filter(({ namespace }) => namespace === undefined);
    if (unnamed.length === 1) {
      fail(
        this.scope,
        `'${unnamed[0].identity.name}' has no namespace, but its peer is in another one.`,
        "Set 'namespace' of the chart.",
      );
    }
  }
}

/** Returns the implied connections with the ports that neither a separate policy nor the open ports contain. */
function uncovered({ defined, implied }: Connections, open: readonly PolicyPort[]): Connection[] {
  const covered = [...defined];
  const result: Connection[] = [];
  const sorted = [...implied].sort(compareBy(({ peer, ports }) => `${peer.key} ${ports.map(portName).join()}`));
  for (const { peer, ports } of sorted) {
    const reached = [...open, ...covered.filter(connection => connection.peer === peer).flatMap(each => each.ports)];
    const rest = ports.filter(port => !reached.some(candidate => portName(candidate) === portName(port)));
    if (rest.length > 0) {
      result.push({ peer, ports: rest });
      covered.push({ peer, ports: rest });
    }
  }
  return result;
}

function networkOf(peer: INetworkPolicyPeer): WorkloadNetwork | undefined {
  const { _network: network } = peer as Partial<NetworkedWorkload>;
  return network instanceof WorkloadNetwork ? network : undefined;
}

function portName({ port, protocol }: PolicyPort): string {
  return `${port}/${protocol}`;
}

function peerPort({ port, protocol }: PolicyPort): NetworkPolicyPort {
  return NetworkPolicyPort.of({ port, protocol: protocol as NetworkProtocol });
}
