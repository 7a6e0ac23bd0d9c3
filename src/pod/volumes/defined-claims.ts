import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { checkClaim, claimMetadata, claimSpec, isExclusive } from './claim';
import type { PodVolume } from './pod-volume';
import { fail } from '../../checks/fail';
import { checkObjectName } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import { isWaived } from '../../safety/waiver';
import type { Identity } from '../identity';

/** A claim that a workload has defined. */
interface DefinedClaim {
  readonly name: string;
  readonly namespace?: string;
  readonly workload: IConstruct;
}

/** The claims of each app, by volume: several workloads can mount the same volume. */
const CLAIMS = new WeakMap<IConstruct, Map<PodVolume, DefinedClaim>>();

/** Defines the claim of a volume with the first workload that mounts it. */
export function defineClaim(workload: Construct, { name, namespace, labels }: Identity, volume: PodVolume): void {
  const { claim } = volume._facts;
  if (claim === undefined) {
    return;
  }
  const effectiveNamespace = namespace ?? Chart.of(workload).namespace;
  checkClaim(workload, `the claim of volume '${volume.name}'`, claim);
  if (claim.kind !== 'app' && claim.kind !== 'shared') {
    return;
  }
  const claims = claimsOf(workload);
  const defined = claims.get(volume);
  if (defined !== undefined) {
    checkSharing(workload, effectiveNamespace, volume, defined);
    return;
  }
  const { metadata } = claim.options!;
  const object = new ReadableApiObject(workload, `Claim-${volume.name}`, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...claimMetadata(claim, labels),
      name: checkObjectName(workload, 'the PersistentVolumeClaim', metadata?.name ?? `${name}-${volume.name}`),
      namespace: effectiveNamespace,
    },
    spec: claimSpec(claim),
  });
  claims.set(volume, { name: object.name, namespace: effectiveNamespace, workload });
}

/** Returns the source of a volume in the pods of a workload; `undefined` if the controller provides it. */
export function volumeSource(workload: IConstruct, volume: PodVolume): object | undefined {
  const { claim } = volume._facts;
  switch (claim?.kind) {
    case 'app':
    case 'shared':
      return { persistentVolumeClaim: { claimName: claimsOf(workload).get(volume)!.name } };
    case 'pod':
      return {
        ephemeral: { volumeClaimTemplate: { metadata: claimMetadata(claim, {}), spec: claimSpec(claim) } },
      };
    case 'replica':
      return undefined;
    case 'existing':
    case undefined:
      return volume._source;
  }
}

function claimsOf({ node: { root } }: IConstruct): Map<PodVolume, DefinedClaim> {
  const claims = CLAIMS.get(root) ?? new Map<PodVolume, DefinedClaim>();
  CLAIMS.set(root, claims);
  return claims;
}

function checkSharing(
  workload: Construct,
  namespace: string | undefined,
  volume: PodVolume,
  { name, namespace: claimNamespace, workload: owner }: DefinedClaim,
): void {
  if (owner === workload) {
    return;
  }
  if (claimNamespace !== namespace) {
    fail(
      workload,
      `Volume '${volume.name}' has the claim '${name}' of '${owner.node.path}', which is in another namespace.`,
      'Create a volume for each namespace.',
    );
  }
  if (isExclusive(volume._facts) && !isWaived(workload, 'claim-has-one-writer')) {
    fail(
      workload,
      `Volume '${volume.name}' is also mounted by '${owner.node.path}', but only one node can mount its claim.`,
      "Use 'PodVolume.sharedClaim' with a storage class that supports it, or a claim for each workload.",
    );
  }
}
