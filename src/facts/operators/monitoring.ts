import type { OperatorKind, OperatorSetting, OperatorState } from './operator-kind';

const PROMETHEUS_GROUP = 'monitoring.coreos.com';
const PROMETHEUS_REFERENCE = 'https://prometheus-operator.dev/docs/platform/storage/';

const PROMETHEUS_STATE: OperatorState = {
  set: 'spec',
  storage: ['storage.volumeClaimTemplate'],
  ephemeral: [{ path: 'storage.emptyDir' }, { path: 'storage.ephemeral' }],
  missing: 'deleted',
};

const RETENTION_POLICY: readonly OperatorSetting[] = ['whenDeleted', 'whenScaled'].map(event => ({
  path: `spec.persistentVolumeClaimRetentionPolicy.${event}`,
  value: 'Delete',
}));

export const MONITORING_OPERATORS: readonly OperatorKind[] = [
  ...['Prometheus', 'ThanosRuler'].map((kind): OperatorKind => ({
    group: PROMETHEUS_GROUP,
    kind,
    source: PROMETHEUS_REFERENCE,
    state: [PROMETHEUS_STATE],
    deletion: RETENTION_POLICY,
  })),
  {
    group: PROMETHEUS_GROUP,
    kind: 'Alertmanager',
    source: PROMETHEUS_REFERENCE,
    // silences and the notifications that were sent
    state: [{ ...PROMETHEUS_STATE, isReplaceable: true }],
    deletion: RETENTION_POLICY,
  },
  {
    group: 'operator.victoriametrics.com',
    kind: 'VMSingle',
    source: 'https://docs.victoriametrics.com/operator/api/#vmsinglespec',
    state: [{ set: 'spec', storage: ['storage', 'storageDataPath'], missing: 'deleted' }],
    deletion: [{ path: 'spec.removePvcAfterDelete', value: true }],
  },
  {
    group: 'operator.victoriametrics.com',
    kind: 'VMCluster',
    source: 'https://docs.victoriametrics.com/operator/api/#vmstorage',
    state: [
      {
        set: 'spec.vmstorage',
        storage: ['storage.volumeClaimTemplate', 'storageDataPath'],
        ephemeral: [{ path: 'storage.emptyDir' }],
        missing: 'deleted',
      },
    ],
  },
];
