import { mkdtempSync, writeFileSync } from 'fs';
import { join } from 'path';
import { RECORD_RUN, RESULT_DIRECTORY } from '../../../src/backup/scripts/record-run';
import {
  ApiAnswer,
  ApiRequest,
  describeWithCurl,
  ScriptRun,
  ScriptRunner,
  TOKEN,
} from '../../api-client/script-runner';

const CRON_JOB = {
  kind: 'PartialObjectMetadata',
  metadata: { name: 'orders-backup', namespace: 'shop', uid: 'the-uid', ownerReferences: [{ uid: 'another-uid' }] },
};

/** The answers of a server that has the objects. */
function accept({ method }: ApiRequest): ApiAnswer {
  return method === 'GET' ? { status: 200, body: CRON_JOB } : { status: method === 'POST' ? 201 : 200 };
}

describeWithCurl('the recorder', () => {
  let runner: ScriptRunner;
  beforeAll(() => {
    runner = new ScriptRunner();
  });

  /** Runs the script until the other containers have ended, of which the last one left a result. */
  function record(result: string, answer: (request: ApiRequest) => ApiAnswer = accept): Promise<ScriptRun> {
    const directory = mkdtempSync(join(runner.directory, 'result-'));
    return runner.run(RECORD_RUN, {
      answer,
      env: { CRON_JOB: 'orders-backup', STATUS: 'orders-backup-status', TASK: 'trial', POD: 'orders-backup-trial-1-x' },
      replace: { [RESULT_DIRECTORY]: directory, 'trap record TERM\n': 'trap record TERM\necho waiting\n' },
      during: async child => {
        await new Promise<void>(resolve => child.stdout!.once('data', () => resolve()));
        writeFileSync(join(directory, 'sentence'), result);
        child.kill('SIGTERM');
      },
    });
  }

  test.each([
    ['backup 000001 is proven', 'succeeded', 'Normal', 'Succeeded', 'backup 000001 is proven'],
    [
      '',
      'failed',
      'Warning',
      'Failed',
      'The trial failed. The reason is in the log: kubectl logs orders-backup-trial-1-x --all-containers',
    ],
  ])('records the result %j as one that %s', async (result, outcome, type, reason, message) => {
    const { code, requests, output } = await record(result);
    expect(output).toContain(`recorded: ${message}`);
    expect(code).toBe(0);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PATCH /api/v1/namespaces/shop/configmaps/orders-backup-status',
      'GET /apis/batch/v1/namespaces/shop/cronjobs/orders-backup?pretty=true',
      'POST /api/v1/namespaces/shop/events',
    ]);
    const [{ body: patch }, , { body: event }] = requests;
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const timeOfPatch = patch.metadata.annotations[`backup.cdk8s-storage-patterns/last-trial-that-${outcome}`];
    expect(patch).toEqual({
      metadata: {
        annotations: {
          'backup.cdk8s-storage-patterns/last-trial': `${outcome} at ${timeOfPatch}: ${message}`,
          [`backup.cdk8s-storage-patterns/last-trial-that-${outcome}`]: time,
        },
      },
    });
    expect(event).toMatchObject({
      metadata: { name: 'orders-backup-trial-1-x', namespace: 'shop' },
      involvedObject: { kind: 'CronJob', name: 'orders-backup', namespace: 'shop', uid: 'the-uid' },
      type,
      reason,
      message,
      firstTimestamp: time,
    });
  });

  test('succeeds if an earlier request created the event', async () => {
    const exists: ApiAnswer = { status: 409, reason: 'AlreadyExists' };
    const { code } = await record('done', request => (request.method === 'POST' ? exists : accept(request)));
    expect(code).toBe(0);
  });

  test.each(['PATCH', 'GET', 'POST'])('prints the answer if the server refuses %s', async refused => {
    const { code, output } = await record('done', request =>
      request.method === refused ? { status: 403, reason: 'Forbidden' } : accept(request),
    );
    expect(code).toBe(1);
    expect(output).toContain('"reason": "Forbidden"');
    expect(output).not.toContain(TOKEN);
  });
});
