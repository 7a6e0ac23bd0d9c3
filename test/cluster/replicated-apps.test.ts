import { eventually, TestNamespace } from './cluster';
import { exampleObjects, serve } from './example-app';

let namespace: TestNamespace;
afterEach(() => namespace?.delete());

/** Applies an example with programs of busybox and its Secrets in a new namespace. */
function apply(
  example: string,
  scripts: Record<string, (container: any) => string>,
  secrets: Record<string, Record<string, string>>,
  replace: Record<string, string>,
): void {
  namespace = TestNamespace.create(example);
  const standIns = Object.fromEntries(Object.entries(scripts).map(([image, script]) => [image, { script }]));
  const objects = exampleObjects(example, namespace, { standIns, replace });
  namespace.applyObjects([
    ...Object.entries(secrets).map(([name, stringData]) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      stringData,
    })),
    ...objects,
  ]);
}

const shell = (workload: string, script: string) =>
  namespace.kubectl('exec', workload, '-c', 'app', '--', 'sh', '-c', script).trim();

/** Whether a container can connect to a port. */
function reaches(workload: string, host: string, port: number): boolean {
  try {
    shell(workload, `nc -w 2 ${host} ${port} -e true`);
    return true;
  } catch {
    return false;
  }
}

/** Expects that the first replica connects to each host. */
async function expectConnections(workload: string, hosts: readonly string[], port: number): Promise<void> {
  for (const host of hosts) {
    await eventually(`${workload} reaches ${host}`, () => reaches(workload, host, port), 60);
  }
}

test('the nodes of Elasticsearch reach each other, write next to their configuration, and serve Kibana', async () => {
  const directory = '/usr/share/elasticsearch/config';
  const elasticsearch = ({ name }: any) =>
    name.startsWith('copy-')
      ? 'echo keystore > /writable-copy/elasticsearch.keystore; mkdir -p /writable-copy/jvm.options.d'
      : `httpd -p 9300 -h /tmp\n${serve(9200, '/')}`;
  const certificate = { 'tls.crt': 'certificate', 'tls.key': 'key', 'ca.crt': 'authority' };
  apply(
    'elasticsearch',
    {
      'docker.elastic.co/elasticsearch/elasticsearch': elasticsearch,
      'docker.elastic.co/kibana/kibana': () => serve(5601, '/login'),
    },
    {
      'elasticsearch': { 'password': 'password', 'kibana-password': 'password', 'session-key': 'key' },
      'elasticsearch-tls': certificate,
    },
    // busybox has no curl
    { 'curl -sf': 'true' },
  );
  namespace.rolledOut('deployment/elasticsearch-kibana', 240);
  const pod = 'elasticsearch-0';
  namespace.rolledOut('statefulset/elasticsearch', 240);
  expect(shell(pod, 'echo "$NODES"')).toBe('elasticsearch-0,elasticsearch-1,elasticsearch-2');
  await expectConnections(pod, shell(pod, 'echo "$SEED_HOSTS"').split(','), 9300);
  expect(shell(pod, `cd ${directory}; touch a; cat elasticsearch.keystore certs/*; head -n 1 elasticsearch.yml`)).toBe(
    'keystore\nauthoritycertificatekeycluster.name: search',
  );
  const kibana = 'deployment/elasticsearch-kibana';
  const host = shell(kibana, 'echo "$ELASTICSEARCH_HOSTS"').replace(/^http:\/\/|:9200$/g, '');
  await expectConnections(kibana, [host], 9200);
  expect(reaches(kibana, 'elasticsearch-headless', 9300)).toBe(false);
});

test('the replicas of MinIO reach each other, keep their objects, and serve the app', async () => {
  const minio = () => `httpd -p 9001 -h /tmp\n${serve(9000, '/minio/health/ready', '/minio/health/live')}`;
  apply(
    'minio',
    { 'quay.io/minio/minio': minio, 'ghcr.io/acme/files': () => serve(8080, '/') },
    { minio: { 'password': 'password', 'files-access-key': 'files', 'files-secret-key': 'password' } },
    { 'storageClassName: gp3': 'storageClassName: standard' },
  );
  namespace.rolledOut('statefulset/minio', 300);
  const volumes = shell('minio-0', 'echo "$MINIO_VOLUMES"');
  const hosts = [0, 1, 2, 3].map(index =>
    volumes.replace('{0...3}', `${index}`).replace(/^http:\/\/|:9000\/data$/g, ''),
  );
  expect(hosts[3]).toBe(`minio-3.minio-headless.${namespace.name}.svc`);
  await expectConnections('minio-0', hosts, 9000);
  shell('minio-3', 'hostname > /data/object');
  await namespace.deletePods(['minio-3']);
  namespace.rolledOut('statefulset/minio', 300);
  expect(shell('minio-3', 'cat /data/object')).toBe('minio-3');
  namespace.rolledOut('deployment/minio-files', 240);
  await expectConnections('deployment/minio-files', ['minio'], 9000);
  expect(reaches('deployment/minio-files', 'minio', 9001)).toBe(false);
});
