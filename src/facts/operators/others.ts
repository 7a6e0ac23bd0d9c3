import type { OperatorKind } from './operator-kind';

export const OTHER_OPERATORS: readonly OperatorKind[] = [
  {
    group: 'rabbitmq.com',
    kind: 'RabbitmqCluster',
    source: 'https://www.rabbitmq.com/kubernetes/operator/using-operator#persistence',
    state: [
      {
        set: 'spec',
        storage: ['persistence.storage'],
        ephemeral: [{ path: 'persistence.storage', value: '0' }],
        missing: 'claim',
      },
    ],
    replicas: { paths: ['spec.replicas'], missing: 1 },
  },
  {
    group: 'minio.min.io',
    kind: 'Tenant',
    source: 'https://github.com/minio/operator/blob/master/docs/tenant_crd.adoc',
    state: [{ set: 'spec.pools[]', storage: ['volumeClaimTemplate'], missing: 'rejected' }],
    deletion: [{ path: 'spec.pools[].reclaimStorage', value: true }],
    replicas: { paths: ['spec.pools[].servers'], missing: 1 },
  },
  {
    group: 'cassandra.datastax.com',
    kind: 'CassandraDatacenter',
    source: 'https://docs.k8ssandra.io/reference/crd/cass-operator-crds-latest/',
    state: [{ set: 'spec', storage: ['storageConfig.cassandraDataVolumeClaimSpec'], missing: 'rejected' }],
    replicas: { paths: ['spec.size'], missing: 1 },
  },
  {
    group: 'scylla.scylladb.com',
    kind: 'ScyllaCluster',
    source: 'https://operator.docs.scylladb.com/stable/reference/api/groups/scylla.scylladb.com/scyllaclusters.html',
    state: [{ set: 'spec.datacenter.racks[]', storage: ['storage'], missing: 'rejected' }],
    replicas: { paths: ['spec.datacenter.racks[].members'], missing: 1 },
    backup: { paths: ['spec.backups[]'] },
  },
];
