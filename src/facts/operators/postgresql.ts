import type { OperatorKind } from './operator-kind';

export const POSTGRESQL_OPERATORS: readonly OperatorKind[] = [
  {
    group: 'postgresql.cnpg.io',
    kind: 'Cluster',
    source: 'https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/',
    state: [{ set: 'spec', storage: ['storage'], missing: 'rejected' }],
    replicas: { paths: ['spec.instances'], missing: 1 },
    backup: {
      paths: ['spec.backup.barmanObjectStore', 'spec.backup.volumeSnapshot', 'spec.plugins[]'],
      objects: [{ kind: 'ScheduledBackup', reference: 'spec.cluster.name' }],
      copy: 'spec.replica.source',
    },
  },
  {
    group: 'acid.zalan.do',
    kind: 'postgresql',
    source: 'https://postgres-operator.readthedocs.io/en/latest/reference/cluster_manifest/',
    state: [{ set: 'spec', storage: ['volume'], missing: 'rejected' }],
    replicas: { paths: ['spec.numberOfInstances'], missing: 1 },
  },
  {
    group: 'postgres-operator.crunchydata.com',
    kind: 'PostgresCluster',
    source: 'https://access.crunchydata.com/documentation/postgres-operator/latest/references/crd/',
    state: [{ set: 'spec.instances[]', storage: ['dataVolumeClaimSpec'], missing: 'rejected' }],
    replicas: { paths: ['spec.instances[].replicas'], missing: 1 },
    backup: { paths: ['spec.backups.pgbackrest.repos[]', 'spec.backups.snapshots'], copy: 'spec.standby.enabled' },
  },
  {
    group: 'pgv2.percona.com',
    kind: 'PerconaPGCluster',
    source: 'https://docs.percona.com/percona-operator-for-postgresql/latest/operator.html',
    state: [{ set: 'spec.instances[]', storage: ['dataVolumeClaimSpec'], missing: 'rejected' }],
    deletion: [{ path: 'metadata.finalizers[]', value: 'percona.com/delete-pvc' }],
    replicas: { paths: ['spec.instances[].replicas'], missing: 1 },
    backup: { paths: ['spec.backups.pgbackrest.repos[]'] },
  },
];
