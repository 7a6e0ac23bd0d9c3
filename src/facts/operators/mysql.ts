import type { OperatorKind } from './operator-kind';

export const MYSQL_OPERATORS: readonly OperatorKind[] = [
  {
    group: 'pxc.percona.com',
    kind: 'PerconaXtraDBCluster',
    source: 'https://docs.percona.com/percona-operator-for-mysql/pxc/operator.html',
    state: [
      {
        set: 'spec.pxc',
        storage: ['volumeSpec.persistentVolumeClaim', 'volumeSpec.hostPath'],
        ephemeral: [{ path: 'volumeSpec.emptyDir' }],
        missing: 'rejected',
      },
    ],
    deletion: [
      { path: 'metadata.finalizers[]', value: 'percona.com/delete-pxc-pvc' },
      { path: 'metadata.finalizers[]', value: 'delete-pxc-pvc' },
    ],
    replicas: { paths: ['spec.pxc.size'], missing: 3 },
    backup: { paths: ['spec.backup.schedule[]'] },
  },
  {
    group: 'mysql.oracle.com',
    kind: 'InnoDBCluster',
    source: 'https://dev.mysql.com/doc/mysql-operator/en/mysql-operator-properties.html',
    state: [{ set: 'spec', storage: ['datadirVolumeClaimTemplate'], missing: 'claim' }],
    replicas: { paths: ['spec.instances'], missing: 1 },
    backup: {
      paths: ['spec.backupSchedules[]'],
      objects: [{ kind: 'MySQLBackup', reference: 'spec.clusterName' }],
    },
  },
  ...['k8s.mariadb.com', 'enterprise.mariadb.com'].map((group): OperatorKind => ({
    group,
    kind: 'MariaDB',
    source: 'https://github.com/mariadb-operator/mariadb-operator/blob/main/docs/storage.md',
    state: [
      {
        set: 'spec',
        storage: ['storage'],
        ephemeral: [{ path: 'storage.ephemeral', value: true }],
        missing: 'rejected',
      },
    ],
    replicas: { paths: ['spec.replicas'], missing: 1 },
    backup: {
      paths: [],
      objects: [
        { kind: 'Backup', reference: 'spec.mariaDbRef.name' },
        { kind: 'PhysicalBackup', reference: 'spec.mariaDbRef.name' },
      ],
    },
  })),
  {
    group: 'planetscale.com',
    kind: 'VitessCluster',
    source: 'https://github.com/planetscale/vitess-operator/blob/main/docs/api.md',
    state: ['equal.shardTemplate', 'custom.shards[]'].map(shard => ({
      set: `spec.keyspaces[].partitionings[].${shard}.tabletPools[]`,
      storage: ['dataVolumeClaimTemplate', 'externalDatastore'],
      missing: 'rejected',
    })),
    replicas: {
      paths: ['equal.shardTemplate', 'custom.shards[]'].map(
        shard => `spec.keyspaces[].partitionings[].${shard}.tabletPools[].replicas`,
      ),
      missing: 1,
    },
    backup: { paths: ['spec.backup'] },
  },
];
