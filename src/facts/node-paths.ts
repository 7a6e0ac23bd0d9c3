/**
 * The directories through which a node gives access to itself: its devices and kernel, the sockets and state of its
 * daemons, and its certificates and time zones. They exist on nodes only, so no volume of data replaces them.
 */
export const NODE_INTERFACES: readonly string[] = [
  '/boot',
  '/dev',
  '/lib/modules',
  '/proc',
  '/run',
  '/sys',
  '/usr/lib/modules',
  '/usr/src',
  '/var/run',
  // container runtimes, the kubelet and network plugins
  '/etc/cni',
  '/etc/containerd',
  '/etc/crio',
  '/etc/docker',
  '/etc/kubernetes',
  '/opt/cni',
  '/var/lib/cni',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/var/lib/docker',
  '/var/lib/kubelet',
  // drivers of devices
  '/home/kubernetes/bin',
  '/usr/local/nvidia',
  // certificates, the identity of the node and its time zone
  '/etc/ca-certificates',
  '/etc/localtime',
  '/etc/machine-id',
  '/etc/pki',
  '/etc/ssl',
  '/etc/timezone',
  '/usr/local/share/ca-certificates',
  '/usr/share/ca-certificates',
  '/usr/share/zoneinfo',
  '/var/lib/dbus/machine-id',
];

/** The directories of a node that contain files of its system and its logs, which pods read to observe the node. */
export const NODE_FILES: readonly string[] = ['/bin', '/etc', '/lib', '/lib64', '/sbin', '/usr', '/var/log'];

/** The types of host paths for sockets and devices. */
export const NODE_INTERFACE_TYPES: readonly string[] = ['Socket', 'CharDevice', 'BlockDevice'];

/** The directories in which a node keeps the logs of its containers and of its system. */
export const NODE_LOGS: readonly string[] = [
  '/run/log/journal',
  '/var/lib/docker/containers',
  '/var/log/containers',
  '/var/log/journal',
  '/var/log/pods',
];

/** The directories with the programs, the configuration or the state of a node. A pod that writes there controls it. */
export const NODE_SYSTEM: readonly string[] = [
  '/',
  '/bin',
  '/boot',
  '/etc',
  '/etc/cron.d',
  '/etc/kubernetes',
  '/etc/kubernetes/manifests',
  '/etc/kubernetes/pki',
  '/etc/ssh',
  '/etc/systemd',
  '/home',
  '/lib',
  '/lib64',
  '/root',
  '/root/.ssh',
  '/sbin',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/sbin',
  '/var',
  '/var/lib',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/var/lib/docker',
  '/var/lib/etcd',
  '/var/lib/rancher',
];

/** The sockets of container runtimes, by their last path segments. Their clients can start privileged containers. */
export const RUNTIME_SOCKETS: readonly string[] = [
  'containerd/containerd.sock',
  'cri-dockerd.sock',
  'crio/crio.sock',
  'docker.sock',
  'dockershim.sock',
  'podman/podman.sock',
];

/** The directories in which container runtimes create their sockets. */
export const RUNTIME_DIRECTORIES: readonly string[] = [
  '/run',
  '/run/containerd',
  '/run/crio',
  '/run/k3s',
  '/run/k3s/containerd',
  '/run/podman',
];
