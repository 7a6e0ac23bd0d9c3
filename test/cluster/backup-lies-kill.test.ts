import { BackupNamespace, Edit, script } from './backups';
import { eventually } from './cluster';

let backups: BackupNamespace;

beforeAll(async () => {
  backups = new BackupNamespace('lies-kill');
  backups.namespace.apply(chart => {
    const orders = backups.database(chart, 'orders');
    backups.backup(chart, orders, 'good', { retention: { keepLast: 1 } });
    backups.rclone(chart);
  });
  backups.namespace.rolledOut('statefulset/test-orders');
  backups.namespace.rolledOut('deployment/test-rclone');
  backups.sql('test-orders', 'create table orders as select i, md5(i::text) from generate_series(1, 20000) i');
  expect(await backups.run('test-good')).toMatchObject({ succeeded: true });
  expect(await backups.run('test-good-trial')).toMatchObject({ succeeded: true });
});
afterAll(() => backups.delete());

/** The steps of a backup, by the beginnings of their commands. */
const STEPS = [
  'sha256sum -- *',
  'backups > /tmp/before',
  'rclone check --one-way --download',
  'rclone move',
  'rclone copyto manifest',
  'grep -e "-$source-[^-]*$" /tmp/after',
];

const REACHED = 'reached the step';

/** Ends a run that waits at a step. */
const WAYS: Readonly<Record<string, (step: string) => Promise<void> | void>> = {
  'its pod is deleted': async step => {
    const job = await waitAt(step);
    backups.namespace.kubectl('delete', 'pod', '-l', `job-name=${job}`, '--grace-period=1');
    await failed(job);
  },
  'its pod is deleted by force': async step => {
    const job = await waitAt(step);
    backups.namespace.kubectl('delete', 'pod', '-l', `job-name=${job}`, '--grace-period=0', '--force');
    await failed(job);
  },
  'its deadline passes': async step => {
    await failed(await waitAt(step, spec => ({ ...spec, activeDeadlineSeconds: 20 })));
  },
  'it has no memory left': async step => {
    await failed(backups.start('test-good', script(step, `tail /dev/zero; ${step}`)));
  },
  'its program is killed': async step => {
    await failed(backups.start('test-good', script(step, `sh -c 'kill -KILL $$$$'; ${step}`)));
  },
};

async function waitAt(step: string, ...edits: Edit[]): Promise<string> {
  const job = backups.start('test-good', script(step, `echo ${REACHED}; sleep 100; ${step}`), ...edits);
  await eventually(`${job} waits`, () => backups.log(job).includes(REACHED));
  return job;
}

async function failed(job: string): Promise<void> {
  expect([job, (await backups.result(job)).succeeded]).toEqual([job, false]);
}

describe.each(Object.entries(WAYS))('if %s', (_, end) => {
  test.each(STEPS)('at %s, each backup in the list is complete, and none is lost', async step => {
    const before = backups.backups('good');
    await end(step);
    const after = backups.backups('good');
    expect(after.slice(0, before.length)).toEqual(before);
    // after its last step, the new backup is complete, and the old ones are not deleted yet
    expect(after.length - before.length).toBe(step === STEPS[STEPS.length - 1] ? 1 : 0);
  });

  test('the next run deletes the rest, and restores equal', async () => {
    expect(await backups.run('test-good')).toMatchObject({ succeeded: true });
    expect(await backups.run('test-good-trial')).toMatchObject({ succeeded: true });
    expect(await backups.run('test-good')).toMatchObject({ succeeded: true });
    expect(backups.remote('rclone lsf --dirs-only "$ROOT/good"')).not.toContain('.partial');
    // the newest one, and the last one that was proven
    expect(backups.backups('good')).toHaveLength(2);
  });
});

test('two runs at once that keep one backup leave a backup that restores equal', async () => {
  const jobs = [1, 2, 3].map(() => backups.start('test-good'));
  const results = await Promise.all(jobs.map(job => backups.result(job)));
  expect(results.some(({ succeeded }) => succeeded)).toBe(true);
  expect(await backups.run('test-good-trial')).toMatchObject({ succeeded: true });
});

test('a run that is paused while another one completes deletes nothing that is newer', async () => {
  const step = 'rclone move';
  const paused = backups.start('test-good', script(step, `echo ${REACHED}; sleep 45; ${step}`));
  await eventually('the run is paused', () => backups.log(paused).includes(REACHED));
  expect(await backups.run('test-good')).toMatchObject({ succeeded: true });
  await backups.result(paused);
  expect(await backups.run('test-good-trial')).toMatchObject({ succeeded: true });
});
