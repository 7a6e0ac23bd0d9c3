import { Claims, ephemeralClaim } from './claims';
import { configObject, downwardApi, projected } from './config-volumes';
import type { StorageKind } from './model';
import { imageRollout } from './rollouts';
import { podStorage, Storage } from './storage';
import type { Inventory } from '../inspect/inventory';
import { at, text } from '../inspect/json';
import type { Pod, Volume } from '../inspect/pods';
import { formatBytes, writtenQuantity } from '../inspect/quantity';
import { isNetworkVolume } from '../inspect/volume-life';
import { emptyDirBound } from '../predicates/empty-dir-bound';

/** Describes the volumes of pods, given all objects of the manifests. */
export class Volumes {
  private readonly claims: Claims;

  constructor(private readonly inventory: Inventory) {
    this.claims = new Claims(inventory);
  }

  /** Returns the storage behind a volume of a pod. */
  public describe(pod: Pod, volume: Volume): Storage {
    switch (volume.type) {
      case 'emptyDir':
        return emptyDir(pod, volume);
      case 'configMap':
        return configObject(this.inventory, pod, 'ConfigMap', text(volume.source.name));
      case 'secret':
        return configObject(this.inventory, pod, 'Secret', text(volume.source.secretName));
      case 'projected':
        return projected(this.inventory, pod, volume);
      case 'downwardAPI':
        return downwardApi();
      case 'persistentVolumeClaim':
        return this.claims.describe(pod, volume);
      case 'volumeClaimTemplate':
        return this.claims.describeTemplate(pod, volume);
      case 'ephemeral':
        return ephemeralClaim(volume);
      case 'nfs':
        return nfs(volume);
      case 'csi':
        return csi(volume);
      case 'hostPath':
        return hostPath(volume);
      case 'image':
        return imageVolume(pod, volume);
      default:
        return externalVolume(volume);
    }
  }
}

/** Describes the volume of a mount that names no volume of its pod. */
export function missingVolume(name: string): Storage {
  return {
    kind: 'missing',
    source: name,
    sharing: 'container',
    lifetime: 'container',
    readOnly: true,
    notes: [`The pod has no volume '${name}'.`],
  };
}

function emptyDir(pod: Pod, volume: Volume): Storage {
  const { source } = volume;
  const medium = text(source.medium) ?? '';
  const memory = medium.startsWith('HugePages') ? 'huge pages' : 'memory';
  const bound = emptyDirBound(pod, volume);
  const isOwnLimit = bound?.setBy === 'size limit';
  const size = isOwnLimit ? writtenQuantity(source.sizeLimit) : bound && formatBytes(bound.bytes);
  return podStorage(medium === '' ? 'empty-dir' : 'memory-empty-dir', '', {
    readOnly: false,
    sizeLimit: size ?? 'none',
    notes: [
      ...(medium === '' ? [] : [`Files count toward the ${memory} of the container that writes them.`]),
      ...(bound && !isOwnLimit ? [`The ${bound.setBy} of the pod bounds it.`] : []),
    ],
  });
}

function nfs({ source }: Volume): Storage {
  const { server, path } = source;
  return externalStorage('nfs', `${text(server) ?? ''}:${text(path) ?? ''}`, source);
}

/** The attributes in which CSI drivers for servers and buckets expect the name of the directory. */
const CSI_ATTRIBUTES = ['server', 'source', 'share', 'shareName', 'containerName', 'bucketName'];

function csi(volume: Volume): Storage {
  const { source } = volume;
  const driver = text(source.driver) ?? '';
  if (isNetworkVolume(volume)) {
    const names = CSI_ATTRIBUTES.flatMap(key => text(at(source.volumeAttributes, key)) ?? []);
    return externalStorage('csi', [driver, ...names].join(' '), source);
  }
  return podStorage('csi', driver, {
    readOnly: source.readOnly === true,
    sizeLimit: 'unknown',
    notes: ['The CSI driver provides the content for each pod.'],
  });
}

function hostPath({ source }: Volume): Storage {
  return {
    kind: 'host-path',
    source: text(source.path) ?? '',
    sharing: 'node',
    lifetime: 'node',
    readOnly: false,
    sizeLimit: 'none',
    notes: ['Each node has its own files.'],
  };
}

function imageVolume(pod: Pod, { source }: Volume): Storage {
  return {
    kind: 'image-volume',
    source: text(source.reference) ?? '',
    sharing: 'replicas-on-a-node',
    lifetime: 'node',
    readOnly: true,
    rollout: imageRollout(pod),
  };
}

/** The props that identify the storage of Azure Files, AWS EBS, CephFS and similar volumes. */
const EXTERNAL_NAMES = ['server', 'path', 'shareName', 'volumeID', 'pdName'];

function externalVolume({ type, source }: Volume): Storage {
  return externalStorage('other', [type, ...EXTERNAL_NAMES.flatMap(key => text(source[key]) ?? [])].join(' '), source);
}

function externalStorage(kind: StorageKind, name: string, source: Volume['source']): Storage {
  return {
    kind,
    source: name,
    sharing: 'any-workload',
    lifetime: 'independent',
    readOnly: source.readOnly === true,
    sizeLimit: 'unknown',
  };
}
