import type { IConstruct } from 'constructs';
import { checkVolume } from './volume-check';
import type { PodVolume } from './volumes/pod-volume';
import { fail } from '../checks/fail';
import { compareBy } from '../checks/order';
import { checkLabel } from '../checks/values';

/** Returns everything that two volumes of one name must have in common. */
function identityOf({ _source, _facts: { claim, waivers } }: PodVolume): string {
  return JSON.stringify([_source, claim?.accessMode, waivers?.map(({ reason }) => reason)]);
}

/**
 * The volumes of a pod by name.
 *
 * Owners share an `emptyDir` only if they mount the same `PodVolume`, and a volume that exists outside the pod if they
 * refer to the same object.
 */
export class PodVolumes {
  private readonly content = new Map<string, { owner: string; volume: PodVolume }>();

  constructor(private readonly scope: IConstruct) {}

  public add(owner: string, volume: PodVolume): void {
    const { scope } = this;
    const existing = this.content.get(checkLabel(scope, 'volume name', volume.name));
    checkVolume(scope, owner, volume);
    if (!existing) {
      this.content.set(volume.name, { owner, volume });
      return;
    }
    const owners = [owner, existing.owner].sort().join(' and ');
    const isNewClaim = (volume._facts.claim?.kind ?? 'existing') !== 'existing';
    if (identityOf(existing.volume) !== identityOf(volume) || (isNewClaim && volume !== existing.volume)) {
      fail(
        scope,
        `${owners} define different volumes with the name '${volume.name}'.`,
        'Use another name for one of them.',
      );
    }
    if (volume._facts.emptyDir && volume !== existing.volume && owner !== existing.owner) {
      fail(
        scope,
        `${owners} each define an emptyDir '${volume.name}', so each would write into the directory of the other.`,
        "Use another name for one of them, or share one 'PodVolume' object.",
      );
    }
  }

  /** The volumes in the order of their names. */
  public values(): PodVolume[] {
    return [...this.content.values()].map(({ volume }) => volume).sort(compareBy(({ name }) => name));
  }
}
