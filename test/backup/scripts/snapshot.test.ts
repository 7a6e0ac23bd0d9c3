import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { BACKUP_KEYS } from '../../../src/backup/scripts/record-run';
import { SnapshotTask, snapshotCommand } from '../../../src/backup/scripts/snapshot';
import {
  ApiAnswer,
  ApiRequest,
  describeWithCurl,
  ScriptRun,
  ScriptRunner,
  TOKEN,
} from '../../api-client/script-runner';

const GROUP = '/apis/snapshot.storage.k8s.io/v1';
const SNAPSHOTS = `${GROUP}/namespaces/shop/volumesnapshots`;
const CLAIM = '/api/v1/namespaces/shop/persistentvolumeclaims';

interface Cluster {
  /** The VolumeSnapshots by name: their labels and annotations. */
  readonly snapshots: Map<string, { labels: Record<string, string>; annotations: Record<string, string> }>;
  /** Whether the quota allows no snapshot. */
  readonly isFull?: boolean;
  readonly classPolicy?: string;
  /** Whether a pod still uses the claim of the trial. */
  readonly claimInUse?: boolean;
  /** The snapshot of the claim of the trial. */
  claim?: string;
  /** The contents whose policy was changed. */
  readonly freed: string[];
}

/** Labels of a snapshot that an earlier run took. */
const earlier = (state: string, more: Record<string, string> = {}) => ({
  labels: labels({ backup: 'orders', state, source: SOURCE, ...more }),
  annotations: {},
});
const labels = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${BACKUP_KEYS}${key}`, value]));

/** The first digits of the hash of the file `source`. */
const SOURCE = '094fa7e3';

function answer(cluster: Cluster, { method, url = '', body }: ApiRequest): ApiAnswer {
  const { pathname, searchParams } = new URL(url, 'https://server');
  const name = pathname.split('/').at(-1)!;
  const missing: ApiAnswer = { status: 404, reason: 'NotFound' };
  if (pathname.includes('/volumesnapshotclasses/')) {
    return cluster.classPolicy === undefined ? missing : { status: 200, body: { deletionPolicy: cluster.classPolicy } };
  }
  if (pathname.includes('/volumesnapshotcontents/')) {
    cluster.freed.push(`${name} ${body.spec.deletionPolicy}`);
    return { status: 200 };
  }
  if (pathname.startsWith(CLAIM)) {
    return claimAnswer(cluster, method, body);
  }
  if (cluster.isFull && method === 'POST') {
    return { status: 403, reason: 'Forbidden' };
  }
  if (method === 'POST') {
    cluster.snapshots.set(body.metadata.name, { labels: body.metadata.labels, annotations: {} });
    return { status: 201 };
  }
  if (pathname === SNAPSHOTS) {
    const wanted = searchParams
      .get('labelSelector')!
      .split(',')
      .map(each => each.split('='));
    const found = [...cluster.snapshots].filter(([, object]) =>
      wanted.every(([key, value]) => object.labels[key] === value),
    );
    return { status: 200, body: { items: found.map(([each, object]) => ({ metadata: { name: each, ...object } })) } };
  }
  const object = cluster.snapshots.get(name);
  if (object === undefined) {
    return missing;
  }
  if (method === 'DELETE') {
    cluster.snapshots.delete(name);
    return { status: 200 };
  }
  if (method === 'PATCH') {
    Object.assign(object.labels, body.metadata.labels);
    Object.assign(object.annotations, body.metadata.annotations);
  }
  const status = {
    boundVolumeSnapshotContentName: `content-of-${name}`,
    creationTime: '2026-01-01T02:00:00Z',
    readyToUse: true,
  };
  return { status: 200, body: { metadata: { name, ...object }, status } };
}

function claimAnswer(cluster: Cluster, method: string | undefined, body: any): ApiAnswer {
  if (method === 'POST') {
    cluster.claim = body.spec.dataSource.name;
    return { status: 201 };
  }
  if (method === 'DELETE' && !cluster.claimInUse) {
    cluster.claim = undefined;
  }
  return cluster.claim === undefined
    ? { status: 404, reason: 'NotFound' }
    : { status: 200, body: { metadata: { annotations: { [`${BACKUP_KEYS}snapshot`]: cluster.claim } } } };
}

describeWithCurl('the script', () => {
  let runner: ScriptRunner;
  beforeAll(() => {
    runner = new ScriptRunner();
  });

  const signals = ['quiesced', 'figured'];

  async function run(task: SnapshotTask, cluster: Cluster, files = signals): Promise<ScriptRun & { work: string }> {
    const work = mkdtempSync(join(runner.directory, 'work-'));
    if (task === 'snapshot') {
      mkdirSync(join(work, 'figures'));
      files.forEach(file => writeFileSync(join(work, file), ''));
      writeFileSync(join(work, 'figures', 'source'), 'server-1\n');
      writeFileSync(join(work, 'figures', 'figures'), 'equal\trows\tt\t2 rows, hash 7\n');
    }
    const claim = { spec: { dataSource: { name: 'SNAPSHOT' } } };
    const result = await runner.run(snapshotCommand(task)[2], {
      answer: request => answer(cluster, request),
      env: {
        NAME: 'orders',
        CLAIM: 'data-orders-0',
        SNAPSHOT_CLASS: 'retained',
        DELETION_POLICY: 'Retain',
        KEEP: '2',
        TRIAL_CLAIM: JSON.stringify(claim),
        HOSTNAME: 'orders-1-abcde',
      },
      replace: { '/backup/': `${work}/`, 'cd /backup\n': `cd ${work}\n`, 'seq 30': 'seq 2' },
    });
    return { ...result, work };
  }

  const cluster = (more: Partial<Cluster> = {}): Cluster => ({
    snapshots: new Map(),
    classPolicy: 'Retain',
    freed: [],
    ...more,
  });

  test('takes a snapshot with its figures, which a trial reads', async () => {
    const state = cluster();
    const { code, output, requests } = await run('snapshot', state);
    expect([code, output]).toEqual([0, 'took snapshot orders-000001-abcde\n']);
    expect(requests.find(({ method }) => method === 'POST')!.body.spec).toEqual({
      volumeSnapshotClassName: 'retained',
      source: { persistentVolumeClaimName: 'data-orders-0' },
    });
    expect(state.claim).toBe('orders-000001-abcde');
    expect(state.snapshots.get('orders-000001-abcde')!.labels).toEqual(
      labels({ backup: 'orders', state: 'complete', source: SOURCE }),
    );
    const trial = await run('fetch', state);
    expect([trial.code, trial.output]).toEqual([0, 'read the figures of snapshot orders-000001-abcde\n']);
    expect(readFileSync(join(trial.work, '.name'), 'utf8')).toBe('orders-000001-abcde\n');
    expect(readFileSync(join(trial.work, 'figures'), 'utf8')).toBe('equal\trows\tt\t2 rows, hash 7\n');
  });

  test('keeps the newest and the proven one, of the same server, and frees the space of others', async () => {
    const state = cluster({
      snapshots: new Map([
        ['orders-000001-a', earlier('complete', { proven: 'true' })],
        ['orders-000002-b', earlier('complete', { proven: 'true' })],
        ['orders-000003-c', earlier('complete')],
        ['orders-000004-d', earlier('incomplete')],
        ['orders-000005-e', earlier('complete', { source: 'ffffffff' })],
        ['orders-000006-f', earlier('complete')],
      ]),
    });
    expect((await run('snapshot', state)).code).toBe(0);
    expect([...state.snapshots.keys()].sort()).toEqual([
      'orders-000002-b',
      'orders-000005-e',
      'orders-000006-f',
      'orders-000007-abcde',
    ]);
    expect(state.freed.sort()).toEqual([
      'content-of-orders-000001-a Delete',
      'content-of-orders-000003-c Delete',
      'content-of-orders-000004-d Delete',
    ]);
  });

  test('keeps the snapshot of another run that has not ended', async () => {
    const state = cluster({ snapshots: new Map([['orders-000001-x', earlier('incomplete')]]) });
    expect((await run('snapshot', state)).code).toBe(0);
    expect([...state.snapshots.keys()].sort()).toEqual(['orders-000001-x', 'orders-000002-abcde']);
  });

  test('keeps a claim that no backup made', async () => {
    const state = cluster({ claim: '' });
    const { code, output } = await run('snapshot', state);
    expect([code, output]).toEqual([1, expect.stringContaining("The claim 'orders-trial' is not one of this backup")]);
    expect(state.claim).toBe('');
  });

  test('tells the other container if it fails, so that writes go on', async () => {
    const { code, work } = await run('snapshot', cluster({ isFull: true }));
    expect([code, existsSync(join(work, 'failed'))]).toEqual([1, true]);
  });

  test('keeps the claim that a trial uses', async () => {
    const state = cluster({ claim: 'orders-000001-a', claimInUse: true });
    const { code, output } = await run('snapshot', state);
    expect([code, output]).toEqual([0, expect.stringContaining("A pod of a trial uses the claim 'orders-trial'.")]);
    expect(state.claim).toBe('orders-000001-a');
  });

  test.each<[string, Partial<Cluster>, string[], string]>([
    ['a class that deletes', { classPolicy: 'Delete' }, signals, "Use a class with 'deletionPolicy: Retain'"],
    ['no class', { classPolicy: undefined }, signals, "The VolumeSnapshotClass 'retained' does not exist."],
    ['writes that cannot be stopped', {}, ['failed'], 'Writes could not be stopped.'],
    ['figures that fail', {}, ['quiesced', 'failed'], 'The figures failed.'],
  ])('fails for %s, and deletes nothing', async (_, more, files, problem) => {
    const state = cluster({ ...more, snapshots: new Map([['orders-000001-a', earlier('complete')]]) });
    const { code, output, work } = await run('snapshot', state, files);
    expect([code, output]).toEqual([1, expect.stringContaining(problem)]);
    // so that writes go on
    expect(existsSync(join(work, 'failed'))).toBe(true);
    expect(state.snapshots.has('orders-000001-a')).toBe(true);
    expect([...state.snapshots.values()].filter(each => each.labels[`${BACKUP_KEYS}state`] === 'complete').length).toBe(
      1,
    );
    expect(output).not.toContain(TOKEN);
  });

  test('fails to read figures of a snapshot that is gone', async () => {
    const { code, output } = await run('fetch', cluster({ claim: 'orders-000001-a' }));
    expect([code, output]).toEqual([1, expect.stringContaining("The snapshot 'orders-000001-a' was deleted.")]);
  });

  test('records the proof on the snapshot', async () => {
    const state = cluster({ snapshots: new Map([['orders-000001-a', earlier('complete')]]), claim: 'orders-000001-a' });
    state.snapshots.get('orders-000001-a')!.annotations = labels({ figures: '' });
    const work = mkdtempSync(join(runner.directory, 'work-'));
    writeFileSync(join(work, '.name'), 'orders-000001-a\n');
    const { code, output } = await runner.run(snapshotCommand('record')[2], {
      answer: request => answer(state, request),
      env: { NAME: 'orders' },
      replace: { '/backup/': `${work}/` },
    });
    expect([code, output]).toEqual([0, 'snapshot orders-000001-a is proven\n']);
    const { labels: proven, annotations } = state.snapshots.get('orders-000001-a')!;
    expect(proven).toMatchObject(labels({ proven: 'true' }));
    expect(annotations[`${BACKUP_KEYS}proven-at`]).toMatch(/^\d{4}-\d\d-\d\dT/);
  });
});
