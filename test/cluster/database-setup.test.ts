import { Size } from 'cdk8s';
import { eventually, TestNamespace } from './cluster';
import { createSecret, postgres } from './postgres';
import { DatabaseCredentials, InitScripts } from '../../src';

let namespace: TestNamespace;

beforeAll(() => {
  namespace = TestNamespace.create('database-setup');
  createSecret(namespace);
});
afterAll(() => namespace.delete());

test('credentials are generated once and never overwritten', async () => {
  const generate = () =>
    namespace.apply(chart => {
      postgres(chart, 'generated', {
        memory: Size.mebibytes(256),
        credentials: DatabaseCredentials.fromGeneratedSecret(),
      });
    });
  const job = ['job', '-l', 'app.kubernetes.io/name=credentials'];
  const waitForJob = (seconds: number) =>
    namespace.kubectl('wait', '--for=condition=Complete', ...job, `--timeout=${seconds}s`);
  generate();
  waitForJob(90);
  const password = () => namespace.get('secret', 'test-generated-credentials').data.password;
  const before = password();
  namespace.rolledOut('statefulset/test-generated');
  namespace.kubectl('delete', ...job);
  generate();
  generate();
  waitForJob(60);
  expect(password()).toBe(before);
});

test('a half-initialized database does not start', async () => {
  namespace.apply(chart => {
    postgres(chart, 'half', {
      memory: Size.mebibytes(256),
      initScripts: InitScripts.fromInline({ '10-broken.sql': 'create table a (); select 1/0;' }),
    });
  });
  await eventually('the log of the server has the reason', () => {
    try {
      return namespace.kubectl('logs', 'test-half-0', '--tail=3').includes('the database is half-initialized');
    } catch {
      return false;
    }
  });
  expect(namespace.get('pod', 'test-half-0').status.containerStatuses[0]).toMatchObject({
    ready: false,
    started: false,
  });
  namespace.kubectl('delete', 'statefulset', 'test-half');
});
