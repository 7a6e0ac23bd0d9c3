import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { checkClaim, claimMetadata, claimSpec, isExclusive } from './claim';
import type { PodVolume } from './pod-volume';
import { fail } from '../../checks/fail';
import { checkObjectName } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import { isWaived } from '../../safety/waiver';
import type { Identity } from '../identity';

/** A claim, and the first workload that mounts it. */
interface MountedClaim {
  readonly name: string;
  readonly namespace?: string;
  readonly workload: IConstruct;
  readonly volume: PodVolume;
}

/** The claims of an app. Several workloads can mount the same volume, or refer to the same claim. */
class AppClaims {
  public readonly byVolume = new Map<PodVolume, MountedClaim>();
  private readonly byName = new Map<string, MountedClaim>();

  /** Returns the claim of a name. Charts can be for different clusters, so it is looked up in one chart. */
  public find(mounted: MountedClaim): MountedClaim | undefined {
    return this.byName.get(keyOf(mounted));
  }

  public add(mounted: MountedClaim): void {
    this.byVolume.set(mounted.volume, mounted);
    this.byName.set(keyOf(mounted), mounted);
  }
}

const CLAIMS = new WeakMap<IConstruct, AppClaims>();

/** Defines the new claim of a volume with the first workload that mounts it, and refuses pods that cannot share it. */
export function defineClaim(workload: Construct, identity: Identity, volume: PodVolume): void {
  const { claim } = volume._facts;
  if (claim === undefined) {
    return;
  }
  checkClaim(workload, `the claim of volume '${volume.name}'`, claim);
  if (claim.kind === 'replica' || claim.kind === 'pod') {
    return;
  }
  const claims = claimsOf(workload);
  const namespace = identity.namespace ?? Chart.of(workload).namespace;
  const first = claims.byVolume.get(volume);
  if (first !== undefined) {
    checkSharing(first, { ...first, namespace, workload });
    return;
  }
  const name =
    claim.kind === 'existing'
      ? volume._source.persistentVolumeClaim.claimName
      : (claim.options!.metadata?.name ?? `${identity.name}-${volume.name}`);
  const mounted = { name, namespace, workload, volume };
  const known = claims.find(mounted);
  if (known !== undefined) {
    checkSharing(known, mounted);
    checkOneDefinition(known, mounted);
  }
  if (claim.kind !== 'existing') {
    defineObject(mounted, identity.labels);
  }
  claims.add(mounted);
}

/**
 * Returns the source of a volume in the pods of a workload; `undefined` if the controller provides it.
 *
 * @param labels the labels of the workload
 */
export function volumeSource(
  workload: IConstruct,
  volume: PodVolume,
  labels: Record<string, string>,
): object | undefined {
  const { claim } = volume._facts;
  switch (claim?.kind) {
    case 'app':
    case 'shared':
      return { persistentVolumeClaim: { claimName: claimsOf(workload).byVolume.get(volume)!.name } };
    case 'pod':
      return {
        ephemeral: { volumeClaimTemplate: { metadata: claimMetadata(claim, labels), spec: claimSpec(claim) } },
      };
    case 'replica':
      return undefined;
    case 'existing':
    case undefined:
      return volume._source;
  }
}

function claimsOf({ node: { root } }: IConstruct): AppClaims {
  const claims = CLAIMS.get(root) ?? new AppClaims();
  CLAIMS.set(root, claims);
  return claims;
}

function keyOf({ name, namespace = '', workload }: MountedClaim): string {
  return [Chart.of(workload).node.path, namespace, name].join('\0');
}

function defineObject({ name, namespace, workload, volume }: MountedClaim, labels: Record<string, string>): void {
  const claim = volume._facts.claim!;
  new ReadableApiObject(workload as Construct, `Claim-${volume.name}`, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...claimMetadata(claim, labels),
      name: checkObjectName(workload, 'the PersistentVolumeClaim', name),
      namespace,
    },
    spec: claimSpec(claim),
  });
}

function checkSharing(first: MountedClaim, { workload, namespace, volume }: MountedClaim): void {
  if (first.workload === workload) {
    return;
  }
  if (first.namespace !== namespace) {
    fail(
      workload,
      `Volume '${volume.name}' has the claim '${first.name}' of '${first.workload.node.path}', which is in another ` +
        'namespace.',
      'Create a volume for each namespace.',
    );
  }
  const exclusive = [volume, first.volume].find(({ _facts: facts }) => isExclusive(facts));
  if (exclusive && !isWaived(workload, 'claim-has-one-writer')) {
    fail(
      workload,
      `Volume '${volume.name}' is also mounted by '${first.workload.node.path}', but only one node ` +
        `can mount its claim.`,
      exclusive._facts.claim?.kind === 'existing'
        ? "Set 'accessMode' to the mode of the claim, or use a claim for each workload."
        : "Use 'PodVolume.sharedClaim' with a storage class that supports it, or a claim for each workload.",
    );
  }
}

/** Refuses two volumes that create one claim. */
function checkOneDefinition(known: MountedClaim, { name, workload, volume }: MountedClaim): void {
  if ([known.volume, volume].every(({ _facts: { claim } }) => claim!.kind !== 'existing')) {
    fail(
      workload,
      `Volume '${volume.name}' creates the claim '${name}', but so does volume '${known.volume.name}' of ` +
        `'${known.workload.node.path}'.`,
      "Set another 'metadata.name' for one of them, or mount one 'PodVolume' in both.",
    );
  }
}
