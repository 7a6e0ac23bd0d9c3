import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { annotations, labels, name as anyName, optional, props, size, Vary, word } from './values';
import { NewClaimOptions, PodVolume, VolumeDataSource } from '../../../src';

const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD, READ_WRITE_MANY, READ_ONLY_MANY } = PersistentVolumeAccessMode;
const ONE_NODE = [READ_WRITE_ONCE, READ_WRITE_ONCE_POD];
const MANY_NODES = [READ_WRITE_MANY, READ_ONLY_MANY];

/** Options of new claims. */
function claimOptions(
  vary: Vary,
  accessModes: readonly PersistentVolumeAccessMode[],
  name: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<NewClaimOptions> {
  const label = vary(word, anyName);
  const labelMap = vary(fc.dictionary(word, word, { maxKeys: 2 }), labels);
  return props(
    { size: vary(fc.integer({ min: 1, max: 500 }).map(Size.gibibytes), size) },
    {
      storageClassName: label,
      accessMode: vary(fc.constantFrom(...accessModes), fc.constantFrom(...ONE_NODE, ...MANY_NODES)),
      selector: labelMap,
      dataSource: fc.oneof(label.map(VolumeDataSource.fromSnapshotName), label.map(VolumeDataSource.fromClaimName)),
      metadata: optional({
        name,
        labels: labelMap,
        annotations: vary(fc.constant({ 'example.com/team': 'a' }), annotations),
      }),
    },
  );
}

/** The claims of volumes with a name. */
export function claims(vary: Vary, name: string) {
  const named = vary(fc.constant(`files-${name}`), anyName);
  const unnamed = vary(fc.constant(undefined), anyName);
  const existing = (accessModes: readonly PersistentVolumeAccessMode[]) =>
    fc
      .tuple(vary(word, anyName), fc.record({ name: fc.constant(name), accessMode: fc.constantFrom(...accessModes) }))
      .map(([claim, options]) => PodVolume.fromClaimName(claim, options));
  return {
    newClaim: claimOptions(vary, ONE_NODE, named).map(options => PodVolume.newClaim(name, options)),
    sharedClaim: claimOptions(vary, MANY_NODES, named).map(options => PodVolume.sharedClaim(name, options)),
    claimPerReplica: claimOptions(vary, ONE_NODE, unnamed).map(options => PodVolume.claimPerReplica(name, options)),
    ephemeralClaim: claimOptions(vary, ONE_NODE, unnamed).map(options => PodVolume.ephemeralClaim(name, options)),
    existingForOnePod: fc.oneof(
      existing(ONE_NODE),
      vary(word, anyName).map(claim => PodVolume.fromClaimName(`${claim}-${name}`)),
    ),
    existingForManyPods: existing(MANY_NODES),
  };
}
