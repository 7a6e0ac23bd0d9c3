import { execFileSync, spawn, spawnSync } from 'child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Size } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { acceptedExpressions } from './expressions';
import {
  LogAuth,
  LogCollector,
  LogFormat,
  LogMultiline,
  LogShippingProps,
  LogSink,
  LogTls,
  SecretSource,
} from '../../src';
import { configOf, logged } from '../logging/fixtures';

const folder = mkdtempSync(join(tmpdir(), 'collectors-'));
const secret = SecretSource.fromName('sink');
const environment = {
  ...process.env,
  POD_NAME: 'app-1',
  POD_NAMESPACE: 'shop',
  LOG_OTLP_TOKEN: 'a',
  LOG_LOKI_TOKEN: 'b',
  LOG_LOKI_USERNAME: 'c',
  LOG_LOKI_PASSWORD: 'd',
};

describe('the OpenTelemetry Collector', () => {
  const program = join(folder, 'otelcol');
  beforeAll(() =>
    execFileSync('go', ['build', '-trimpath', '-o', program, '.'], {
      cwd: join(__dirname, 'otelcol'),
      stdio: 'pipe',
      env: { ...process.env, CGO_ENABLED: '0' },
    }),
  );

  const otlp = LogSink.otlp({ url: 'https://otlp.example.com', auth: LogAuth.bearer({ secret }) });
  const loki = LogSink.loki({ url: 'https://loki.example.com', auth: LogAuth.bearer({ secret }), tenant: 'shop' });
  const unencrypted = LogSink.otlp({
    url: 'http://otlp:4318',
    auth: LogAuth.none('inside of the mesh'),
    tls: LogTls.off('inside of the mesh'),
  });

  function problems(text: string): string {
    const file = join(folder, 'config.yaml');
    // the directories of the container do not exist on this machine
    writeFileSync(file, text.replace(/\/var\/lib\/log-collector/g, folder));
    return spawnSync(program, ['validate', '--config', file], { encoding: 'utf8', env: environment }).stderr;
  }

  test.each<[string, Partial<LogShippingProps>]>([
    ['the defaults', {}],
    ['JSON', { format: LogFormat.json() }],
    ['an expression with dollars and braces', { format: LogFormat.regex('^(?<price>\\$\\{?[0-9]+)(?<rest>.*)$') }],
    ['nginx', { format: LogFormat.nginx() }],
    ['records of several lines', { multiline: LogMultiline.timestamp() }],
    ['OTLP', { sinks: [otlp] }],
    ['OTLP without encryption', { sinks: [unencrypted] }],
    ['Loki', { sinks: [loki] }],
    ['a password', { sinks: [LogSink.loki({ url: 'https://loki.example.com', auth: LogAuth.basic({ secret }) })] }],
    ['three sinks', { sinks: [otlp, loki, LogSink.stdout()] }],
    ['a raw sink', { sinks: [LogSink.raw({ plugin: 'otlp_http', config: { endpoint: 'https://otlp.example.com' } })] }],
  ])('accepts %s', (_, props) => {
    expect(problems(configOf(logged(props)))).toBe('');
  });

  test('accepts all expressions that the library accepts', () => {
    const patterns = acceptedExpressions(20_000);
    const all = parse(configOf(logged()));
    all.receivers = Object.fromEntries(
      patterns.map((pattern, i) => [
        `file_log/${i}`,
        Object.values(parse(configOf(logged({ format: LogFormat.regex(pattern) }))).receivers)[0],
      ]),
    );
    all.service.pipelines['logs/stdout'].receivers = Object.keys(all.receivers);
    expect(problems(stringify(all, { aliasDuplicateObjects: false }))).toBe('');
    expect(patterns.length).toBeGreaterThan(500);
  });

  test('uses no more disk space for an unavailable sink than its buffer', async () => {
    const [logs, state] = ['logs', 'state'].map(name => join(folder, name));
    mkdirSync(logs);
    // nothing listens on port 1
    const away = LogSink.otlp({
      url: 'http://127.0.0.1:1',
      auth: LogAuth.none('inside of this test'),
      tls: LogTls.off('inside of this test'),
      bufferSize: Size.mebibytes(4),
    });
    const file = join(folder, 'away.yaml');
    const text = configOf(logged({ sinks: [away, LogSink.stdout()] }));
    writeFileSync(
      file,
      text
        .replace(/\/var\/lib\/log-collector/g, state)
        .replace(/\/var\/log\/app/g, logs)
        .replace(/0\.0\.0\.0/g, '127.0.0.1'),
    );
    const collector = spawn(program, ['--config', file, '--feature-gates=stanza.synchronousLogEmitter'], {
      env: environment,
      stdio: 'ignore',
    });
    try {
      for (let round = 0; round < 100; round++) {
        appendFileSync(join(logs, 'app.log'), 'a line of no great length, as apps write them\n'.repeat(150));
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    } finally {
      collector.kill();
    }
    const used = readdirSync(state).map(name => ({ name, bytes: statSync(join(state, name)).blocks * 512 }));
    process.stdout.write(
      `    on disk: ${used.map(({ name, bytes }) => `${name} ${(bytes / 1024 ** 2).toFixed(2)} MiB`).join(', ')}\n`,
    );
    const queue = used.find(({ name }) => name.includes('exporter_otlp_http_otlp'))!;
    expect(queue.bytes).toBeGreaterThan(1024 ** 2 / 2);
    expect(queue.bytes).toBeLessThanOrEqual(4 * 1024 ** 2);
  }, 60_000);

  test('refuses unknown keys and components', () => {
    expect(problems(configOf(logged()).replace('start_at', 'begin_at'))).toMatch(/has invalid keys: begin_at/);
    expect(problems(configOf(logged({ sinks: [LogSink.raw({ plugin: 'lokki' })] })))).toMatch(/unknown type: "lokki"/);
  });
});

describe("Vector's remap language", () => {
  const built = join(__dirname, 'vrl');
  let program: string;
  beforeAll(() => {
    const messages = execFileSync('cargo', ['build', '--quiet', '--message-format', 'json'], {
      cwd: built,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
    });
    program = messages
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line))
      .find(({ executable }) => executable).executable;
  });

  /** Returns the records of lines in Vector. */
  function records(format: LogFormat, ...lines: string[]): any[] {
    const config = parse(configOf(logged({ collector: LogCollector.vector(), format })));
    const file = join(folder, 'program.vrl');
    // Vector replaces two dollars with one
    writeFileSync(file, config.transforms.records_stdout.source.replace(/\$\$/g, '$'));
    const events = lines.map(message => JSON.stringify({ message, source_type: 'file' })).join('\n');
    const { status, stdout, stderr } = spawnSync(program, [file], {
      encoding: 'utf8',
      input: events,
      env: environment,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  }

  test('compiles all expressions that the library accepts', () => {
    const patterns = acceptedExpressions(4_000);
    patterns.forEach(pattern => records(LogFormat.regex(pattern), 'a line'));
    expect(patterns.length).toBeGreaterThan(100);
  }, 300_000);

  const origin = {
    '@timestamp': expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/),
    'app': 'test-app',
    'namespace': 'shop',
    'pod': 'app-1',
  };

  test.each<[string, LogFormat, string, object]>([
    ['text', LogFormat.text(), 'a "line"', { message: 'a "line"' }],
    ['JSON', LogFormat.json(), '{"level":"info","n":{"a":1}}', { level: 'info', n: { a: 1 } }],
    ['a line that is not JSON', LogFormat.json(), '{"level"', { message: '{"level"' }],
    ['a JSON array', LogFormat.json(), '[1]', { message: '[1]' }],
    ['logfmt', LogFormat.logfmt(), 'level=info msg="it goes"', { level: 'info', msg: 'it goes' }],
    [
      'an expression with quotes and dollars',
      LogFormat.regex("^(?<who>[a-z]+)'s \\$(?<price>[0-9]+)$"),
      "ann's $20",
      { who: 'ann', price: '20' },
    ],
    [
      'an expression with escaped quotes and backslashes',
      LogFormat.regex("^(?<who>[a-z]+)\\'s \\\\'(?<path>[a-z]+)$"),
      "ann's \\'home",
      { who: 'ann', path: 'home' },
    ],
    ['a line that does not match', LogFormat.regex('^(?<who>[a-z]+)$'), '123', { message: '123' }],
    ['a line with the field pod', LogFormat.json(), '{"pod":"other"}', {}],
  ])('parses %s', (_, format, line, fields) => {
    expect(records(format, line)).toEqual([{ ...origin, ...fields }]);
  });
});
