import { BackupNamespace, Edit, script } from './backups';
import { eventually } from './cluster';

const PREFIX = 'backup.cdk8s-storage-patterns/';

let backups: BackupNamespace;

beforeAll(() => {
  backups = new BackupNamespace('events');
  backups.namespace.apply(chart => {
    backups.backup(chart, backups.database(chart, 'orders'), 'nightly', { events: true });
    backups.rclone(chart);
  });
  ['statefulset/test-orders', 'deployment/test-rclone'].forEach(workload => backups.namespace.rolledOut(workload));
  backups.sql('test-orders', 'create table orders as select generate_series(1, 100) id');
});
afterAll(() => backups.delete());

/** Gives a dump that takes longer ten seconds. */
const shortDeadline: Edit = spec => ({
  ...script('started="$(date', 'sleep 300; started="$(date')(spec),
  activeDeadlineSeconds: 10,
});

function eventsOf(cronJob: string): string[] {
  const selector = `involvedObject.kind=CronJob,involvedObject.name=${cronJob}`;
  return backups.namespace
    .get('events', '--field-selector', selector)
    .items.filter(({ source }: any) => source.component === 'database-backup')
    .map(({ type, reason, message }: any) => `${type} ${reason} ${message}`);
}

function annotations(): Record<string, string> {
  return backups.namespace.get('configmap', 'test-nightly-status').metadata.annotations ?? {};
}

async function newEvent(cronJob: string, ...edits: Edit[]): Promise<string> {
  const before = eventsOf(cronJob);
  await backups.run(cronJob, ...edits);
  let added: string[] = [];
  await eventually(`an event of ${cronJob}`, () => (added = eventsOf(cronJob).slice(before.length)).length > 0, 120);
  expect(added).toHaveLength(1);
  return added[0];
}

test('records a backup and a trial that succeed', async () => {
  expect(await newEvent('test-nightly')).toMatch(/^Normal Succeeded uploaded backup 000001-\S+ with \d+ bytes$/);
  expect(await newEvent('test-nightly-trial')).toMatch(/^Normal Succeeded backup 000001-\S+ is proven$/);
  expect(annotations()).toMatchObject({
    [`${PREFIX}last-backup`]: expect.stringMatching(/^succeeded at \S+: uploaded backup 000001-/),
    [`${PREFIX}last-trial`]: expect.stringMatching(/^succeeded at \S+: backup 000001-\S+ is proven$/),
    [`${PREFIX}last-trial-that-succeeded`]: expect.stringMatching(/^\d{4}-/),
  });
  expect(backups.namespace.kubectl('describe', 'cronjob', 'test-nightly-trial')).toContain('is proven');
});

test.each<[string, string, Edit]>([
  ['a dump that fails', 'test-nightly', script('pg_dump "$@"', 'false')],
  ['an upload that fails', 'test-nightly', script('rclone copy --exclude', 'false --exclude')],
  ['a deadline that passes', 'test-nightly', shortDeadline],
  [
    'a trial that finds a difference',
    'test-nightly-trial',
    script('PGDATABASE="$1" pg -f /tmp/properties.sql', `PGDATABASE="$1" pg -c 'delete from orders'; true`),
  ],
])('records %s as a failure', async (_, cronJob, edit) => {
  const succeeded = annotations()[`${PREFIX}last-trial-that-succeeded`];
  const event = await newEvent(cronJob, edit);
  expect(event).toMatch(
    /^Warning Failed The (backup|trial) failed\. The reason is in the log: kubectl logs test-nightly-\S+ /,
  );
  const task = cronJob.endsWith('trial') ? 'trial' : 'backup';
  expect(annotations()[`${PREFIX}last-${task}`]).toMatch(/^failed at /);
  expect(annotations()[`${PREFIX}last-trial-that-succeeded`]).toBe(succeeded);
});

test('the token of the recorder can change neither the CronJob nor Secrets', () => {
  const can = (...request: string[]) =>
    backups.namespace
      .kubectl('auth', 'can-i', ...request, `--as=system:serviceaccount:${backups.namespace.name}:test-nightly`)
      .trim();
  expect(can('create', 'events')).toBe('yes');
  for (const request of [
    ['patch', 'cronjob/test-nightly'],
    ['get', 'secrets'],
    ['create', 'pods'],
    ['patch', 'configmap/x'],
  ]) {
    expect(() => can(...request)).toThrow();
  }
});
