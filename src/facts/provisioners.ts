/** A provisioner whose volumes only the nodes of one zone, or one node, can reach. */
export interface ZonalProvisioner {
  readonly names: readonly string[];
  /** The nodes that reach a volume, for messages: `its zone`. */
  readonly reach: 'zone' | 'node';
  /** Matches the parameters of volumes that several zones reach. */
  readonly regional?: RegExp;
}

/**
 * The provisioners of volumes that not all nodes reach.
 *
 * @see https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
 */
export const ZONAL_PROVISIONERS: readonly ZonalProvisioner[] = [
  {
    names: [
      'ebs.csi.aws.com',
      'kubernetes.io/aws-ebs',
      'cinder.csi.openstack.org',
      'kubernetes.io/cinder',
      'diskplugin.csi.alibabacloud.com',
      'vpc.block.csi.ibm.io',
      'csi.hetzner.cloud',
    ],
    reach: 'zone',
  },
  {
    names: ['pd.csi.storage.gke.io', 'kubernetes.io/gce-pd'],
    reach: 'zone',
    regional: /regional-pd|hyperdisk-balanced-high-availability/,
  },
  { names: ['disk.csi.azure.com', 'kubernetes.io/azure-disk'], reach: 'zone', regional: /_ZRS/i },
  {
    names: [
      'rancher.io/local-path',
      'kubernetes.io/no-provisioner',
      'openebs.io/local',
      'local.csi.openebs.io',
      'zfs.csi.openebs.io',
      'topolvm.io',
      'topolvm.cybozu.com',
    ],
    reach: 'node',
  },
];
