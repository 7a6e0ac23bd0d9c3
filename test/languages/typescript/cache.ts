import { Size } from 'cdk8s';
import { IPodExtension, PodAdditions, PodExtensionContext, PodVolume } from 'cdk8s-storage-patterns';
import { Construct } from 'constructs';

export class Cache implements IPodExtension {
  public readonly id = 'cache';

  public bind(_scope: Construct, context: PodExtensionContext): PodAdditions {
    const volume = PodVolume.emptyDir('cache', { sizeLimit: Size.gibibytes(1) });
    return {
      mounts: [{ path: '/var/cache/api', volume }],
      sidecars: [
        {
          name: 'cache-warmer',
          image: 'ghcr.io/acme/warmer:2.0.1',
          args: ['--app', context.workloadName],
          mounts: [{ path: '/cache', volume }],
        },
      ],
    };
  }
}
