/** The label with the name of a namespace, which Kubernetes sets on every namespace. */
export const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

/**
 * The address at which a server in a pod listens: every IPv6 and, on Linux, every IPv4 address. A server on `0.0.0.0`
 * is unreachable in clusters whose pods have IPv6 addresses only.
 */
export const ANY_ADDRESS = '::';

/** The ports of API servers: that of their Service, and those behind it in the distributions of Kubernetes. */
export const API_SERVER_PORTS: readonly number[] = [443, 6443, 8443, 16443];

/** A block of addresses and the blocks that it leaves out, as in a network policy. */
export interface AddressBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** The addresses of the internet: without private networks, link-local addresses and the platform address of Azure. */
export const INTERNET: readonly AddressBlock[] = [
  {
    cidr: '0.0.0.0/0',
    except: [
      '10.0.0.0/8',
      '100.64.0.0/10',
      '127.0.0.0/8',
      '168.63.129.16/32',
      '169.254.0.0/16',
      '172.16.0.0/12',
      '192.168.0.0/16',
    ],
  },
  { cidr: '::/0', except: ['::1/128', 'fc00::/7', 'fe80::/10'] },
];

/**
 * The metadata servers that give a pod the credentials of its cloud identity: of AWS, Azure and Google Cloud, and those
 * on the node of GKE and of EKS Pod Identity.
 */
export const CLOUD_METADATA: readonly AddressBlock[] = [
  { cidr: '169.254.169.254/32' },
  { cidr: '169.254.169.252/32' },
  { cidr: '169.254.170.23/32' },
  { cidr: 'fd00:ec2::254/128' },
  { cidr: 'fd00:ec2::23/128' },
];

/** The ports of metadata servers: HTTP, and the one behind it on GKE. */
export const CLOUD_METADATA_PORTS: readonly number[] = [80, 988];

/** The port of DNS servers. */
export const DNS_PORT = 53;

/** Pods of the cluster that answer DNS queries. Network policies apply to the port of the pods. */
export interface DnsPods {
  readonly namespace: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly port: number;
}

/**
 * The DNS pods of clusters: CoreDNS and kube-dns, which have one label in all distributions, the cache of the node
 * where it is a pod, and the pods of OpenShift.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/
 * @see https://docs.openshift.com/container-platform/latest/networking/dns-operator.html
 */
export const DNS_PODS: readonly DnsPods[] = [
  { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, port: DNS_PORT },
  { namespace: 'kube-system', podLabels: { 'k8s-app': 'node-local-dns' }, port: DNS_PORT },
  { namespace: 'openshift-dns', podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' }, port: 5353 },
];

/**
 * The link-local addresses of each node. A DNS cache or the DNS of a cloud can answer there: NodeLocal DNS at
 * 169.254.20.10 or 169.254.25.10, LocalDNS of AKS at 169.254.10.10, Cloud DNS of GKE at 169.254.169.254.
 *
 * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
export const NODE_DNS: readonly AddressBlock[] = [{ cidr: '169.254.0.0/16' }, { cidr: 'fe80::/10' }];
