import { DatabaseEngine } from '../../../src';
import { kind } from '../../synth';
import { creating, CUSTOM_SPEC, ENGINES, objectsOf, podSpec } from '../fixtures';

test.each(ENGINES)('adds an exporter with the credentials of %s', (_, engine) => {
  const [exporter] = podSpec(objectsOf({ engine, metrics: {} })).initContainers;
  expect(exporter).toMatchObject({
    name: 'exporter',
    restartPolicy: 'Always',
    securityContext: { readOnlyRootFilesystem: true },
  });
  expect(exporter.env.map(({ valueFrom }: any) => valueFrom?.secretKeyRef)).toContainEqual({
    name: 'orders-db',
    key: 'password',
  });
});

test.each(['mysql V8_4', 'mysql V9', 'mariadb V11_4', 'mariadb V11_8'])(
  'the connection string of the exporter of %s has parameters, so that a question mark is part of the password',
  name => {
    const [, engine] = ENGINES.find(([candidate]) => candidate === name)!;
    const [{ args }] = podSpec(objectsOf({ engine, metrics: {} })).initContainers;
    expect(args).toContain('--tls.insecure-skip-verify');
  },
);

test('creates a ServiceMonitor for the metrics port of the headless Service', () => {
  const metrics = { serviceMonitor: true, serviceMonitorLabels: { release: 'prometheus' } };
  const objects = objectsOf({ metrics });
  const headless = objects.find(({ metadata }) => metadata.name === 'test-orders-headless');
  expect(headless.spec.ports.map(({ name }: any) => name)).toEqual(['database', 'metrics']);
  const monitor = kind(objects, 'ServiceMonitor');
  expect(monitor).toMatchObject({
    metadata: { labels: { release: 'prometheus' } },
    spec: { endpoints: [{ port: 'metrics' }] },
  });
  expect(headless.metadata.labels).toMatchObject(monitor.spec.selector.matchLabels);
});

test('gives an exporter the password as a file if it can read one', () => {
  const exporter = {
    image: 'acme/exporter:1',
    port: 9100,
    args: ['--user={user}', '--server=127.0.0.1:{port}'],
    passwordFileVariable: 'PASSWORD_FILE',
  };
  const engine = DatabaseEngine.custom({ ...CUSTOM_SPEC, exporter });
  const [container] = podSpec(objectsOf({ engine, metrics: {} })).initContainers;
  expect(container.env).toContainEqual({ name: 'PASSWORD_FILE', value: '/run/secrets/database/password' });
  expect(container.args).toEqual(['--user=$(DATABASE_USER)', '--server=127.0.0.1:8000']);
  expect(container.volumeMounts).toEqual([{ name: 'credentials', mountPath: '/run/secrets/database', readOnly: true }]);
});

test('refuses metrics of an engine without an exporter', () => {
  expect(creating({ engine: DatabaseEngine.custom(CUSTOM_SPEC), metrics: {} })).toThrow(
    "[test/orders] 'metrics' is set, but no exporter is known for surreal. Set 'exporter' of the engine, or omit " +
      "'metrics'.",
  );
});

test('refuses labels of the ServiceMonitor that Kubernetes rejects', () => {
  expect(creating({ metrics: { serviceMonitor: true, serviceMonitorLabels: { a: 'b c' } } })).toThrow(
    "[test/orders] Invalid value 'b c' for key 'a' of 'serviceMonitorLabels'.",
  );
});
