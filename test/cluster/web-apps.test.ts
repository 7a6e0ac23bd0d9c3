import { AppWorkload, DatabaseCredentials, HealthCheck, NetworkPeer, SecretSource } from 'cdk8s-storage-patterns';
import { eventually, TestNamespace } from './cluster';
import { ExampleAppOptions, exampleObjects, secretObjects, serve } from './example-app';
import { BUSYBOX, Logging, SMALL } from './log-writers';
import { postgres } from './postgres';

let namespace: TestNamespace;
let logging: Logging | undefined;
afterEach(() => {
  namespace?.delete();
  logging?.stop();
  logging = undefined;
});

const shell = (workload: string, script: string) =>
  namespace.kubectl('exec', workload, '-c', 'app', '--', 'sh', '-ec', script).trim();

/** Whether a script in the app container succeeds. */
function succeeds(workload: string, script: string): boolean {
  try {
    shell(workload, script);
    return true;
  } catch {
    return false;
  }
}

/** Defines PostgreSQL in place of the external database of an example, and returns how the example differs. */
function externalDatabase(secretName: string, host: string): ExampleAppOptions {
  namespace.apply(chart => {
    postgres(chart, 'external', {
      credentials: DatabaseCredentials.fromSecret(SecretSource.fromName(secretName)),
    }).allowFrom(NetworkPeer.namespaces(namespace.name));
  });
  return {
    standIns: { 'docker.io/library/postgres': { image: 'docker.io/library/postgres:17.11-trixie' } },
    replace: { [host]: `test-external.${namespace.name}.svc.cluster.local`, '10.20.0.0/16': '10.244.0.0/16' },
  };
}

test('the replicas of Keycloak reach their database and each other, and can replace files of the image', async () => {
  namespace = TestNamespace.create('keycloak');
  namespace.applyObjects([
    ...secretObjects({ 'keycloak-db': { username: 'keycloak', password: 'password' } }),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'rds-ca' }, data: { 'global-bundle.pem': 'authority' } },
  ]);
  const script = ({ name }: any) =>
    name.startsWith('copy-')
      ? 'echo image > /writable-copy/application'
      : `httpd -p 7800 -h /tmp\n${serve(9000, '/health/ready', '/health/live')}`;
  const { standIns, replace } = externalDatabase('keycloak-db', 'keycloak.abc.eu-west-1.rds.amazonaws.com');
  const options = { standIns: { ...standIns, 'quay.io/keycloak/keycloak': { script } }, replace };
  namespace.applyObjects(exampleObjects('keycloak', namespace, options));
  namespace.rolledOut('deployment/keycloak', 300);
  const [first, second] = namespace.get('pods', '-l', 'app.kubernetes.io/name=keycloak').items;
  const keycloak = `pod/${first.metadata.name}`;
  expect(shell(keycloak, 'cat /opt/keycloak/lib/quarkus/application')).toBe('image');
  expect(shell(keycloak, 'echo built > /opt/keycloak/lib/quarkus/application; mkdir /opt/keycloak/data/tmp')).toBe('');
  expect(shell(keycloak, 'cat "${KC_DB_URL##*sslrootcert=}"')).toBe('authority');
  expect(shell(keycloak, 'echo "$KC_DB_USERNAME $JAVA_OPTS_APPEND"')).toBe(
    `keycloak -Djgroups.bind.address=${first.status.podIP}`,
  );
  expect(succeeds(keycloak, 'host=${KC_DB_URL#*//}; nc -w 5 "${host%%:*}" 5432 -e true')).toBe(true);
  const connect = `nc -w 2 ${second.status.podIP} 7800 -e true`;
  await eventually('the replicas reach each other', () => succeeds(keycloak, connect), 60);
  namespace.apply(chart => {
    new AppWorkload(chart, 'client', {
      image: BUSYBOX,
      replicas: 1,
      command: ['sleep', 'infinity'],
      healthCheck: HealthCheck.command(['true']),
      resources: SMALL,
    }).allowTo(NetworkPeer.namespaces(namespace.name));
  });
  namespace.rolledOut('deployment/test-client');
  expect(succeeds('deployment/test-client', connect)).toBe(false);
});

test('Spring Boot reads its configuration, and its stack traces arrive in Loki', async () => {
  logging = new Logging('spring');
  namespace = logging.namespace;
  const records: string[] = [];
  const sink = await logging.sink(message => records.push(message));
  const trace = 'failed\njava.lang.IllegalStateException: no stock\n\tat com.acme.Orders.place(Orders.java:7)';
  const lines = [
    `2026-01-31 23:59:58.123 ERROR [main] com.acme.Orders - ${trace}`,
    '2026-01-31 23:59:59.000 INFO  [main] com.acme.Orders - next',
  ].join('\n');
  const script = () =>
    `cat > /var/log/orders/orders.log << 'END'\n${lines}\nEND\n` +
    serve(8080, '/actuator/health/readiness', '/actuator/health/liveness');
  const objects = exampleObjects('spring', namespace, {
    standIns: {
      'ghcr.io/acme/orders': { script },
      'cr.fluentbit.io/fluent/fluent-bit': { image: 'cr.fluentbit.io/fluent/fluent-bit:5' },
    },
    replace: {
      'loki-gateway.monitoring.svc': logging.sinkHost,
      'port: 80\n          tls': `port: ${sink.port}\n          tls`,
    },
  });
  const policy = objects.find(({ metadata }) => metadata.name === 'spring-orders-logs-sinks');
  policy.spec.egress[0].ports[0].port = sink.port;
  namespace.applyObjects(objects);
  await namespace.kubectlAsync('rollout', 'status', 'deployment/spring-orders', '--timeout=240s');
  await eventually(
    'the stack traces of two replicas arrive',
    () => records.filter(text => text === trace).length === 2,
  );
  expect(shell('deployment/spring-orders', 'cat "$LOGGING_CONFIG"')).toContain('<file>/var/log/orders/orders.log');
  expect(
    shell('deployment/spring-orders', 'cat "${SPRING_CONFIG_ADDITIONAL_LOCATION#file:}application.properties"'),
  ).toBe('management.endpoint.health.probes.enabled = true\nserver.shutdown = graceful');
});

test('Rails migrates its database before the app starts, and its worker has the same settings', async () => {
  namespace = TestNamespace.create('rails');
  namespace.applyObjects(secretObjects({ 'store-db': { password: 'password' }, 'store-rails': { master_key: 'key' } }));
  const script = ({ name, command }: any) => {
    switch (name) {
      case 'copy-rails-tmp':
        return 'mkdir -p /writable-copy/cache && echo compiled > /writable-copy/cache/bootsnap';
      case 'migrate':
        return `cat /rails/tmp/cache/bootsnap && echo "${command.join(' ')} $DATABASE_URL" > /rails/tmp/migrated`;
      default:
        return command ? serve(7433, '/') : serve(3000, '/up');
    }
  };
  const { standIns, replace } = externalDatabase('store-db', 'store.abc.eu-west-1.rds.amazonaws.com');
  const options = { standIns: { ...standIns, 'ghcr.io/acme/store': { script } }, replace };
  namespace.applyObjects(exampleObjects('rails', namespace, options));
  namespace.rolledOut('deployment/rails-web', 400);
  namespace.rolledOut('deployment/rails-worker', 240);
  const host = `test-external.${namespace.name}.svc.cluster.local`;
  const [web, worker] = ['deployment/rails-web', 'deployment/rails-worker'];
  expect(shell(web, 'cat /rails/tmp/migrated')).toBe(
    `bin/rails db:migrate postgresql://store:password@${host}:5432/store`,
  );
  expect(shell(worker, 'cat /rails/tmp/cache/bootsnap; ls /rails/tmp')).toBe('compiled\ncache');
  for (const workload of [web, worker]) {
    expect(shell(workload, 'echo "$RAILS_ENV $RAILS_MASTER_KEY"')).toBe('production key');
    expect(succeeds(workload, `nc -w 5 ${host} 5432 -e true`)).toBe(true);
    expect(succeeds(workload, 'url=${REDIS_URL#*@}; nc -w 5 "${url%:*}" "${url#*:}" -e true')).toBe(true);
  }
});

test('nginx reads its templates and its key, and can write the files that it renders', () => {
  namespace = TestNamespace.create('nginx');
  namespace.applyObjects(secretObjects({ 'www-tls': { 'tls.crt': 'certificate', 'tls.key': 'key' } }));
  const standIns = { 'docker.io/nginxinc/nginx-unprivileged': { script: () => serve(8081, '/healthz') } };
  namespace.applyObjects(exampleObjects('nginx', namespace, { standIns }));
  const proxy = 'deployment/nginx-proxy';
  namespace.rolledOut(proxy, 240);
  expect(shell(proxy, 'cat /etc/nginx/tls/tls.crt /etc/nginx/tls/tls.key')).toBe('certificatekey');
  expect(shell(proxy, 'grep -c proxy_protocol /etc/nginx/templates/proxy.conf.template')).toBe('3');
  expect(shell(proxy, 'cd /etc/nginx/conf.d && echo "$SERVER_NAME $UPSTREAM" > proxy.conf && cat *')).toBe(
    'www.example.com api.shop.svc:8080',
  );
  const { type, externalTrafficPolicy, ports } = namespace.get('service', 'nginx-proxy').spec;
  expect([type, externalTrafficPolicy]).toEqual(['LoadBalancer', 'Local']);
  expect(ports.map(({ port, targetPort }: any) => [port, targetPort])).toEqual([
    [443, 8443],
    [80, 8080],
  ]);
});
