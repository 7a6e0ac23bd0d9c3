import { CREATE_SECRET, secretTemplate } from '../../../src/database/server/credentials-script';
import { ApiAnswer, describeWithCurl, inTurn, ScriptRun, ScriptRunner, TOKEN } from '../../api-client/script-runner';

describeWithCurl('the script', () => {
  let runner: ScriptRunner;
  beforeAll(() => {
    runner = new ScriptRunner();
  });

  function run(answers: readonly ApiAnswer[], passwordKey = 'password'): Promise<ScriptRun> {
    const SECRET = secretTemplate({ secretName: 'orders', passwordKey, urlSafe: true });
    return runner.run(CREATE_SECRET, { answer: inTurn(answers), env: { SECRET } });
  }

  test('creates the Secret', async () => {
    const { code, output, requests } = await run([{ status: 201 }]);
    expect([code, output]).toEqual([0, 'created the Secret\n']);
    expect(requests).toEqual([
      {
        method: 'POST',
        url: '/api/v1/namespaces/shop/secrets',
        authorization: `Bearer ${TOKEN}`,
        body: {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'orders', labels: { 'app.kubernetes.io/managed-by': 'cdk8s' } },
          stringData: { password: expect.stringMatching(/^[0-9a-f]{48}$/) },
        },
      },
    ]);
  });

  test.each(['PASSWORD', 'DB_PASSWORD', 'PASSWORD_1'])('replaces the password only in the value of %s', async name => {
    const { requests } = await run([{ status: 201 }], name);
    expect(requests[0].body.stringData).toEqual({ [name]: expect.stringMatching(/^[0-9a-f]{48}$/) });
  });

  test('tries again with the same password, and keeps a Secret that exists', async () => {
    const { code, output, requests } = await run([{ status: 500 }, { status: 409, reason: 'AlreadyExists' }]);
    expect(code).toBe(0);
    expect(output).toContain('the Secret already exists and stays unchanged');
    expect(requests).toHaveLength(2);
    expect(new Set(requests.map(({ body }) => body.stringData.password)).size).toBe(1);
  });

  test('creates one Secret if several Jobs run at once', async () => {
    const created: string[] = [];
    const SECRET = secretTemplate({ secretName: 'orders', passwordKey: 'password', urlSafe: true });
    const runs = await Promise.all(
      [1, 2, 3].map(() =>
        runner.run(CREATE_SECRET, {
          env: { SECRET },
          answer: ({ body }) => {
            const exists = created.length > 0;
            if (!exists) {
              created.push(body.stringData.password);
            }
            return exists ? { status: 409, reason: 'AlreadyExists' } : { status: 201 };
          },
        }),
      ),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(runs.map(({ output }) => output).sort()).toEqual([
      'created the Secret\n',
      'the Secret already exists and stays unchanged\n',
      'the Secret already exists and stays unchanged\n',
    ]);
    expect(new Set(runs.flatMap(({ requests }) => requests.map(({ body }) => body.stringData.password))).size).toBe(3);
    expect(created).toHaveLength(1);
  });

  test('fails if the server refuses the Secret', async () => {
    const { code, output } = await run([{ status: 403, reason: 'Forbidden' }]);
    expect(code).toBe(1);
    expect(output).toContain('"reason": "Forbidden"');
  });

  test('puts the password neither on a command line nor into the output', async () => {
    const { output, requests, commandLines } = await run([{ status: 429 }, { status: 201 }]);
    expect([...commandLines, output].join('\n')).not.toContain(requests[0].body.stringData.password);
  });
});
