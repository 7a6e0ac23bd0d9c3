import { auditWith } from './fixtures';

const findings = (apiVersion: string, kind: string, spec: string) =>
  auditWith('operator-state-on-claim', `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\nspec: ${spec}\n`)
    .findings;
const messages = (...args: [string, string, string]) => findings(...args).map(({ message }) => message);

test.each([
  [
    'monitoring.coreos.com/v1',
    'Prometheus',
    '{replicas: 2}',
    "'spec.storage.volumeClaimTemplate' is missing, so the data of the Prometheus is deleted with each pod.",
  ],
  [
    'kafka.strimzi.io/v1',
    'Kafka',
    '{kafka: {storage: {type: jbod, volumes: [{id: 0, type: persistent-claim}, {id: 1, type: ephemeral}]}}}',
    "'spec.kafka.storage.volumes[1].type' is 'ephemeral', so the data of the Kafka is deleted with each pod.",
  ],
  [
    'rabbitmq.com/v1beta1',
    'RabbitmqCluster',
    '{persistence: {storage: 0Gi}}',
    "'spec.persistence.storage' is '0Gi', so the data of the RabbitmqCluster is deleted with each pod.",
  ],
  [
    'elasticsearch.k8s.elastic.co/v1',
    'Elasticsearch',
    '{nodeSets: [{podTemplate: {spec: {volumes: [{name: tmp, emptyDir: {}}, ' +
      '{name: elasticsearch-data, emptyDir: {}}]}}}]}',
    "'spec.nodeSets[0].podTemplate.spec.volumes[1].emptyDir' stores the data of the Elasticsearch in a volume that " +
      'is deleted with each pod.',
  ],
])('reports the storage of %s %s', (apiVersion, kind, spec, message) => {
  expect(messages(apiVersion, kind, spec)).toEqual([message]);
});

test.each([
  ['monitoring.coreos.com/v1', 'Prometheus', '{storage: {volumeClaimTemplate: {spec: {}}}}'],
  ['rabbitmq.com/v1beta1', 'RabbitmqCluster', '{persistence: {storage: 20Gi}}'],
  ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', '{nodeSets: [{name: default, count: 3}]}'],
  ['example.com/v1', 'Prometheus', '{}'],
])('accepts the storage of %s %s', (...args) => {
  expect(messages(...args)).toEqual([]);
});

test('only warns about data that is replaceable', () => {
  expect(findings('monitoring.coreos.com/v1', 'Alertmanager', '{}').map(({ severity }) => severity)).toEqual([
    'warning',
  ]);
  expect(findings('monitoring.coreos.com/v1', 'Prometheus', '{}').map(({ severity }) => severity)).toEqual(['error']);
});
