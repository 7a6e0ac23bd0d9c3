import { execFileSync, spawn, spawnSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { IncomingMessage } from 'http';
import { createServer } from 'https';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { ACCOUNT_DIRECTORY } from '../../../src/api-client/api-script';
import { CREATE_SECRET, secretTemplate } from '../../../src/database/server/credentials-script';

const TOKEN = 'the-token-of-the-account';

const TOOLS = ['curl', 'openssl', 'sh'].every(tool => spawnSync(tool, ['-h']).error === undefined);
const withTools = TOOLS || process.env.CI ? describe : describe.skip;

/** The programs that the script starts. Each is replaced by one that records its command line. */
const PROGRAMS = ['cat', 'curl', 'grep', 'head', 'od', 'seq', 'tr'];

interface Answer {
  readonly status: number;
  readonly reason?: string;
}

interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly requests: { readonly url?: string; readonly authorization?: string; readonly body: any }[];
  readonly commandLines: string;
}

const EXISTS: Answer = { status: 409, reason: 'AlreadyExists' };

withTools('the script', () => {
  const directory = mkdtempSync(join(tmpdir(), 'credentials-'));
  const [key, certificate] = ['key.pem', 'ca.crt'].map(name => join(directory, name));
  const programs = join(directory, 'bin');

  beforeAll(() => {
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=kube-apiserver', '-addext', 'subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost'],
      ...['-keyout', key, '-out', certificate],
    ]);
    writeFileSync(join(directory, 'token'), TOKEN);
    writeFileSync(join(directory, 'namespace'), 'shop');
    mkdirSync(programs);
    for (const program of PROGRAMS) {
      const path = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
      writeFileSync(
        join(programs, program),
        `#!/bin/sh\nprintf '%s\\n' "${program} $*" >> "$COMMAND_LINES"\nexec ${path} "$@"\n`,
      );
      chmodSync(join(programs, program), 0o755);
    }
    writeFileSync(join(programs, 'sleep'), '#!/bin/sh\n');
    chmodSync(join(programs, 'sleep'), 0o755);
  });

  /** Runs the script against a server that gives some answers, one after another, and then the last one again. */
  async function run(answers: readonly Answer[], address = '127.0.0.1', passwordKey = 'password'): Promise<Run> {
    const requests: Run['requests'] = [];
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
      void bodyOf(request).then(text => {
        const { status, reason } = answers[Math.min(requests.length, answers.length - 1)];
        requests.push({ url: request.url, authorization: request.headers.authorization, body: JSON.parse(text) });
        response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' });
        response.end(JSON.stringify({ kind: 'Status', reason }, undefined, 2));
      });
    });
    await new Promise<void>(resolve => server.listen(0, address, resolve));
    const scratch = mkdtempSync(join(directory, 'run-'));
    const script = CREATE_SECRET.replaceAll('/tmp/', `${scratch}/`)
      .replaceAll(ACCOUNT_DIRECTORY, directory)
      .replace('seq 60', 'seq 4');
    const child = spawn('sh', ['-c', script], {
      env: {
        PATH: `${programs}:${process.env.PATH}`,
        COMMAND_LINES: join(scratch, 'command-lines'),
        KUBERNETES_SERVICE_HOST: address,
        KUBERNETES_SERVICE_PORT: String((server.address() as AddressInfo).port),
        SECRET: secretTemplate({ secretName: 'orders', passwordKey, urlSafe: true }),
      },
    });
    let output = '';
    [child.stdout, child.stderr].forEach(stream => stream.on('data', data => (output += data)));
    const code = await new Promise<number | null>(resolve => child.on('close', resolve));
    server.closeAllConnections();
    server.close();
    return { code, output, requests, commandLines: readFileSync(join(scratch, 'command-lines'), 'utf8') };
  }

  test.each([
    ['an IPv4 address', '127.0.0.1'],
    ['an IPv6 address', '::1'],
    ['a host name', 'localhost'],
  ])('creates the Secret at %s', async (_, address) => {
    const { code, output, requests } = await run([{ status: 201 }], address);
    expect([code, output]).toEqual([0, 'created the Secret\n']);
    expect(requests).toEqual([
      {
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
    const { requests } = await run([{ status: 201 }], '127.0.0.1', name);
    expect(requests[0].body.stringData).toEqual({ [name]: expect.stringMatching(/^[0-9a-f]{48}$/) });
  });

  test.each([
    ['a busy server', [{ status: 429 }, { status: 429 }, { status: 201 }], 3],
    ['a timeout of the server', [{ status: 408 }, { status: 201 }], 2],
    ['a server that starts', [{ status: 500 }, { status: 503 }, { status: 504 }, { status: 201 }], 4],
    ['a quota that changes', [{ status: 409, reason: 'Conflict' }, { status: 201 }], 2],
    ['a Secret that an earlier try created', [{ status: 500 }, EXISTS], 2],
    ['a Secret that exists', [EXISTS], 1],
  ])('succeeds after %s', async (_, answers, count) => {
    const { code, requests } = await run(answers);
    expect([code, requests.length]).toEqual([0, count]);
    expect(new Set(requests.map(({ body }) => body.stringData.password)).size).toBe(1);
  });

  test.each([401, 403, 404, 422])('fails at once with status %d, and prints the answer', async status => {
    const { code, output, requests } = await run([{ status, reason: 'Refused' }]);
    expect([code, requests.length]).toEqual([1, 1]);
    expect(output).toContain(`rejected the request with status ${status}`);
    expect(output).toContain('"reason": "Refused"');
  });

  test('gives up after some tries', async () => {
    const { code, output, requests } = await run([{ status: 500 }]);
    expect([code, requests.length]).toEqual([1, 4]);
    expect(output).toContain('the API server did not answer in time');
  });

  test('puts neither the token nor the password on a command line or into the output', async () => {
    const { output, requests, commandLines } = await run([{ status: 429 }, { status: 201 }]);
    const { password } = requests[0].body.stringData;
    expect(commandLines.split('\n').filter(line => line.startsWith('curl '))).toHaveLength(2);
    for (const secret of [TOKEN, password]) {
      expect(commandLines).not.toContain(secret);
      expect(output).not.toContain(secret);
    }
  });
});

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise(resolve => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => resolve(body));
  });
}
