import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { NewClaimOptions } from './claim-options';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';
import { checkEnum } from '../../checks/value-types';
import { checkLabels, checkMetadata, checkObjectName, checkSize, quantity } from '../../checks/values';
import { NO_PRUNE } from '../../facts/gitops';

/** The pods that a claim belongs to. Only the claim of a `pod` is deleted with it. */
export type ClaimKind = 'app' | 'shared' | 'replica' | 'pod' | 'existing';

/** The claim of a volume. */
export interface VolumeClaim {
  readonly kind: ClaimKind;
  readonly accessMode: PersistentVolumeAccessMode;
  /** The options of a new claim; `undefined` for an existing one. */
  readonly options?: NewClaimOptions;
}

const { READ_WRITE_ONCE, READ_WRITE_ONCE_POD, READ_WRITE_MANY, READ_ONLY_MANY } = PersistentVolumeAccessMode;

/** The access modes that do not admit pods on several nodes. */
const SINGLE_NODE: readonly PersistentVolumeAccessMode[] = [READ_WRITE_ONCE, READ_WRITE_ONCE_POD];

/** The access modes of a claim that several pods mount. */
const MANY_NODES: readonly PersistentVolumeAccessMode[] = [READ_WRITE_MANY, READ_ONLY_MANY];

/** The metadata of a claim that users can set. */
const CLAIM_METADATA = ['annotations', 'labels', 'name'];

/** Keeps a claim when a GitOps tool or Helm deletes the objects of the app. */
const KEEP_ANNOTATIONS = {
  ...NO_PRUNE,
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'helm.sh/resource-policy': 'keep',
};

/** Describes a new claim. */
export function newClaim(kind: Exclude<ClaimKind, 'existing'>, options: NewClaimOptions): VolumeClaim {
  return { kind, options, accessMode: options.accessMode ?? (kind === 'shared' ? READ_WRITE_MANY : READ_WRITE_ONCE) };
}

/** Whether only the pods of one node can mount the claim of a volume. */
export function isExclusive({ claim }: { readonly claim?: VolumeClaim }): boolean {
  return claim !== undefined && ['app', 'existing'].includes(claim.kind) && SINGLE_NODE.includes(claim.accessMode);
}

/** Refuses a claim that the API server rejects, or whose access mode does not fit its use. */
export function checkClaim(scope: IConstruct, subject: string, { kind, accessMode, options }: VolumeClaim): void {
  const allowed = kind === 'existing' ? [...SINGLE_NODE, ...MANY_NODES] : kind === 'shared' ? MANY_NODES : SINGLE_NODE;
  checkEnum(scope, `'accessMode' of ${subject}`, accessMode, 'PersistentVolumeAccessMode', PersistentVolumeAccessMode);
  if (!allowed.includes(accessMode)) {
    fail(
      scope,
      `'accessMode' of ${subject} is '${accessMode}', which ` +
        (accessMode === READ_ONLY_MANY
          ? 'leaves a new claim empty.'
          : kind === 'shared'
            ? 'only the pods of one node can use.'
            : 'allows several pods to write to the same files and destroy them.'),
      `Use ${listed(allowed, 'or')}${kind === 'app' ? ", or create it with 'PodVolume.sharedClaim'" : ''}.`,
    );
  }
  if (options) {
    checkOptions(scope, subject, kind, options);
  }
}

function checkOptions(scope: IConstruct, subject: string, kind: ClaimKind, options: NewClaimOptions): void {
  const { size, storageClassName, selector, dataSource, metadata } = options;
  checkSize(scope, `the size of ${subject}`, size);
  // without a name, Kubernetes provisions no volume but binds an existing one
  if (storageClassName) {
    checkObjectName(scope, "'storageClassName'", storageClassName);
  }
  if (dataSource) {
    checkObjectName(scope, `the ${dataSource._kind} of 'dataSource'`, dataSource._name);
  }
  checkLabels(scope, "'selector'", selector);
  checkMetadata(scope, metadata);
  const unused = Object.entries(metadata ?? {}).find(([prop, value]) => value && !CLAIM_METADATA.includes(prop));
  if (unused) {
    fail(
      scope,
      `'metadata.${unused[0]}' of ${subject} is set, but a claim has the namespace of its pods and no owner.`,
      `Omit it, or use one of ${listed(CLAIM_METADATA)}.`,
    );
  }
  if (metadata?.name !== undefined && !['app', 'shared'].includes(kind)) {
    fail(
      scope,
      `'metadata.name' of ${subject} is '${metadata.name}', but Kubernetes generates the names of these claims.`,
      'Omit it.',
    );
  }
}

/** Returns the labels and annotations of a new claim. Unless it belongs to one pod, it outlives the app. */
export function claimMetadata({ options, kind }: VolumeClaim, labels: Record<string, string>): object {
  const { metadata } = options!;
  const annotations = { ...(kind === 'pod' ? {} : KEEP_ANNOTATIONS), ...metadata?.annotations };
  return {
    labels: { ...labels, ...metadata?.labels },
    annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
  };
}

/** Returns the spec of a new claim, as in a manifest. */
export function claimSpec({ options, accessMode }: VolumeClaim): object {
  const { size, storageClassName, selector, dataSource } = options!;
  return {
    accessModes: [accessMode],
    volumeMode: 'Filesystem',
    storageClassName,
    selector: selector && { matchLabels: { ...selector } },
    dataSource: dataSource && {
      apiGroup: dataSource._kind === 'VolumeSnapshot' ? 'snapshot.storage.k8s.io' : undefined,
      kind: dataSource._kind,
      name: dataSource._name,
    },
    resources: { requests: { storage: quantity(size) } },
  };
}

/**
 * Returns the claim template of a StatefulSet. Kubernetes does not allow changes to it, so it has no labels that can
 * change, such as a version.
 */
export function claimTemplate(name: string, claim: VolumeClaim, podLabels: Record<string, string>): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, ...claimMetadata(claim, podLabels) },
    spec: claimSpec(claim),
  };
}
