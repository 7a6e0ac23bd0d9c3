import { text } from './json';
import type { Volume } from './pods';
import { SHORT_LIVED_VOLUMES } from '../facts/kubernetes';

/** The types of volumes that are a directory of a server, which every node can mount. */
const NETWORK_VOLUMES = ['nfs', 'cephfs', 'glusterfs', 'azureFile'];

/** The CSI drivers that mount an existing directory of a server or bucket into a pod. */
const NETWORK_DRIVERS = [
  'nfs.csi.k8s.io',
  'smb.csi.k8s.io',
  'file.csi.azure.com',
  'blob.csi.azure.com',
  'gcsfuse.csi.storage.gke.io',
];

/** Whether a volume is a directory of a server or bucket, which pods on all nodes share. */
export function isNetworkVolume({ type, source }: Volume): boolean {
  return type === 'csi' ? NETWORK_DRIVERS.includes(text(source.driver) ?? '') : NETWORK_VOLUMES.includes(type);
}

/** Whether the files of a volume still exist after its pod is deleted. Most CSI volumes of a pod do not. */
export function outlivesPod(volume: Volume): boolean {
  return volume.type === 'csi' ? isNetworkVolume(volume) : !SHORT_LIVED_VOLUMES.includes(volume.type);
}
