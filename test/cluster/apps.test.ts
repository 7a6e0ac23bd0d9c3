import { Pods } from 'cdk8s-plus-28';
import { AppWorkload, DatabaseCredentials, HealthCheck, SecretSource } from 'cdk8s-storage-patterns';
import { eventually, TestNamespace } from './cluster';
import { ExampleAppOptions, exampleObjects, secretObjects, serve } from './example-app';
import { BUSYBOX, Logging, SMALL } from './log-writers';
import { postgres } from './postgres';

let namespace: TestNamespace;
let clusterObjects: string[] = [];
let logging: Logging | undefined;
afterEach(() => {
  clusterObjects.forEach(name => namespace.kubectl('delete', name, '--ignore-not-found'));
  clusterObjects = [];
  namespace?.delete();
  logging?.stop();
  logging = undefined;
});

const PRIVILEGED = { 'pod-security.kubernetes.io/enforce': 'privileged' };

/** Applies an example in a new namespace with the Pod Security Standard "restricted". */
function apply(
  example: string,
  options: ExampleAppOptions,
  secrets: Record<string, Record<string, string>> = {},
): any[] {
  namespace = TestNamespace.create(example);
  return applyTo(example, options, secrets);
}

/** Applies an example in the namespace of the test, with the Secrets that it expects. */
function applyTo(
  example: string,
  options: ExampleAppOptions,
  secrets: Record<string, Record<string, string>> = {},
): any[] {
  const objects = exampleObjects(example, namespace, options);
  clusterObjects = objects
    .filter(({ kind }) => kind.startsWith('Cluster'))
    .map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  namespace.applyObjects([...secretObjects(secrets), ...objects]);
  return objects;
}

const inside = (workload: string, ...command: string[]) =>
  namespace.kubectl('exec', workload, '-c', 'app', '--', ...command);
const shell = (workload: string, script: string) => inside(workload, 'sh', '-c', script).trim();
const podsOf = (name: string): string[] =>
  namespace.get('pods', '-l', `app.kubernetes.io/name=${name}`).items.map(({ metadata }: any) => metadata.name);

/** Whether a command in a container ends with 0. */
function succeeds(workload: string, script: string): boolean {
  try {
    shell(workload, script);
    return true;
  } catch {
    return false;
  }
}

/** The value of a key of a Secret. */
function secretValue(name: string, key: string): string {
  return Buffer.from(namespace.get('secret', name).data[key], 'base64').toString('utf8');
}

/** Writes a file to the claim of a Deployment, which a rollout and a deleted pod keep. */
async function keepsFiles(name: string, directory: string): Promise<void> {
  const deployment = `deployment/${name}`;
  shell(deployment, `echo kept > ${directory}/file`);
  namespace.kubectl('rollout', 'restart', deployment);
  namespace.rolledOut(deployment);
  await namespace.deletePods(podsOf(name));
  namespace.rolledOut(deployment);
  expect(shell(deployment, `cat ${directory}/file`)).toBe('kept');
}

test('Ghost reaches its database under the names of its settings, and keeps its content', async () => {
  const image = 'docker.io/library/mysql:9';
  apply('ghost', {
    standIns: {
      'docker.io/library/ghost': { script: () => serve(2368, '/ghost/api/admin/site/') },
      'docker.io/library/mysql': { image },
    },
  });
  namespace.rolledOut('deployment/ghost', 400);
  const setting = (name: string) => shell('deployment/ghost', `echo "$database__connection__${name}"`);
  expect(setting('host')).toContain('ghost-db');
  expect(setting('password')).toBe(secretValue('ghost-db-credentials', 'password'));
  expect([setting('user'), setting('database')]).toEqual(['app', 'app']);
  expect(succeeds('deployment/ghost', 'nc -w 5 "$database__connection__host" 3306 -e true')).toBe(true);
  await keepsFiles('ghost', '/var/lib/ghost/content');
});

test('WordPress reaches its database, and keeps its files', async () => {
  apply('wordpress', {
    standIns: { 'docker.io/library/wordpress': { script: () => serve(8080, '/wp-login.php') } },
  });
  namespace.rolledOut('deployment/wordpress', 400);
  expect(shell('deployment/wordpress', 'echo "$WORDPRESS_DB_NAME $WORDPRESS_DB_USER"')).toBe('app app');
  expect(succeeds('deployment/wordpress', 'nc -w 5 "${WORDPRESS_DB_HOST%:*}" "${WORDPRESS_DB_HOST#*:}" -e true')).toBe(
    true,
  );
  expect(shell('deployment/wordpress', 'cat /etc/apache2/ports.conf')).toBe('Listen 8080');
  await keepsFiles('wordpress', '/var/www/html');
});

test('Nextcloud shares its files between replicas and the background jobs, which have its settings', async () => {
  const script = ({ name, command }: any) =>
    name.startsWith('copy-')
      ? 'echo memory_limit=512M > /writable-copy/docker.ini'
      : command
        ? 'cat /usr/local/etc/php/conf.d/docker.ini > /var/www/data/cron; echo "$POSTGRES_DB" >> /var/www/data/cron'
        : serve(8080, '/status.php');
  apply(
    'nextcloud',
    { standIns: { 'docker.io/library/nextcloud': { script } } },
    { 'nextcloud-admin': { password: 'admin-password' } },
  );
  namespace.rolledOut('deployment/nextcloud', 240);
  namespace.kubectl('create', 'job', 'run', '--from=cronjob/nextcloud-cron');
  namespace.kubectl('wait', '--for=condition=Complete', 'job/run', '--timeout=120s');
  const [first, second] = podsOf('nextcloud');
  expect(shell(first, 'cat /var/www/data/cron')).toBe('memory_limit=512M\napp');
  shell(first, 'echo shared > /var/www/html/file');
  expect(shell(second, 'cat /var/www/html/file')).toBe('shared');
  expect(
    succeeds(first, 'nc -w 5 "$POSTGRES_HOST" 5432 -e true && nc -w 5 "$REDIS_HOST" "$REDIS_HOST_PORT" -e true'),
  ).toBe(true);
});

test('Prometheus keeps the series of each replica, reads its rules, and can list pods', async () => {
  apply('prometheus', {
    standIns: { 'quay.io/prometheus/prometheus': { script: () => serve(9090, '/-/ready', '/-/healthy') } },
  });
  namespace.rolledOut('statefulset/prometheus', 240);
  for (const replica of ['prometheus-0', 'prometheus-1']) {
    shell(replica, 'hostname > /prometheus/series');
    await namespace.deletePods([replica]);
  }
  namespace.rolledOut('statefulset/prometheus', 240);
  expect(shell('prometheus-0', 'cat /prometheus/series')).toBe('prometheus-0');
  expect(shell('prometheus-1', 'cat /prometheus/series')).toBe('prometheus-1');
  expect(shell('prometheus-0', 'ls /etc/prometheus/config/rules')).toBe('targets.yml');
  expect(shell('prometheus-0', 'ls /var/run/secrets/kubernetes.io/serviceaccount/token')).toMatch(/token$/);
  const account = `--as=system:serviceaccount:${namespace.name}:prometheus`;
  expect(namespace.kubectl('auth', 'can-i', 'list', 'pods', '--all-namespaces', account).trim()).toBe('yes');
});

test('Grafana finds its dashboards in folders and its password in a file, and keeps its database', async () => {
  apply(
    'grafana',
    { standIns: { 'docker.io/grafana/grafana': { script: () => serve(3000, '/api/health') } } },
    { 'grafana-admin': { password: 'admin-password' } },
  );
  namespace.rolledOut('deployment/grafana', 240);
  expect(shell('deployment/grafana', 'cat "$GF_SECURITY_ADMIN_PASSWORD__FILE"')).toBe('admin-password');
  expect(shell('deployment/grafana', 'cd /etc/grafana && ls dashboards/*/*.json provisioning/*/*.yaml')).toBe(
    [
      'dashboards/apps/scrapes.json',
      'dashboards/monitoring/prometheus.json',
      'provisioning/dashboards/folders.yaml',
      'provisioning/datasources/prometheus.yaml',
    ].join('\n'),
  );
  await keepsFiles('grafana', '/var/lib/grafana');
});

test('the nodes of RabbitMQ reach each other by name, and clients only reach AMQP', async () => {
  const script = () => ['4369', '25672', '15692'].map(port => `httpd -p ${port} -h /tmp\n`).join('') + serve(5672, '/');
  apply(
    'rabbitmq',
    { standIns: { 'docker.io/library/rabbitmq': { script } } },
    { rabbitmq: { 'password': 'password', 'erlang-cookie': 'cookie' } },
  );
  namespace.rolledOut('statefulset/rabbitmq', 240);
  const name = shell('rabbitmq-0', 'echo "$RABBITMQ_NODENAME"');
  expect(name).toBe(`rabbit@rabbitmq-0.rabbitmq-headless.${namespace.name}.svc`);
  const peers = shell('rabbitmq-0', 'grep classic_config.nodes /etc/rabbitmq/rabbitmq.conf | sed "s/.*@//"').split(
    '\n',
  );
  expect(peers).toHaveLength(3);
  for (const peer of peers) {
    await eventually(`rabbitmq-0 reaches ${peer}`, () => succeeds('rabbitmq-0', `nc -w 2 ${peer} 25672 -e true`), 60);
  }
  namespace.apply(chart => {
    const client = new AppWorkload(chart, 'client', {
      image: BUSYBOX,
      replicas: 1,
      command: ['sleep', 'infinity'],
      healthCheck: HealthCheck.command(['true']),
      resources: SMALL,
    });
    client.allowTo(Pods.select(chart, 'mq', { labels: { 'app.kubernetes.io/name': 'rabbitmq' } }));
  });
  namespace.rolledOut('deployment/test-client');
  const reaches = (port: number) => succeeds('deployment/test-client', `nc -w 2 ${peers[1]} ${port} -e true`);
  await eventually('the client reaches AMQP', () => reaches(5672), 60);
  expect([25672, 4369, 15692].map(reaches)).toEqual([false, false, false]);
});

test('the reports of a CronJob and the import of a Job complete with their configuration and database', async () => {
  namespace = TestNamespace.create('reports');
  const script = ({ args }: any) =>
    `echo ${args[0]}; head -n 1 /app/config/report.yaml; ` +
    'nc -w 5 "$ORDERS_HOST" "$ORDERS_PORT" -e true && echo connected';
  const secret = { 'orders-db': { password: 'password' } };
  namespace.apply(chart => {
    postgres(chart, 'orders', {
      credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders-db')),
    }).allowFrom(Pods.all(chart, 'jobs'));
  });
  const host = `test-orders.${namespace.name}.svc.cluster.local`;
  const replace = { 'orders.example.com': host, '10.20.0.0/16': '10.244.0.0/16' };
  const objects = applyTo('reports', { standIns: { 'ghcr.io/acme/reports': { script } }, replace }, secret);
  namespace.kubectl('create', 'job', 'run', '--from=cronjob/reports-nightly');
  const { metadata } = objects.find(({ kind }) => kind === 'Job');
  for (const [job, argument] of [
    ['run', 'report'],
    [metadata.name, 'import'],
  ]) {
    namespace.kubectl('wait', '--for=condition=Complete', `job/${job}`, '--timeout=240s');
    const log = namespace.kubectl('logs', `job/${job}`, '-c', 'app').trim().split('\n');
    expect([log[0], log[2]]).toEqual([argument, 'connected']);
  }
});

test('the agent on a node ships the logs of other pods, and continues after a restart', async () => {
  logging = new Logging('node-logs');
  namespace = logging.namespace;
  namespace.applyObjects([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace.name, labels: PRIVILEGED } },
  ]);
  const lines: string[] = [];
  const sink = await logging.sink(line => lines.push(line));
  const [{ address }] = namespace.get('nodes').items[0].status.addresses;
  const replace = {
    'otel-gateway.monitoring.svc': address,
    '4318': String(sink.port),
    '/var/log/containers/*.log': `/var/log/containers/writer-*_${namespace.name}_*.log`,
    'path: /var/lib/node-logs': `path: /tmp/${namespace.name}`,
  };
  const image = 'cr.fluentbit.io/fluent/fluent-bit:5';
  applyTo('node-logs', { standIns: { 'cr.fluentbit.io/fluent/fluent-bit': { image } }, replace });
  namespace.rolledOut('daemonset/node-logs', 240);
  const write = (name: string) =>
    namespace.kubectl('run', `writer-${name}`, `--image=${BUSYBOX}`, '--restart=Never', '--', 'echo', `line ${name}`);
  const arrived = (line: string) => lines.filter(text => text.includes(line)).length;
  write('one');
  await eventually('the first line arrives', () => arrived('line one') === 1);
  await namespace.deletePods(podsOf('node-logs'));
  write('two');
  namespace.rolledOut('daemonset/node-logs', 240);
  await eventually('the second line arrives', () => arrived('line two') === 1);
  expect([arrived('line one'), arrived('line two')]).toEqual([1, 1]);
});
