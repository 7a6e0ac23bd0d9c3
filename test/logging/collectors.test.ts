import { Size } from 'cdk8s';
import { COLLECTORS, collectorOf, configOf, FORMATS, logged, SINKS } from './fixtures';
import { PROBLEMS } from './formats/problems';
import {
  KubernetesVersion,
  LogAuth,
  LogCollector,
  LogFormat,
  LogMultiline,
  LogRotation,
  LogSink,
  SecretSource,
} from '../../src';
import { kind, podOf } from '../synth';

const names = Object.keys(COLLECTORS);
const cells = names.flatMap(name => COLLECTORS[name].sinks.map((sink): [string, string] => [name, sink]));

describe.each(cells)('%s', (name, sink) => {
  test.each(SINKS[sink].map((one, i): [string, number, LogSink] => [sink, i + 1, one]))(
    'writes %s (%i) in words that it understands',
    (_, __, one) => {
      expect(PROBLEMS[name](configOf(logged({ collector: COLLECTORS[name].collector, sinks: [one] })))).toEqual([]);
    },
  );
});

describe.each(names)('%s', name => {
  const { collector, formats, sinks } = COLLECTORS[name];
  const text = (props = {}) => configOf(logged({ collector, ...props }));

  test.each(formats)('parses %s', format => {
    expect(PROBLEMS[name](text({ format: FORMATS[format](), multiline: LogMultiline.timestamp() }))).toEqual([]);
    expect(text({ format: FORMATS[format]() })).toMatchSnapshot();
  });

  test('gives each of several sinks a buffer of its own', () => {
    const all = sinks.map(sink => SINKS[sink][0]);
    expect(PROBLEMS[name](text({ sinks: all }))).toEqual([]);
    expect(text({ sinks: all })).toMatchSnapshot();
  });

  test('holds no slash, quote or dollar of an expression for its own', () => {
    const format = LogFormat.regex('^(?<path>/[^ \'"]+) \\$\\{(?<rest>.*)\\}$');
    expect(PROBLEMS[name](text({ format, multiline: LogMultiline.startsWith('^/') }))).toEqual([]);
  });

  test(
    "runs as the app's user with a read-only root, a health check that does not depend on the sinks, and a " +
      'metrics port',
    () => {
      const container = collectorOf(logged({ collector }));
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      });
      expect(container.livenessProbe.httpGet.port).toBe(
        container.ports.find((port: any) => port.name === 'log-health').containerPort,
      );
      expect([container.startupProbe, container.readinessProbe]).toEqual([undefined, undefined]);
      expect(container.image).toMatch(/:v?\d+\.\d+\.\d+/);
      expect(container.resources.limits).toMatchObject({
        'memory': expect.any(String),
        'ephemeral-storage': expect.any(String),
      });
    },
  );

  test('reads each file once: none of those that are being written has the name of a rotated one', () => {
    expect(text({ files: ['app.log', 'audit-*.log'] })).toContain('/var/log/app/app.log');
    expect(() => text({ files: ['app.log*'] })).toThrow("matches 'app.logapp.1'");
  });

  test('takes credentials from Secrets alone, by files', () => {
    const objects = logged({ collector, sinks: [SINKS.loki[0]] });
    if (collector._preset.credentialFiles) {
      expect(
        podOf(objects).volumes.find((volume: any) => volume.name === 'logs-credentials').projected.sources,
      ).toContainEqual({ secret: { name: 'sink', items: [{ key: 'password', path: 'loki/PASSWORD' }] } });
      expect(collectorOf(objects).volumeMounts).toContainEqual({
        name: 'logs-credentials',
        mountPath: '/etc/log-collector-credentials',
        readOnly: true,
      });
      expect(configOf(objects)).toMatch(/loki\/PASSWORD/);
    } else {
      expect(collectorOf(objects).env).toContainEqual({
        name: 'LOG_LOKI_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'sink', key: 'password' } },
      });
      expect(configOf(objects)).toMatch(/LOG_LOKI_PASSWORD/);
    }
    expect(podOf(objects).volumes).toContainEqual({
      name: 'logs-loki-ca',
      secret: { secretName: 'authority', items: [{ key: 'ca.crt', path: 'ca.crt' }], defaultMode: 0o440 },
    });
  });

  test('a PodMonitor reads its metrics, and Prometheus may reach them', () => {
    const objects = logged({ collector, podMonitor: true });
    const [endpoint] = kind(objects, 'PodMonitor').spec.podMetricsEndpoints;
    const { containerPort } = collectorOf(objects).ports.find((port: any) => port.name === endpoint.port);
    const policy = objects.find(({ metadata }) => metadata.name === 'test-app-logs-sinks');
    expect(policy.spec).toMatchObject({
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: containerPort, protocol: 'TCP' }] }],
    });
  });
});

describe('a collector', () => {
  test('says which others have the sink that it has not', () => {
    expect(() => logged({ collector: LogCollector.vector(), sinks: [SINKS.forward[0]] })).toThrow(
      "[test/app/logs] Vector has no sink 'forward'; it has 'stdout', 'loki', 'elasticsearch', 'opensearch', " +
        "'otlp', 's3', 'http', 'kafka' and 'raw'. Take 'LogCollector.fluentd' or 'LogCollector.fluentBit'",
    );
    expect(() => logged({ collector: LogCollector.fluentd(), sinks: [SINKS.loki[0]] })).toThrow(
      "[test/app/logs] Fluentd has no sink 'loki'; it has 'stdout', 'forward', 'http' and 'raw'. Take " +
        "'LogCollector.fluentBit', 'LogCollector.vector' or 'LogCollector.openTelemetry', or give Fluentd an " +
        "image with the plugin, and name it in 'plugins'",
    );
  });

  test('says which credentials it can give', () => {
    expect(() =>
      logged({
        sinks: [
          LogSink.kafka({ brokers: ['a:1'], topic: 'b', auth: LogAuth.bearer({ secret: SecretSource.fromName('c') }) }),
        ],
        collector: LogCollector.vector(),
      }),
    ).toThrow(
      "[test/app/logs] Sink 'kafka' has the credential 'LogAuth.bearer', which kafka does not take. Use " +
        "'LogAuth.basic'",
    );
  });

  test('has no metrics for Prometheus where its image has none', () => {
    expect(() => logged({ collector: LogCollector.fluentd(), podMonitor: true })).toThrow(
      '[test/app/logs] Fluentd has no metrics for a PodMonitor to read. Give it an image with fluent-plugin-prometheus',
    );
  });

  test('has no buffer beside the log files where it reads them for each sink', () => {
    expect(() =>
      logged({
        collector: LogCollector.vector(),
        sinks: [
          LogSink.loki({
            url: 'https://loki',
            auth: LogAuth.none('inside of the mesh'),
            bufferSize: Size.mebibytes(64),
          }),
        ],
      }),
    ).toThrow("[test/app/logs] Sink 'loki' has a 'bufferSize', and Vector has no buffer beside the log files");
  });

  test.each(names.filter(name => name !== 'openTelemetry'))(
    '%s waits for the app on clusters without a sleep action too',
    name => {
      const collector = {
        fluentd: LogCollector.fluentd(),
        fluentBit: LogCollector.fluentBit(),
        vector: LogCollector.vector(),
      }[name]!;
      const container = collectorOf(logged({ collector }, KubernetesVersion.V1_28));
      expect(container.lifecycle).toEqual({
        preStop: { exec: { command: ['sleep', name === 'vector' ? '46' : '37'] } },
      });
      expect(container.image).toMatch(/-debug$|-alpine$|-debian-2\.2$/);
    },
  );

  test("of the user's own has its files, variables, ports and time", () => {
    const collector = LogCollector.custom({
      name: 'rsyslog',
      image: 'acme/rsyslog:8.2',
      args: ['-f', '/etc/log-collector/rsyslog.conf'],
      files: { 'rsyslog.conf': 'module(load="imfile")\n' },
      healthPort: 8000,
    });
    const objects = logged({ collector, sinks: [SINKS.elasticsearch[0]] });
    expect(kind(objects, 'ConfigMap').data).toEqual({ 'rsyslog.conf': 'module(load="imfile")\n' });
    expect(collectorOf(objects)).toMatchObject({
      name: 'logs-rsyslog',
      args: ['-f', '/etc/log-collector/rsyslog.conf'],
      ports: [{ name: 'log-health', containerPort: 8000, protocol: 'TCP' }],
    });
    expect(collectorOf(objects).env.map((variable: any) => variable.name)).toEqual(
      expect.arrayContaining(['LOG_ELASTICSEARCH_PASSWORD', 'POD_NAME']),
    );
  });

  test.each<[string, string]>([
    ['conf.d/a.conf', 'a ConfigMap cannot hold'],
    ['logrotate.conf', "is the rotating sidecar's"],
  ])("of the user's own may not have the file %s", (file, why) => {
    const collector = LogCollector.custom({
      name: 'own',
      image: 'acme/own:1',
      files: { [file]: 'a' },
      healthPort: 8000,
    });
    const rotation = LogRotation.bySidecar({ image: 'a/b:1', maxFileSize: Size.mebibytes(1), maxFiles: 2 });
    expect(() => logged({ collector, rotation })).toThrow(
      `[test/app/logs] The collector has a file '${file}', which ${why}. Give it another name, of letters, ` +
        `digits, '-', '_' and '.'`,
    );
  });

  test.each([
    [
      'fluentd',
      LogCollector.fluentd(),
      LogSink.raw({
        plugin: 'syslog_rfc5424',
        config: { host: 'syslog', port: 6514, transport: 'tls', format: { '@type': 'json' } },
        egressPorts: [6514],
      }),
    ],
    [
      'fluentBit',
      LogCollector.fluentBit(),
      LogSink.raw({
        plugin: 'splunk',
        config: { host: 'splunk', port: 8088, tls: 'on', splunk_token: '${SPLUNK_TOKEN}' },
        env: { SPLUNK_TOKEN: { secret: SecretSource.fromName('splunk'), key: 'token' } },
      }),
    ],
    [
      'vector',
      LogCollector.vector(),
      LogSink.raw({ plugin: 'papertrail', config: { endpoint: 'logs:514', encoding: { codec: 'text' } } }),
    ],
  ])('%s takes a sink in its own words', (name, collector, sink) => {
    const objects = logged({ collector, sinks: [sink] });
    expect(PROBLEMS[name](configOf(objects))).toEqual([]);
    expect(configOf(objects)).toMatchSnapshot();
  });
});

describe('the readers of formats', () => {
  const swap = (name: string, from: string | RegExp, to: string) => {
    const { collector } = COLLECTORS[name];
    return PROBLEMS[name](configOf(logged({ collector, sinks: [SINKS.loki[0]] })).replace(from, to));
  };

  test.each([
    ['fluentd', '@type app_loki', '@type app_lokki'],
    ['fluentd', 'read_from_head', 'read_from_haed'],
    ['fluentd', 'read_from_head true', 'read_from_head perhaps'],
    ['fluentd', 'pos_file', 'tag'],
    ['fluentd', '</source>', ''],
    ['fluentBit', 'name: loki', 'name: lokki'],
    ['fluentBit', 'read_from_head', 'read_from_haed'],
    ['fluentBit', 'tls: "on"', 'tls: true'],
    ['fluentBit', /http_passwd: .*/, 'http_passwd: secret'],
    ['vector', 'type: http', 'type: htpt'],
    ['vector', 'read_from', 'read_form'],
    ['vector', '- records', '- recrods'],
    ['vector', /max_size: \d+/, 'max_size: much'],
    ['vector', 'when_full: block', 'when_full: drop_newest'],
    ['vector', 'SECRET[credentials.loki/PASSWORD]', 'password'],
    ['vector', 'acknowledgements:\n      enabled: true', 'acknowledgements:\n      enabled: false'],
  ])('of %s refuses %s as %s', (name, from, to) => {
    let problems: string[];
    try {
      problems = swap(name, from, to);
    } catch (error) {
      problems = [(error as Error).message];
    }
    expect(problems).not.toEqual([]);
  });
});
