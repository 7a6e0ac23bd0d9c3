import type { OperatorKind } from './operator-kind';

const OT_GROUP = 'redis.redis.opstreelabs.in';
const OT_REFERENCE = 'https://redis-operator.opstree.dev/docs/crd-reference/';

export const REDIS_OPERATORS: readonly OperatorKind[] = [
  {
    group: 'databases.spotahome.com',
    kind: 'RedisFailover',
    source: 'https://github.com/spotahome/redis-operator#persistence',
    state: [
      {
        set: 'spec',
        storage: ['redis.storage.persistentVolumeClaim'],
        ephemeral: [{ path: 'redis.storage.emptyDir' }],
        missing: 'deleted',
      },
    ],
    deletion: [{ path: 'spec.redis.storage.keepAfterDeletion', value: false }],
    replicas: { paths: ['spec.redis.replicas'], missing: 3 },
  },
  ...['Redis', 'RedisReplication', 'RedisCluster'].map((kind): OperatorKind => ({
    group: OT_GROUP,
    kind,
    source: OT_REFERENCE,
    state: [{ set: 'spec', storage: ['storage'], missing: 'deleted' }],
  })),
];
