import { claim, configMap, messagesOf, podOfKind } from './fixtures';

const server = (args: string, volume = 'persistentVolumeClaim: {claimName: data}') =>
  podOfKind('StatefulSet', { volume, container: `args: [${args}]` })
    .replace('acme/app:1', 'prom/prometheus:v3.5.0')
    .replace('mountPath: /data', 'mountPath: /prometheus');

const AGE = '--storage.tsdb.retention.time=90d';

test.each([
  [AGE, "keeps the data of 90d, of any size, on the volume 'data' of 5Gi."],
  ['--storage.tsdb.retention=90d', "keeps the data of 90d, of any size, on the volume 'data' of 5Gi."],
  [`${AGE}, --storage.tsdb.retention.size=4GB`, undefined],
  ['--storage.tsdb.retention.size=5GB', "keeps up to 5GB of data on the volume 'data' of 5Gi."],
  ['--storage.tsdb.retention.size=1TB', "keeps up to 1TB of data on the volume 'data' of 5Gi."],
  ['--storage.tsdb.retention.size=512MB', undefined],
  ['--web.enable-lifecycle', undefined],
  [`--agent, ${AGE}`, undefined],
])('checks the retention of [%s]', (args, ending) => {
  expect(messagesOf('retention-fits-volume', server(args), claim('data', 'ReadWriteOnce'))).toEqual(
    ending === undefined ? [] : [`Prometheus in container 'app' ${ending}`],
  );
});

test('compares with the limit of an emptyDir, and with nothing if the size is unknown', () => {
  expect(messagesOf('retention-fits-volume', server(AGE, 'emptyDir: {sizeLimit: 1Gi}'))).toHaveLength(1);
  expect(messagesOf('retention-fits-volume', server(AGE, 'emptyDir: {}'))).toEqual([]);
  expect(messagesOf('retention-fits-volume', server(AGE))).toEqual([]);
});

test('reads the size from the configuration file', () => {
  const withFile = server(AGE)
    .replace('volumeMounts: [', 'volumeMounts: [{name: config, mountPath: /etc/prometheus}, ')
    .replace('volumes: [', 'volumes: [{name: config, configMap: {name: prometheus}}, ');
  const file = configMap('prometheus').replace(
    'data: {a: b}',
    'data: {prometheus.yml: "storage:\\n  tsdb:\\n    retention:\\n      time: 90d\\n      size: 4GB\\n"}',
  );
  const objects = [withFile, claim('data', 'ReadWriteOnce')];
  expect(messagesOf('retention-fits-volume', ...objects, file)).toEqual([]);
  expect(messagesOf('retention-fits-volume', ...objects, configMap('prometheus'))).toHaveLength(1);
});

const resource = (retention: string, size = 'resources: {requests: {storage: 8Gi}}') => `
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: main}
spec: {${retention}, storage: {volumeClaimTemplate: {spec: {${size}}}}}
`;

test.each([
  ['retention: 90d', ['Prometheus keeps the data of 90d, of any size, on a claim of 8Gi.']],
  ['retentionSize: 10GB', ['Prometheus keeps up to 10GB of data on a claim of 8Gi.']],
  ['retention: 90d, retentionSize: 6GB', []],
  ['replicas: 1', []],
])('compares {%s} of a custom resource with its claim', (retention, messages) => {
  expect(messagesOf('retention-fits-volume', resource(retention))).toEqual(messages);
  expect(messagesOf('retention-fits-volume', resource(retention, 'storageClassName: fast'))).toEqual([]);
});
