import { ApiAnswer, describeWithCurl, inTurn, ScriptRunner, TOKEN } from './script-runner';
import { API_FUNCTIONS } from '../../src/api-client/api-script';

const SCRIPT = `set -eu
umask 077
${API_FUNCTIONS}request POST /api/v1/things -H 'Content-Type: application/json' --data '{"a": 1}'
case $status in
  2*) echo done ;;
  409) echo exists ;;
  *) refused ;;
esac
`;

const EXISTS: ApiAnswer = { status: 409, reason: 'AlreadyExists' };

describeWithCurl('the functions', () => {
  let runner: ScriptRunner;
  beforeAll(() => {
    runner = new ScriptRunner();
  });

  test.each([
    ['an IPv4 address', '127.0.0.1'],
    ['an IPv6 address', '::1'],
    ['a host name', 'localhost'],
  ])('send a request to %s', async (_, address) => {
    const { code, output, requests } = await runner.run(SCRIPT, { answer: inTurn([{ status: 201 }]), address });
    expect([code, output]).toEqual([0, 'done\n']);
    expect(requests).toEqual([
      { method: 'POST', url: '/api/v1/things', authorization: `Bearer ${TOKEN}`, body: { a: 1 } },
    ]);
  });

  test.each([
    ['0:0:0:0:0:0:0:1', '::1'],
    ['::0001', '::1'],
    ['[::1]', '::1'],
    ['[0000::0001]', '::1'],
    ['LOCALHOST', '127.0.0.1'],
  ])('send a request to %s', async (host, address) => {
    const env = { KUBERNETES_SERVICE_HOST: host };
    const { code, output } = await runner.run(SCRIPT, { answer: inTurn([{ status: 201 }]), address, env });
    expect([code, output]).toEqual([0, 'done\n']);
  });

  test.each(['fe80::1%lo', '::1%lo', '::1 -o /dev/full'])('have one URL for %s', async host => {
    const { commandLines } = await runner.run(SCRIPT, {
      answer: inTurn([{ status: 201 }]),
      env: { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: '1' },
    });
    const curl = commandLines.filter(line => line.startsWith('curl '));
    expect(curl.length).toBeGreaterThan(0);
    expect(curl.filter(line => !line.endsWith(` https://[${host}]:1/api/v1/things`))).toEqual([]);
  });

  test.each([
    ['a busy server', [{ status: 429 }, { status: 429 }, { status: 201 }], 3],
    ['a timeout of the server', [{ status: 408 }, { status: 201 }], 2],
    ['a server that starts', [{ status: 500 }, { status: 503 }, { status: 504 }, { status: 201 }], 4],
    ['a quota that changes', [{ status: 409, reason: 'Conflict' }, { status: 201 }], 2],
    ['an object that an earlier try created', [{ status: 500 }, EXISTS], 2],
    ['an object that exists', [EXISTS], 1],
  ])('succeed after %s', async (_, answers, count) => {
    const { code, requests } = await runner.run(SCRIPT, { answer: inTurn(answers) });
    expect([code, requests.length]).toEqual([0, count]);
  });

  test.each([401, 403, 404, 422])('fail at once with status %d, and print the answer', async status => {
    const { code, output, requests } = await runner.run(SCRIPT, { answer: inTurn([{ status, reason: 'Refused' }]) });
    expect([code, requests.length]).toEqual([1, 1]);
    expect(output).toContain(`rejected the request with status ${status}`);
    expect(output).toContain('"reason": "Refused"');
  });

  test('give up after some tries', async () => {
    const { code, output, requests } = await runner.run(SCRIPT, { answer: inTurn([{ status: 500 }]) });
    expect([code, requests.length]).toEqual([1, 4]);
    expect(output).toContain('the API server did not answer in time');
  });

  test('put the token neither on a command line nor into the output', async () => {
    const { output, commandLines } = await runner.run(SCRIPT, { answer: inTurn([{ status: 429 }, { status: 201 }]) });
    expect(commandLines.filter(line => line.startsWith('curl '))).toHaveLength(2);
    expect([...commandLines, output].join('\n')).not.toContain(TOKEN);
  });
});
