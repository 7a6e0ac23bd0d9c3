import { IPodExtension, PodAdditions, PodExtensionContext, PodVolume } from 'cdk8s-storage-patterns';
import { Construct } from 'constructs';

export class Uploads implements IPodExtension {
  public readonly id = 'uploads';

  public bind(_scope: Construct, _context: PodExtensionContext): PodAdditions {
    return { mounts: [{ path: '/srv/uploads', volume: PodVolume.fromClaimName('uploads') }] };
  }
}
