import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  ConfigFiles,
  ConfigSource,
  EnvValues,
  HealthCheck,
  LogAuth,
  LogCollector,
  LogFormat,
  LoggedApp,
  LogMultiline,
  LogRotation,
  LogShipping,
  LogSink,
  LogTimeFormat,
  LogTls,
} from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'spring', { namespace: 'shop', disableResourceNameHashes: true });

const orders = new LoggedApp(chart, 'orders', {
  image: 'ghcr.io/acme/orders:2.0.3',
  port: 8080,
  healthCheck: HealthCheck.http('/actuator/health/readiness', {
    livenessPath: '/actuator/health/liveness',
    startupTimeout: Duration.minutes(3),
  }),
  resources: { cpu: { request: kplus.Cpu.millis(250) }, memory: { limit: Size.mebibytes(768) } },
  env: EnvValues.fromStrings({
    JAVA_TOOL_OPTIONS: '-XX:MaxRAMPercentage=70',
    SPRING_CONFIG_ADDITIONAL_LOCATION: 'file:/app/config/',
    LOGGING_CONFIG: '/app/config/logback-spring.xml',
  }),
  logs: new LogShipping({
    collector: LogCollector.fluentBit(),
    directory: '/var/log/orders',
    files: ['orders.log'],
    // the pattern of the encoder in logback-spring.xml; the message includes the stack trace
    format: LogFormat.regex(
      '^(?<time>[^ ]+ [^ ]+) +(?<level>[A-Z]+) +\\[(?<thread>[^\\]]+)\\] (?<logger>[^ ]+) - (?<message>.*)$',
      { time: { field: 'time', format: LogTimeFormat.pattern('%Y-%m-%d %H:%M:%S.%L') } },
    ),
    multiline: LogMultiline.timestamp(),
    rotation: LogRotation.byApp({
      maxFileSize: Size.mebibytes(20),
      maxFiles: 5,
      rotatedName: '{name}.{date}.{n}{ext}.gz',
    }),
    sinks: [
      LogSink.loki({
        url: 'http://loki-gateway.monitoring.svc:80',
        auth: LogAuth.none('Loki has no authentication here'),
        tls: LogTls.off('within the cluster only'),
        egressPorts: [8080],
        labels: { team: 'shop' },
      }),
    ],
  }),
});
orders.add(
  new ConfigFiles({
    sources: [
      ConfigSource.fromFile(`${__dirname}/config/logback-spring.xml`),
      ConfigSource.properties('application.properties', {
        'server.shutdown': 'graceful',
        'management.endpoint.health.probes.enabled': true,
      }),
    ],
  }),
);

app.synth();
