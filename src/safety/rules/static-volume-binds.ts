import { groupBy } from '../../checks/groups';
import { Inventory, selects } from '../../inspect/inventory';
import { at, record, textMap } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Pod } from '../../inspect/pods';
import { classNameOf } from '../../predicates/claims-of-pod';
import { isReservedFor, mismatchOf, namedVolume } from '../../predicates/volumes-of-claim';
import type { Problem, Rule } from '../rule';

export const staticVolumeBinds: Rule<'static-volume-binds'> = {
  id: 'static-volume-binds',
  summary: 'A claim binds to the PersistentVolume that is defined for it.',
  rationale:
    "The cluster adds the default class to a claim without 'storageClassName'. The claim then stays pending or gets " +
    'a new, empty volume.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding',
  fix: {
    construct: "Set the class of the volume on the claim, or use 'PodVolume.existingClaim'.",
    yaml: "Set the same 'storageClassName' on both. If the volume has none, set 'storageClassName: \"\"' on the claim.",
  },
  check: inventory => {
    const volumes = inventory.ofKind('PersistentVolume').filter(isFree);
    const byStem = groupBy(volumes, ({ name }) => stemOf(name));
    const ofClaims = inventory.ofKind('PersistentVolumeClaim').flatMap((object): Problem[] => {
      // a bound claim of a cluster
      const isBound = at(object.content, 'status', 'phase') === 'Bound';
      const problem = isBound ? undefined : problemOf(object, candidatesFor(object, volumes, byStem), inventory);
      return problem ? [{ object, ...problem }] : [];
    });
    return [
      ...ofClaims,
      ...(volumes.length > 0 ? inventory.pods.flatMap(pod => problemsOfTemplates(pod, volumes)) : []),
    ];
  },
};

/** Returns the problems of the claim templates of a StatefulSet that select volumes by their labels. */
function problemsOfTemplates({ object, volumes: podVolumes }: Pod, volumes: readonly ManifestObject[]): Problem[] {
  return podVolumes.flatMap(({ type, source, name, at: path }): Problem[] => {
    const selector = type === 'volumeClaimTemplate' ? at(source, 'spec', 'selector') : undefined;
    const claim = { ...object, kind: 'PersistentVolumeClaim', name: `${name}-${object.name}-0`, content: source };
    const problems =
      selector === undefined ? [] : selectedBy(selector, volumes).map(volume => problemWith(volume, claim));
    const [problem] = problems;
    return problem !== undefined && problems.every(found => found !== undefined)
      ? [{ object, ...problem, at: [...path, ...problem.at] }]
      : [];
  });
}

function selectedBy(selector: unknown, volumes: readonly ManifestObject[]): readonly ManifestObject[] {
  return volumes.filter(({ content }) => selects(selector, textMap(at(content, 'metadata', 'labels'))));
}

type Found = Pick<Problem, 'at' | 'message' | 'about'>;

const CLASS_AT = ['spec', 'storageClassName'];

function problemOf(
  claim: ManifestObject,
  candidates: readonly ManifestObject[],
  inventory: Inventory,
): Found | undefined {
  const named = namedVolume(claim, inventory);
  if (named) {
    return problemWith(named, claim);
  }
  // with several volumes, one of them can bind
  const problems = candidates.map(volume => problemWith(volume, claim));
  return problems.every(problem => problem !== undefined) ? problems[0] : undefined;
}

/** Whether no claim is named in a volume, and it was not created by a provisioner. */
function isFree({ content }: ManifestObject): boolean {
  return (
    at(content, 'spec', 'claimRef') === undefined &&
    at(content, 'metadata', 'annotations', 'pv.kubernetes.io/provisioned-by') === undefined
  );
}

/** Returns the volumes that a claim selects by their labels, or that have its name. */
function candidatesFor(
  claim: ManifestObject,
  volumes: readonly ManifestObject[],
  byStem: ReadonlyMap<string, readonly ManifestObject[]>,
): readonly ManifestObject[] {
  const { selector, volumeName } = record(claim.content.spec);
  if (selector !== undefined) {
    return selectedBy(selector, volumes);
  }
  const stem = stemOf(claim.name);
  return volumeName === undefined && stem !== '' ? (byStem.get(stem) ?? []) : [];
}

/** Returns a name without the words that tell a claim from its volume. */
function stemOf(name: string): string {
  return name.replace(/-?\b(?:pvc?|claim|volume)\b-?/g, '');
}

function problemWith(volume: ManifestObject, claim: ManifestObject): Found | undefined {
  const [volumeClass, claimClass] = [classNameOf(volume.content) ?? '', classNameOf(claim.content)];
  const mismatch = mismatchOf(volume, claim);
  const subject = `The claim does not bind to the PersistentVolume '${volume.name}', because it`;
  if (mismatch !== undefined) {
    return { at: ['spec'], message: `${subject} ${mismatch}.`, about: volume };
  }
  // a volume that is reserved for the claim binds whatever the class
  if (claimClass === volumeClass || isReservedFor(volume, claim)) {
    return undefined;
  }
  const has = volumeClass === '' ? 'has none' : `has '${volumeClass}'`;
  return {
    at: CLASS_AT,
    message:
      claimClass === undefined
        ? `${subject} gets the default class of the cluster, and the volume ${has}.`
        : `${subject} has the class '${claimClass}', and the volume ${has}.`,
    about: volume,
  };
}
