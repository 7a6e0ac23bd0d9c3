import { execFileSync, spawnSync } from 'child_process';
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse } from 'yaml';
import { LogAuth, LogCollector, LogFormat, LogMultiline, LogShippingProps, LogSink, LogTls, SecretSource } from '../../src';
import { configOf, logged } from '../logging/fixtures';

const folder = mkdtempSync(join(tmpdir(), 'collectors-'));
const secret = SecretSource.fromName('sink');
const environment = { ...process.env, POD_NAME: 'app-1', POD_NAMESPACE: 'shop', LOG_OTLP_TOKEN: 'a', LOG_LOKI_TOKEN: 'b' };

describe('the OpenTelemetry Collector', () => {
  const program = join(folder, 'otelcol');
  beforeAll(() => execFileSync('go', ['build', '-o', program, '.'], { cwd: join(__dirname, 'otelcol'), stdio: 'pipe' }));

  const otlp = LogSink.otlp({ url: 'https://otlp.example.com', auth: LogAuth.bearer({ secret }) });
  const loki = LogSink.loki({ url: 'https://loki.example.com', auth: LogAuth.bearer({ secret }), tenant: 'shop' });
  const clear = LogSink.otlp({ url: 'http://otlp:4318', auth: LogAuth.none('inside of the mesh'), tls: LogTls.off('inside of the mesh') });

  function problems(text: string): string {
    const file = join(folder, 'config.yaml');
    // the authority and the directory of offsets are those of the container
    writeFileSync(file, text.replace(/\/var\/lib\/log-collector/g, folder));
    return spawnSync(program, ['validate', '--config', file], { encoding: 'utf8', env: environment }).stderr;
  }

  test.each<[string, Partial<LogShippingProps>]>([
    ['the smallest use', {}],
    ['JSON', { format: LogFormat.json() }],
    ['an expression with dollars and braces', { format: LogFormat.regex('^(?<price>\\$\\{?[0-9]+)(?<rest>.*)$') }],
    ['a well-known format', { format: LogFormat.named('nginx') }],
    ['records of several lines', { multiline: LogMultiline.named('timestamp') }],
    ['OTLP', { sinks: [otlp] }],
    ['OTLP in the clear', { sinks: [clear] }],
    ['Loki', { sinks: [loki] }],
    ['three sinks', { sinks: [otlp, loki, LogSink.stdout()] }],
    ['an exporter in its own words', { sinks: [LogSink.raw({ type: 'otlp_http', config: { endpoint: 'https://otlp.example.com' } })] }],
  ])('takes %s', (_, props) => {
    expect(problems(configOf(logged(props)))).toBe('');
  });

  test('refuses what is not its own', () => {
    expect(problems(configOf(logged()).replace('start_at', 'begin_at'))).toMatch(/has invalid keys: begin_at/);
    expect(problems(configOf(logged({ sinks: [LogSink.raw({ type: 'lokki' })] })))).toMatch(/unknown type: "lokki"/);
  });
});

describe('Vector\'s remap language', () => {
  const built = join(__dirname, 'vrl');
  let program: string;
  beforeAll(() => {
    const messages = execFileSync('cargo', ['build', '--quiet', '--message-format', 'json'], { cwd: built, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });
    program = messages.split('\n').filter(Boolean).map(line => JSON.parse(line)).find(({ executable }) => executable).executable;
  });

  /** The records that Vector makes of lines. */
  function records(format: LogFormat, ...lines: string[]): any[] {
    const config = parse(configOf(logged({ collector: LogCollector.vector(), format })));
    const file = join(folder, 'program.vrl');
    // Vector reads two dollars as one
    writeFileSync(file, config.transforms.records.source.replace(/\$\$/g, '$'));
    const events = lines.map(message => JSON.stringify({ message, source_type: 'file', host: 'app-1', file: '/var/log/app/app.log' })).join('\n');
    const { status, stdout, stderr } = spawnSync(program, [file], { encoding: 'utf8', input: events, env: environment });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.trim().split('\n').map(line => JSON.parse(line));
  }

  const origin = { app: 'test-app', namespace: 'shop', pod: 'app-1', file: '/var/log/app/app.log' };

  test.each<[string, LogFormat, string, object]>([
    ['text', LogFormat.text(), 'a "line"', { message: 'a "line"' }],
    ['JSON', LogFormat.json(), '{"level":"info","n":{"a":1}}', { level: 'info', n: { a: 1 } }],
    ['what is not JSON', LogFormat.json(), '{"level"', { message: '{"level"' }],
    ['JSON that is no object', LogFormat.json(), '[1]', { message: '[1]' }],
    ['logfmt', LogFormat.logfmt(), 'level=info msg="it goes"', { level: 'info', msg: 'it goes' }],
    ['an expression with quotes and dollars', LogFormat.regex('^(?<who>[a-z]+)\'s \\$(?<price>[0-9]+)$'), 'ann\'s $20', { who: 'ann', price: '20' }],
    ['what an expression does not match', LogFormat.regex('^(?<who>[a-z]+)$'), '123', { message: '123' }],
    ['what claims to be another pod', LogFormat.json(), '{"pod":"other"}', {}],
  ])('makes a record of %s', (_, format, line, fields) => {
    expect(records(format, line)).toEqual([{ ...origin, ...fields }]);
  });
});
