import { ChildProcess, execFileSync, spawn, spawnSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { IncomingMessage } from 'http';
import { createServer } from 'https';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { ACCOUNT_DIRECTORY } from '../../src/api-client/api-script';

/** The token that the scripts find. It must not appear in an output or on a command line. */
export const TOKEN = 'the-token-of-the-account';

/** The programs that scripts start. Each is replaced by one that records its command line. */
const PROGRAMS = ['cat', 'curl', 'date', 'grep', 'head', 'od', 'sed', 'seq', 'tr'];

/** Runs tests if the programs exist; always in a pipeline, so that a missing one is a failure there. */
export const describeWithCurl =
  process.env.CI || ['curl', 'openssl', 'sh'].every(tool => spawnSync(tool, ['-h']).error === undefined)
    ? describe
    : describe.skip;

export interface ApiRequest {
  readonly method?: string;
  readonly url?: string;
  readonly authorization?: string;
  readonly body?: any;
}

/** An answer of the API server; `reason` becomes a Status object. */
export interface ApiAnswer {
  readonly status: number;
  readonly reason?: string;
  readonly body?: object;
}

export interface ScriptRun {
  readonly code: number | null;
  readonly output: string;
  readonly requests: readonly ApiRequest[];
  /** The command lines of curl. */
  readonly commandLines: readonly string[];
}

interface ScriptOptions {
  /** Returns the answer to a request. */
  readonly answer: (request: ApiRequest, index: number) => ApiAnswer;
  /** The address of the server; an IPv4 address if omitted. */
  readonly address?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Replacements in the script, for example of directories of the container. */
  readonly replace?: Readonly<Record<string, string>>;
  /** Runs once the script has started. */
  readonly during?: (child: ChildProcess) => Promise<void>;
}

/** Runs scripts that call the API server against a server with a certificate of its own. */
export class ScriptRunner {
  /** The directory of the account, and of other files of a test. */
  public readonly directory = mkdtempSync(join(tmpdir(), 'api-script-'));
  private readonly key = join(this.directory, 'key.pem');
  private readonly certificate = join(this.directory, 'ca.crt');
  private readonly programs = join(this.directory, 'bin');

  constructor() {
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=kube-apiserver', '-addext', 'subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost'],
      ...['-keyout', this.key, '-out', this.certificate],
    ]);
    writeFileSync(join(this.directory, 'token'), TOKEN);
    writeFileSync(join(this.directory, 'namespace'), 'shop');
    mkdirSync(this.programs);
    for (const program of PROGRAMS) {
      const path = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
      this.writeProgram(program, `printf '%s\\n' "${program} $*" >> "$COMMAND_LINES"\nexec ${path} "$@"\n`);
    }
    this.writeProgram('sleep', '');
  }

  public async run(script: string, options: ScriptOptions): Promise<ScriptRun> {
    const { answer, address = '127.0.0.1', env = {}, replace = {}, during } = options;
    const requests: ApiRequest[] = [];
    const server = createServer(
      { key: readFileSync(this.key), cert: readFileSync(this.certificate) },
      (request, response) => {
        void bodyOf(request).then(text => {
          const { method, url, headers } = request;
          const received = { method, url, authorization: headers.authorization, body: text && JSON.parse(text) };
          const { status, reason, body = { kind: 'Status', reason } } = answer(received, requests.length);
          requests.push(received);
          response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' });
          response.end(JSON.stringify(body, undefined, 2));
        });
      },
    );
    await new Promise<void>(resolve => server.listen(0, address, resolve));
    const scratch = mkdtempSync(join(this.directory, 'run-'));
    const commandLines = join(scratch, 'command-lines');
    writeFileSync(commandLines, '');
    const replacements = { '/tmp/': `${scratch}/`, [ACCOUNT_DIRECTORY]: this.directory, 'seq 60': 'seq 4', ...replace };
    const text = Object.entries(replacements).reduce((result, [from, to]) => result.replaceAll(from, to), script);
    const child = spawn('sh', ['-c', text], {
      env: {
        PATH: `${this.programs}:${process.env.PATH}`,
        COMMAND_LINES: commandLines,
        KUBERNETES_SERVICE_HOST: address,
        KUBERNETES_SERVICE_PORT: String((server.address() as AddressInfo).port),
        ...env,
      },
    });
    let output = '';
    [child.stdout, child.stderr].forEach(stream => stream.on('data', data => (output += data)));
    const closed = new Promise<number | null>(resolve => child.on('close', resolve));
    await during?.(child);
    const code = await closed;
    server.closeAllConnections();
    server.close();
    return { code, output, requests, commandLines: readFileSync(commandLines, 'utf8').split('\n') };
  }

  private writeProgram(name: string, content: string): void {
    const path = join(this.programs, name);
    writeFileSync(path, `#!/bin/sh\n${content}`);
    chmodSync(path, 0o755);
  }
}

/** Returns an answer for each request, one after another, and then the last one again. */
export function inTurn(answers: readonly ApiAnswer[]): ScriptOptions['answer'] {
  return (_, index) => answers[Math.min(index, answers.length - 1)];
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise(resolve => {
    let body = '';
    request.on('data', chunk => (body += chunk));
    request.on('end', () => resolve(body));
  });
}
