import type { OperatorKind } from './operator-kind';

export const MONGODB_OPERATORS: readonly OperatorKind[] = [
  {
    group: 'mongodbcommunity.mongodb.com',
    kind: 'MongoDBCommunity',
    source: 'https://github.com/mongodb/mongodb-kubernetes/tree/master/docs/mongodbcommunity',
    state: [
      {
        set: 'spec',
        storage: ['statefulSet.spec.volumeClaimTemplates'],
        ephemeral: [{ path: 'statefulSet.spec.template.spec.volumes[].emptyDir', named: 'data-volume' }],
        missing: 'claim',
      },
    ],
    replicas: { paths: ['spec.members'], missing: 3 },
  },
  {
    group: 'psmdb.percona.com',
    kind: 'PerconaServerMongoDB',
    source: 'https://docs.percona.com/percona-operator-for-mongodb/operator.html',
    state: ['spec.replsets[]', 'spec.sharding.configsvrReplSet'].map(set => ({
      set,
      storage: ['volumeSpec.persistentVolumeClaim', 'volumeSpec.hostPath'],
      ephemeral: [{ path: 'volumeSpec.emptyDir' }],
      missing: 'rejected',
    })),
    deletion: [
      { path: 'metadata.finalizers[]', value: 'percona.com/delete-psmdb-pvc' },
      { path: 'metadata.finalizers[]', value: 'delete-psmdb-pvc' },
    ],
    replicas: { paths: ['spec.replsets[].size'], missing: 3 },
    backup: { paths: ['spec.backup.tasks[]'] },
  },
];
