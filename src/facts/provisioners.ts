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

/**
 * The provisioners whose volumes can grow, if their StorageClass allows it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims
 * @see https://kubernetes-csi.github.io/docs/drivers.html
 */
export const EXPANDABLE_PROVISIONERS: readonly string[] = [
  ...['ebs.csi.aws.com', 'pd.csi.storage.gke.io', 'disk.csi.azure.com', 'file.csi.azure.com'],
  ...['cinder.csi.openstack.org', 'csi.hetzner.cloud', 'dobs.csi.digitalocean.com', 'linodebs.csi.linode.com'],
  ...['diskplugin.csi.alibabacloud.com', 'vpc.block.csi.ibm.io', 'blockvolume.csi.oraclecloud.com'],
  ...['csi.vsphere.vmware.com', 'csi.trident.netapp.io', 'pxd.portworx.com', 'driver.longhorn.io'],
  ...['rook-ceph.rbd.csi.ceph.com', 'rook-ceph.cephfs.csi.ceph.com', 'rbd.csi.ceph.com', 'cephfs.csi.ceph.com'],
  ...['topolvm.io', 'topolvm.cybozu.com', 'local.csi.openebs.io', 'zfs.csi.openebs.io', 'io.openebs.csi-mayastor'],
  ...['kubernetes.io/aws-ebs', 'kubernetes.io/gce-pd', 'kubernetes.io/azure-disk', 'kubernetes.io/azure-file'],
  ...['kubernetes.io/cinder', 'kubernetes.io/portworx-volume', 'kubernetes.io/rbd'],
];
