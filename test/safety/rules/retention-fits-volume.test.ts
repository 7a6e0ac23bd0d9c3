import { claim, configMap, messagesOf, podOfKind } from './fixtures';

const server = (args: string, volume = 'persistentVolumeClaim: {claimName: data}') =>
  podOfKind('StatefulSet', { volume, container: `args: [${args}]` })
    .replace('acme/app:1', 'prom/prometheus:v3.5.0')
    .replace('mountPath: /data', 'mountPath: /prometheus');

const AGE = '--storage.tsdb.retention.time=90d';

test.each([
  [AGE, "keeps the data of 90d, whatever its size, on the volume 'data' of 5Gi."],
  ['--storage.tsdb.retention=90d', "keeps the data of 90d, whatever its size, on the volume 'data' of 5Gi."],
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
