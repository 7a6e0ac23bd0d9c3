import {
  INetworkPolicyPeer,
  IPodSelector,
  NetworkPolicyPort,
  NetworkPolicyProps,
  NetworkProtocol,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { AppPort, policyPort } from './ports';
import { fail } from '../checks/fail';
import { checkPort } from '../checks/values';
import { peerPolicy } from '../pod/companions';
import type { Identity } from '../pod/identity';
import { PolicyPort, tcp } from '../pod/network-policy';

/** The peers of an app, each in a separate NetworkPolicy. */
export class AppNetwork {
  private readonly closedPorts = new Set<number>();
  private policies = 0;

  constructor(
    private readonly scope: Construct & IPodSelector & INetworkPolicyPeer,
    private readonly identity: () => Identity,
    private readonly ports: readonly AppPort[],
  ) {}

  /** The ports that all clients can reach. */
  public get openPorts(): PolicyPort[] {
    return this.ports.filter(({ port }) => !this.closedPorts.has(port)).map(policyPort);
  }

  public allowFrom(peer: INetworkPolicyPeer, ports: readonly number[]): void {
    ports.forEach(port => checkPort(this.scope, "the port of 'allowFrom'", port));
    if (ports.length === 0 && this.ports.length === 0) {
      fail(
        this.scope,
        "'allowFrom' has no port, because the workload has none.",
        "Set 'port', or pass the ports to 'allowFrom'.",
      );
    }
    const targets = ports.length > 0 ? ports : this.ports.map(({ port }) => port);
    targets.forEach(port => this.closedPorts.add(port));
    const rules = [{ peer, ports: targets.flatMap(port => this.declared(port)) }];
    // the replicas of an app are both ends of their connections
    this.define({ ingress: { rules }, egress: peer === this.scope ? { rules } : undefined });
  }

  public allowTo(peer: INetworkPolicyPeer, ports: readonly number[]): void {
    ports.forEach(port => checkPort(this.scope, "the port of 'allowTo'", port));
    this.define({
      egress: {
        rules: [{ peer, ports: ports.length > 0 ? ports.map(port => NetworkPolicyPort.tcp(port)) : undefined }],
      },
    });
  }

  private define(rules: Pick<NetworkPolicyProps, 'ingress' | 'egress'>): void {
    peerPolicy(this.scope, `policy-${this.policies++}`, this.identity(), rules);
  }

  /** Returns a port with the protocols that the app has on it; TCP for a port that it does not declare. */
  private declared(port: number): NetworkPolicyPort[] {
    const declared = this.ports.filter(appPort => appPort.port === port).map(policyPort);
    return (declared.length > 0 ? declared : tcp(port)).map(({ protocol }) =>
      NetworkPolicyPort.of({ port, protocol: protocol as NetworkProtocol }),
    );
  }
}
