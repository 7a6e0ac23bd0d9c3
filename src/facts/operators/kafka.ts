import type { OperatorKind, OperatorSetting } from './operator-kind';

const STRIMZI_REFERENCE = 'https://strimzi.io/docs/operators/latest/configuring.html';

/** The storage of Strimzi's brokers, a single volume or several. */
const EPHEMERAL: readonly OperatorSetting[] = [
  { path: 'storage.type', value: 'ephemeral' },
  { path: 'storage.volumes[].type', value: 'ephemeral' },
];

function deletionOf(storage: string): OperatorSetting[] {
  return [
    { path: `${storage}.deleteClaim`, value: true },
    { path: `${storage}.volumes[].deleteClaim`, value: true },
  ];
}

export const KAFKA_OPERATORS: readonly OperatorKind[] = [
  {
    group: 'kafka.strimzi.io',
    kind: 'Kafka',
    source: STRIMZI_REFERENCE,
    // with node pools, the storage is in their objects
    state: ['spec.kafka', 'spec.zookeeper'].map(set => ({
      set,
      storage: ['storage'],
      ephemeral: EPHEMERAL,
      missing: 'rejected',
    })),
    deletion: [...deletionOf('spec.kafka.storage'), ...deletionOf('spec.zookeeper.storage')],
    replicas: { paths: ['spec.kafka.replicas'], missing: 3 },
  },
  {
    group: 'kafka.strimzi.io',
    kind: 'KafkaNodePool',
    source: STRIMZI_REFERENCE,
    state: [{ set: 'spec', storage: ['storage'], ephemeral: EPHEMERAL, missing: 'rejected' }],
    deletion: deletionOf('spec.storage'),
  },
  {
    group: 'zookeeper.pravega.io',
    kind: 'ZookeeperCluster',
    source: 'https://github.com/pravega/zookeeper-operator/blob/master/charts/zookeeper/README.md',
    state: [
      {
        set: 'spec',
        storage: ['persistence'],
        ephemeral: [{ path: 'storageType', value: 'ephemeral' }, { path: 'ephemeral' }],
        missing: 'claim',
      },
    ],
    deletion: [{ path: 'spec.persistence.reclaimPolicy', value: 'Delete' }],
    replicas: { paths: ['spec.replicas'], missing: 3 },
  },
];
