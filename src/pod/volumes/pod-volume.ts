import type { Size } from 'cdk8s';
import { EmptyDirMedium, HostPathVolumeType, ImagePullPolicy, PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { ClaimKind, newClaim, VolumeClaim } from './claim';
import { NEW_CLAIM, NewClaimOptions } from './claim-options';
import { downwardApiItems, ProjectedSource, projection } from './projected-source';
import type {
  CsiVolumeOptions,
  EmptyDirOptions,
  ExistingClaimVolumeOptions,
  HostPathVolumeOptions,
  ImageVolumeOptions,
  NfsVolumeOptions,
} from './volume-options';
import { checkArgument, checkProps, OPTIONAL, required } from '../../checks/props';
import { checkEnum, checkInstance } from '../../checks/value-types';
import { quantity, slug } from '../../checks/values';
import { KubernetesVersion } from '../../kubernetes-version';
import { nodeControl } from '../../predicates/node-control';
import { Waiver } from '../../safety/waiver';

/** The properties of a volume in addition to its source. */
interface VolumeFacts {
  readonly emptyDir?: EmptyDirOptions;
  /** Whether the volume contains the files of the image in the directory that it is mounted at. */
  readonly isCopyOfImage?: boolean;
  readonly claim?: VolumeClaim;
  readonly waivers?: readonly Waiver[];
  readonly since?: KubernetesVersion;
}

/**
 * A volume of a pod.
 *
 * Workloads share a volume if they mount the same `PodVolume` or refer to the same object outside the pod. Two volumes
 * with the same name in one pod are refused.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class PodVolume {
  /**
   * Creates an `emptyDir` volume, which all containers of a pod share and which is deleted with the pod.
   *
   * @param name a DNS label, unique in the pod
   * @param options size and medium
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
   */
  public static emptyDir(name: string, options: EmptyDirOptions): PodVolume {
    checkArgument('PodVolume.emptyDir', 'name', name, '"cache"');
    checkProps<EmptyDirOptions>('PodVolume.emptyDir', options, {
      sizeLimit: required('Size.mebibytes(64)'),
      medium: OPTIONAL,
    });
    const { sizeLimit, medium } = options;
    checkSizeType('PodVolume.emptyDir', "'sizeLimit'", sizeLimit, 'Size.mebibytes(64)');
    checkEnum('PodVolume.emptyDir', "'medium'", medium, 'EmptyDirMedium', EmptyDirMedium);
    const source = { emptyDir: { sizeLimit: quantity(sizeLimit), medium: medium || undefined } };
    return new PodVolume(name, source, { emptyDir: options });
  }

  /**
   * Creates an `emptyDir` volume that an init container fills with the files of the image.
   *
   * @internal
   */
  public static _copyOfImage(name: string, options: EmptyDirOptions): PodVolume {
    const { _source, _facts } = PodVolume.emptyDir(name, options);
    return new PodVolume(name, _source, { ..._facts, isCopyOfImage: true });
  }

  /**
   * Creates a PersistentVolumeClaim that one pod can mount. A workload that mounts it has one replica by default, and
   * an update stops the old pod before it starts the new one. The claim remains when the workload is deleted.
   *
   * @param name a DNS label, unique in the pod, and the last part of the name of the claim
   * @param options size, storage class and more
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
   */
  public static newClaim(name: string, options: NewClaimOptions): PodVolume {
    return PodVolume.fromClaim('app', 'PodVolume.newClaim', name, options);
  }

  /**
   * Creates a PersistentVolumeClaim that all pods mount, of one or several workloads in one namespace. Its storage
   * class must support the access mode ReadWriteMany. The claim remains when the workloads are deleted.
   *
   * @param name a DNS label, unique in the pod, and the last part of the name of the claim
   * @param options size, storage class and more
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
   */
  public static sharedClaim(name: string, options: NewClaimOptions): PodVolume {
    return PodVolume.fromClaim('shared', 'PodVolume.sharedClaim', name, options);
  }

  /**
   * Creates a PersistentVolumeClaim for each replica of a StatefulSet. The claims remain when pods, replicas or the
   * StatefulSet are deleted, and a new replica gets the claim with its number.
   *
   * @param name a DNS label, unique in the pod, and the first part of the names of the claims
   * @param options size, storage class and more
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage
   */
  public static claimPerReplica(name: string, options: NewClaimOptions): PodVolume {
    return PodVolume.fromClaim('replica', 'PodVolume.claimPerReplica', name, options);
  }

  /**
   * Creates a PersistentVolumeClaim for each pod, which is deleted with the pod: for caches and scratch files that are
   * too large for the disk of the node.
   *
   * @param name a DNS label, unique in the pod
   * @param options size, storage class and more
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes
   */
  public static ephemeralClaim(name: string, options: NewClaimOptions): PodVolume {
    return PodVolume.fromClaim('pod', 'PodVolume.ephemeralClaim', name, options);
  }

  /**
   * References an existing PersistentVolumeClaim, whose data outlives the pod.
   *
   * @param claimName the name of the PersistentVolumeClaim, in the namespace of the pods
   * @param options the name in the pod and the access mode
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
   */
  public static fromClaimName(claimName: string, options: ExistingClaimVolumeOptions = {}): PodVolume {
    checkArgument('PodVolume.fromClaimName', 'claimName', claimName, '"uploads"');
    checkProps<ExistingClaimVolumeOptions>('PodVolume.fromClaimName', options, {
      name: OPTIONAL,
      accessMode: OPTIONAL,
    });
    const { name = nameFrom(claimName), accessMode = PersistentVolumeAccessMode.READ_WRITE_ONCE } = options;
    return new PodVolume(name, { persistentVolumeClaim: { claimName } }, { claim: { kind: 'existing', accessMode } });
  }

  /**
   * References an export of an NFS server. The Pod Security Standard "restricted" forbids such volumes, but accepts a
   * PersistentVolumeClaim of the export.
   *
   * @param name a DNS label, unique in the pod
   * @param options server and path
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#nfs
   */
  public static nfs(name: string, options: NfsVolumeOptions): PodVolume {
    checkArgument('PodVolume.nfs', 'name', name, '"media"');
    checkProps<NfsVolumeOptions>('PodVolume.nfs', options, {
      server: required('"nfs.example.com"'),
      path: required('"/exports/media"'),
      readOnly: OPTIONAL,
    });
    const { server, path, readOnly } = options;
    return new PodVolume(name, { nfs: { server, path, readOnly: readOnly || undefined } });
  }

  /**
   * Creates a volume of a CSI driver that exists as long as the pod. For storage that outlives the pod, use a claim
   * with the storage class of the driver.
   *
   * @param name a DNS label, unique in the pod
   * @param options the driver and its attributes
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#csi-ephemeral-volumes
   */
  public static csi(name: string, options: CsiVolumeOptions): PodVolume {
    checkArgument('PodVolume.csi', 'name', name, '"vault-secrets"');
    checkProps<CsiVolumeOptions>('PodVolume.csi', options, {
      driver: required('"secrets-store.csi.k8s.io"'),
      attributes: OPTIONAL,
      fsType: OPTIONAL,
      nodePublishSecret: OPTIONAL,
      readOnly: OPTIONAL,
    });
    const { driver, attributes, fsType, nodePublishSecret, readOnly } = options;
    const source = {
      driver,
      fsType,
      readOnly: readOnly || undefined,
      volumeAttributes: attributes && { ...attributes },
      nodePublishSecretRef: nodePublishSecret && { name: nodePublishSecret.secretName },
    };
    return new PodVolume(name, { csi: source });
  }

  /**
   * Mounts the files of an image read-only, for example a model or a plugin. Requires a minimum cluster version of
   * 1.36.
   *
   * @param name a DNS label, unique in the pod
   * @param image the image, pinned by a tag or digest
   * @param options when the image is pulled
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#image
   */
  public static image(name: string, image: string, options: ImageVolumeOptions = {}): PodVolume {
    checkArgument('PodVolume.image', 'name', name, '"model"');
    checkArgument('PodVolume.image', 'image', image, '"ghcr.io/acme/model:1.4.2"');
    checkProps<ImageVolumeOptions>('PodVolume.image', options, { pullPolicy: OPTIONAL });
    const { pullPolicy = ImagePullPolicy.IF_NOT_PRESENT } = options;
    checkEnum('PodVolume.image', "'pullPolicy'", pullPolicy, 'ImagePullPolicy', ImagePullPolicy);
    return new PodVolume(name, { image: { reference: image, pullPolicy } }, { since: KubernetesVersion.V1_36 });
  }

  /**
   * References a directory or file of the node, which the Pod Security Standards "baseline" and "restricted" forbid.
   *
   * @param path the absolute path on the node
   * @param options the reason, and the check of the path
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
   */
  public static hostPath(path: string, options: HostPathVolumeOptions): PodVolume {
    checkArgument('PodVolume.hostPath', 'path', path, '"/var/log"');
    checkProps<HostPathVolumeOptions>('PodVolume.hostPath', options, {
      reason: required('"ships the logs of the node"'),
      name: OPTIONAL,
      type: OPTIONAL,
    });
    const { name = nameFrom(`host-${path}`), type = HostPathVolumeType.DEFAULT, reason } = options;
    checkEnum('PodVolume.hostPath', "'type'", type, 'HostPathVolumeType', HostPathVolumeType);
    const rules = ['no-host-path', ...(nodeControl(path) === undefined ? [] : ['no-node-takeover'])];
    const waivers = rules.map(rule => Waiver.of(rule, reason));
    return new PodVolume(name, { hostPath: { path, type: type || undefined } }, { waivers });
  }

  /**
   * Creates files from fields of the pod, such as its labels, or from the resources of the app container. The kubelet
   * updates them.
   *
   * @param name a DNS label, unique in the pod
   * @param files the fields by path of the file: `{ labels: 'metadata.labels', memory: 'limits.memory' }`
   * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
   */
  public static downwardApi(name: string, files: Record<string, string>): PodVolume {
    checkArgument('PodVolume.downwardApi', 'name', name, '"pod-info"');
    checkArgument('PodVolume.downwardApi', 'files', files, '{ labels: "metadata.labels" }');
    return new PodVolume(name, { downwardAPI: { items: downwardApiItems(files) } });
  }

  /**
   * Creates files from several sources in one directory.
   *
   * @param name a DNS label, unique in the pod
   * @param sources ConfigMaps, Secrets, fields of the pod, and tokens
   * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/
   */
  public static projected(name: string, sources: ProjectedSource[]): PodVolume {
    checkArgument('PodVolume.projected', 'name', name, '"identity"');
    checkArgument('PodVolume.projected', 'sources', sources, '[ProjectedSource.serviceAccountToken("vault")]');
    sources.forEach((source, i) =>
      checkInstance('PodVolume.projected', `'sources[${i}]'`, source, {
        type: 'a ProjectedSource',
        member: '_source',
        example: 'ProjectedSource.configMap("app-defaults")',
      }),
    );
    return new PodVolume(name, { projected: projection(sources) });
  }

  /**
   * Creates a volume of any type in the Kubernetes API.
   *
   * @param name a DNS label, unique in the pod
   * @param source the fields next to `name` in a manifest: `configMap: {name: app-config}`
   * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#volume-v1-core
   */
  public static fromSource(name: string, source: any): PodVolume {
    checkArgument('PodVolume.fromSource', 'name', name, '"cache"');
    checkArgument('PodVolume.fromSource', 'source', source, '{ configMap: { name: "app-config" } }');
    return new PodVolume(name, source);
  }

  private static fromClaim(
    kind: Exclude<ClaimKind, 'existing'>,
    factory: string,
    name: string,
    options: NewClaimOptions,
  ): PodVolume {
    checkArgument(factory, 'name', name, '"data"');
    checkProps(factory, options, NEW_CLAIM);
    checkSizeType(factory, "'size'", options.size, 'Size.gibibytes(10)');
    return new PodVolume(name, {}, { claim: newClaim(kind, options) });
  }

  private constructor(
    /** The name of the volume in the pod. */
    public readonly name: string,
    /**
     * The source as in a manifest; empty for new claims, whose source depends on the workload.
     *
     * @internal
     */
    public readonly _source: any,
    /** @internal */
    public readonly _facts: VolumeFacts = {},
  ) {}
}

function checkSizeType(factory: string, subject: string, size: Size, example: string): void {
  checkInstance(factory, subject, size, { type: 'a Size', member: 'toKibibytes', example });
}

function nameFrom(text: string): string {
  return slug(text).slice(0, 63).replace(/-$/, '');
}
