import type { IConstruct } from 'constructs';
import type { PodVolume } from './pod-parts';
import { fail } from '../checks/fail';
import { compareBy } from '../checks/order';
import { checkLabel, checkObjectName, checkSize } from '../checks/values';

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
    checkSource(scope, owner, volume);
    if (!existing) {
      this.content.set(volume.name, { owner, volume });
      return;
    }
    const owners = [owner, existing.owner].sort().join(' and ');
    if (JSON.stringify(existing.volume._source) !== JSON.stringify(volume._source)) {
      fail(
        scope,
        `${owners} define different volumes with the name '${volume.name}'.`,
        'Use another name for one of them.',
      );
    }
    if (volume._emptyDir && volume !== existing.volume && owner !== existing.owner) {
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

/** Refuses a volume that the API server rejects, and an `emptyDir` that can be unbounded. */
function checkSource(scope: IConstruct, owner: string, volume: PodVolume): void {
  const { name, _source: source, _emptyDir: emptyDir } = volume;
  const types = Object.keys(source ?? {});
  if (types.length !== 1) {
    fail(
      scope,
      `Volume '${name}' of ${owner} has ${types.length === 0 ? 'no source' : `the sources '${types.join("', '")}'`}.`,
      "Set exactly one source, for example 'configMap: {name: app-config}'.",
    );
  }
  if (source.emptyDir && !emptyDir) {
    fail(
      scope,
      `Volume '${name}' of ${owner} is an emptyDir that can be without a size limit.`,
      "Create it with 'PodVolume.emptyDir', which requires a 'sizeLimit'.",
    );
  }
  if (emptyDir) {
    checkSize(scope, `the size limit of volume '${name}'`, emptyDir.sizeLimit);
  }
  for (const [kind, object] of referencedObjects(source)) {
    checkObjectName(scope, `the ${kind} of volume '${name}'`, String(object ?? ''));
  }
}

/** Returns the kinds and names of the objects that a volume source refers to. */
function referencedObjects(source: any): [kind: string, name: unknown][] {
  const { persistentVolumeClaim, secret, configMap, projected } = source;
  const references: [string, object | undefined, unknown][] = [
    ['PersistentVolumeClaim', persistentVolumeClaim, persistentVolumeClaim?.claimName],
    ['Secret', secret, secret?.secretName],
    ['ConfigMap', configMap, configMap?.name],
    ...(projected?.sources ?? []).flatMap((item: any) => [
      ['Secret', item.secret, item.secret?.name],
      ['ConfigMap', item.configMap, item.configMap?.name],
    ]),
  ];
  return references.filter(([, reference]) => reference).map(([kind, , name]) => [kind, name]);
}
