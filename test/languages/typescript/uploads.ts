import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { IPodExtension, PodAdditions, PodExtensionContext, PodVolume } from 'cdk8s-storage-patterns';
import { Construct } from 'constructs';

export class Uploads implements IPodExtension {
  public readonly id = 'uploads';

  public bind(_scope: Construct, _context: PodExtensionContext): PodAdditions {
    const volume = PodVolume.fromClaimName('uploads', { accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY });
    return { mounts: [{ path: '/srv/uploads', volume }] };
  }
}
