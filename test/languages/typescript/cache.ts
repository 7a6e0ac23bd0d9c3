import { Size } from 'cdk8s';
import { PodExtensionContext, IPodExtension, PodAdditions, PodVolume } from 'cdk8s-storage-patterns';
import { Construct } from 'constructs';

export class Cache implements IPodExtension {
  public readonly id = 'cache';

  public bind(_scope: Construct, options: PodExtensionContext): PodAdditions {
    const volume = PodVolume.emptyDir('cache', { sizeLimit: Size.gibibytes(1) });
    return {
      mounts: [{ path: '/var/cache/api', volume }],
      sidecars: [
        {
          name: 'cache-warmer',
          image: 'ghcr.io/acme/warmer:2.0.1',
          args: ['--app', options.workloadName],
          mounts: [{ path: '/cache', volume }],
        },
      ],
    };
  }
}
