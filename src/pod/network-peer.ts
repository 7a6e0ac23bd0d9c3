import { isIPv6 } from 'net';
import {
  INetworkPolicyPeer,
  IPodSelector,
  LabelSelector,
  NetworkPolicyIpBlock,
  NetworkPolicyPeerConfig,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { PolicyPort, tcp } from './network-policy';
import { checkCidrs } from '../checks/cidrs';
import { fail } from '../checks/fail';
import { checkInteger, checkLabel, checkLabels } from '../checks/values';
import {
  AddressBlock,
  API_SERVER_PORTS,
  CLOUD_METADATA,
  CLOUD_METADATA_PORTS,
  INTERNET,
  NAMESPACE_LABEL,
} from '../facts/network';

/** The pods and addresses of a peer. Without both, it is every address. */
interface Selection {
  readonly blocks?: readonly AddressBlock[];
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly namespaces?: readonly string[];
}

/**
 * A peer of `allowTo` and `allowFrom`: pods, namespaces, or addresses outside the cluster.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export class NetworkPeer extends Construct implements INetworkPolicyPeer {
  /**
   * The internet: all IPv4 and IPv6 addresses except private networks, link-local addresses and metadata servers.
   */
  public static internet(): NetworkPeer {
    return new NetworkPeer({ blocks: INTERNET });
  }

  /**
   * The API server. `allowTo` opens the ports 443, 6443, 8443 and 16443 unless it gets others. Network policies cannot
   * select the API server, so those ports are open at every address unless you pass its CIDR blocks.
   *
   * @param cidrs the CIDR blocks of its endpoints: `kubectl get endpointslices kubernetes` shows them
   */
  public static apiServer(...cidrs: string[]): NetworkPeer {
    checkCidrs('NetworkPeer.apiServer', "'cidrs'", cidrs);
    return new NetworkPeer(cidrs.length > 0 ? addresses(cidrs) : {}, tcp(...API_SERVER_PORTS));
  }

  /**
   * The metadata servers of AWS, Azure and Google Cloud, which give an app the credentials of its cloud identity.
   * `allowTo` opens the ports 80 and 988 unless it gets others.
   */
  public static cloudMetadata(): NetworkPeer {
    return new NetworkPeer({ blocks: CLOUD_METADATA }, tcp(...CLOUD_METADATA_PORTS));
  }

  /**
   * The addresses in CIDR blocks.
   *
   * @param cidrs the CIDR blocks, of IPv4 or IPv6
   */
  public static cidrs(...cidrs: string[]): NetworkPeer {
    const location = 'NetworkPeer.cidrs';
    checkCidrs(location, "'cidrs'", cidrs);
    return new NetworkPeer(addresses(notEmpty(location, 'cidrs', cidrs, '"10.20.0.0/16"')));
  }

  /**
   * All pods in namespaces.
   *
   * @param names the names of the namespaces
   */
  public static namespaces(...names: string[]): NetworkPeer {
    const location = 'NetworkPeer.namespaces';
    return new NetworkPeer({ namespaces: notEmpty(location, 'names', names, '"monitoring"') });
  }

  /**
   * The pods with these labels, in any program or chart.
   *
   * @param labels the labels
   * @param namespace the name of their namespace; by default that of the workload
   */
  public static pods(labels: Record<string, string>, namespace?: string): NetworkPeer {
    if (Object.keys(labels ?? {}).length === 0) {
      fail(
        'NetworkPeer.pods',
        "'labels' is empty, which selects all pods.",
        "Pass the labels of the pods, or use 'NetworkPeer.namespaces'.",
      );
    }
    return new NetworkPeer({ podLabels: { ...labels }, namespaces: namespace === undefined ? undefined : [namespace] });
  }

  /** Every address, inside and outside the cluster. */
  public static anywhere(): NetworkPeer {
    return new NetworkPeer({});
  }

  private constructor(
    private readonly selection: Selection,
    /** @internal */
    public readonly _defaultPorts: readonly PolicyPort[] = [],
    /** @internal */
    public readonly _udpPorts: readonly PolicyPort[] = [],
  ) {
    // a peer is a value that several workloads can use, so it has no place in the tree
    super(undefined as unknown as Construct, '');
  }

  /**
   * Returns the same peer with UDP ports, which `allowTo` opens in addition to its TCP ports.
   *
   * @param ports the UDP ports of the peer
   */
  public udp(...ports: number[]): NetworkPeer {
    return new NetworkPeer(
      this.selection,
      this._defaultPorts,
      ports.map(port => ({ port, protocol: 'UDP' })),
    );
  }

  /** @see INetworkPolicyPeer */
  public toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    const { blocks = [], podLabels, namespaces } = this.selection;
    if (podLabels || namespaces) {
      return {
        podSelector: {
          labelSelector: LabelSelector.of({ labels: { ...podLabels } }),
          namespaces: namespaces && { names: [...namespaces] },
        },
      };
    }
    if (blocks.length !== 1) {
      fail(
        'NetworkPeer',
        'A NetworkPolicy of cdk8s-plus-28 only accepts peers of one CIDR block.',
        "Use 'allowTo' or 'allowFrom' of a workload, or 'NetworkPeer.cidrs' with one CIDR block.",
      );
    }
    return { ipBlock: this.ipBlock(blocks[0]) };
  }

  /** @see INetworkPolicyPeer */
  public toPodSelector(): IPodSelector | undefined {
    return undefined;
  }

  /** @internal */
  public _check(scope: Construct): void {
    const { podLabels, namespaces = [] } = this.selection;
    checkLabels(scope, "'labels' of the peer", podLabels);
    namespaces.forEach(name => checkLabel(scope, 'namespace', name));
    this._udpPorts.forEach(({ port }) => checkInteger(scope, 'a UDP port of the peer', port, 1, 65535));
  }

  /** @internal */
  public _rules(): object[] | undefined {
    const { blocks, podLabels, namespaces } = this.selection;
    const podSelector = podLabels && { matchLabels: podLabels };
    if (namespaces) {
      return namespaces.map(name => ({
        podSelector,
        namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: name } },
      }));
    }
    return podSelector ? [{ podSelector }] : blocks?.map(({ cidr, except }) => ({ ipBlock: { cidr, except } }));
  }

  private ipBlock({ cidr, except }: AddressBlock): NetworkPolicyIpBlock {
    const existing = this.node.tryFindChild('block') as NetworkPolicyIpBlock | undefined;
    const family = isIPv6(cidr.split('/')[0]) ? 'ipv6' : 'ipv4';
    return existing ?? NetworkPolicyIpBlock[family](this, 'block', cidr, except && [...except]);
  }
}

function addresses(cidrs: readonly string[]): Selection {
  return { blocks: cidrs.map(cidr => ({ cidr })) };
}

function notEmpty(location: string, argument: string, values: string[], example: string): string[] {
  return values.length > 0
    ? values
    : fail(location, `'${argument}' is empty.`, `Pass at least one, for example '${example}'.`);
}
