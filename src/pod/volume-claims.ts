import type { IConstruct } from 'constructs';
import type { PodVolume } from './pod-parts';
import { fail } from '../checks/fail';
import { by } from '../checks/order';
import { checkLabel, checkObjectName, checkSize } from '../checks/values';

/**
 * Volumes by name. What a name alone makes, an `emptyDir`, is shared by the parts that hold the same `PodVolume` and by
 * no others; what exists outside the pod is shared by all that mount it.
 */
export class VolumeClaims {
  private readonly claims = new Map<string, { owner: string; volume: PodVolume }>();

  constructor(private readonly scope: IConstruct) {}

  public take(owner: string, volume: PodVolume): void {
    const other = this.claims.get(checkLabel(this.scope, 'volume name', volume.name));
    checkSource(this.scope, owner, volume);
    if (volume._emptyDir) {
      checkSize(this.scope, `the size limit of volume '${volume.name}'`, volume._emptyDir.sizeLimit);
    }
    if (!other) {
      this.claims.set(volume.name, { owner, volume });
      return;
    }
    const [first, second] = [owner, other.owner].sort();
    if (JSON.stringify(other.volume._source) !== JSON.stringify(volume._source)) {
      fail(
        this.scope,
        `${first} and ${second} both have a volume '${volume.name}', and the two differ.`,
        'Give one of them another name.',
      );
    }
    if (volume._emptyDir && volume !== other.volume && owner !== other.owner) {
      fail(
        this.scope,
        `${first} and ${second} both have an emptyDir '${volume.name}', so that each would write into ` +
          "the other's.",
        "Give one of them another name, or give both the same 'PodVolume'.",
      );
    }
  }

  public sorted(): PodVolume[] {
    return [...this.claims.values()].map(({ volume }) => volume).sort(by(volume => volume.name));
  }
}

/** Refuses a volume that the API would: of no source or several, or of an object without a name. */
function checkSource(
  scope: IConstruct,
  owner: string,
  { name, _source: source, _emptyDir: emptyDir }: PodVolume,
): void {
  const kinds = Object.keys(source ?? {});
  if (kinds.length !== 1) {
    fail(
      scope,
      `${owner} has the volume '${name}' of ` +
        `${kinds.length === 0 ? 'no source' : `the sources '${kinds.join("', '")}'`}.`,
      "Give it one, for example 'configMap: {name: app-config}'.",
    );
  }
  if (source.emptyDir && !emptyDir) {
    fail(
      scope,
      `${owner} has the emptyDir '${name}', which may be without a limit.`,
      "Make it with 'PodVolume.emptyDir', which takes its size.",
    );
  }
  const { persistentVolumeClaim, secret, configMap, projected } = source;
  const named: [string, boolean, unknown][] = [
    ['claim', persistentVolumeClaim, persistentVolumeClaim?.claimName],
    ['Secret', secret, secret?.secretName],
    ['ConfigMap', configMap, configMap?.name],
    ...(projected?.sources ?? []).flatMap((part: any) => [
      ['Secret', part.secret, part.secret?.name],
      ['ConfigMap', part.configMap, part.configMap?.name],
    ]),
  ];
  for (const [what, isThere, object] of named) {
    if (isThere) {
      checkObjectName(scope, `the ${what} of volume '${name}'`, String(object ?? ''));
    }
  }
}
