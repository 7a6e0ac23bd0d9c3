import { Size } from 'cdk8s';
import { CapabilityBindOptions, ICapability, PodContribution, PodVolume } from 'cdk8s-storage-patterns';
import { Construct } from 'constructs';

export class Cache implements ICapability {
  public readonly capabilityId = 'cache';

  public bind(_scope: Construct, options: CapabilityBindOptions): PodContribution {
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
