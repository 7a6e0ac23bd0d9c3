import { Duration, Size } from 'cdk8s';
import { DEFAULTS, logged, ROTATION } from './fixtures';
import {
  LogAuth,
  LogCollector,
  LoggedApp,
  LogRotation,
  LogShipping,
  LogShippingProps,
  LogSink,
  Waiver,
  StdoutLogs,
} from '../../src';
import { kind, podOf, synth, workload } from '../synth';

const NONE = LogAuth.none('inside of the mesh');
const APP = { image: 'acme/app:1.0.0', port: 8080 };
const containers = (objects: any[]) => [...(podOf(objects).initContainers ?? []), ...podOf(objects).containers];
const container = (objects: any[], name: string) => containers(objects).find((one: any) => one.name === name);

describe('the standard output in place of a collector', () => {
  const toStdout = (props = {}) => synth(chart => new LoggedApp(chart, 'app', { ...APP, logs: new StdoutLogs(props) }));

  test('is a link for each file, made before the app starts, and no container beside it', () => {
    const objects = toStdout({ files: ['app.log', 'audit.log'] });
    expect(podOf(objects).containers).toHaveLength(1);
    expect(podOf(objects).initContainers.map((one: any) => [one.command, one.restartPolicy])).toEqual([
      [['ln', '-sfn', '/proc/1/fd/1', '/var/log/app/app.log'], undefined],
      [['ln', '-sfn', '/proc/1/fd/1', '/var/log/app/audit.log'], undefined],
    ]);
    expect(podOf(objects).volumes).toContainEqual({ name: 'logs', emptyDir: { sizeLimit: '16Mi' } });
    expect(objects.filter(object => object.kind === 'NetworkPolicy')).toHaveLength(1);
    expect(kind(objects, 'ConfigMap')).toBeUndefined();
  });

  test('needs the names of the files', () => {
    expect(() => toStdout({ files: ['*.log'] })).toThrow(
      "[test/app/logs] 'files' has '*.log', a pattern, and a link to the standard output needs a name. Name " +
        "each file, for example 'app.log'",
    );
    expect(() => toStdout({ sizeLimit: Size.kibibytes(0) })).toThrow(
      "[test/app/logs] 'sizeLimit' is 0Ki. Give a size of at least 1Ki",
    );
  });
});

describe('a sidecar that rotates', () => {
  const rotation = LogRotation.bySidecar({
    image: 'acme/logrotate:3.22.0',
    maxFileSize: Size.mebibytes(10),
    maxFiles: 4,
    interval: Duration.seconds(5),
  });

  test('renames files, keeps as many as were said, and stops at once', () => {
    const objects = logged({ rotation });
    expect(kind(objects, 'ConfigMap').data['logrotate.conf']).toBe(`"/var/log/app/*.log" {
  size 10240k
  rotate 3
  nocopytruncate
  nocreate
  nocompress
  missingok
}
`);
    const sidecar = container(objects, 'logs-rotate');
    expect(sidecar.command[2]).toBe(
      'trap exit TERM; while true; do logrotate --state /var/lib/log-collector/logrotate.status ' +
        '/etc/log-collector/logrotate.conf; sleep 5 & wait $!; done',
    );
    expect(sidecar.volumeMounts.map((mount: any) => [mount.mountPath, mount.readOnly])).toEqual([
      ['/etc/log-collector', true],
      ['/var/lib/log-collector', undefined],
      ['/var/log/app', undefined],
    ]);
    expect(sidecar.securityContext.readOnlyRootFilesystem).toBe(true);
  });

  test('ends before the collector, which stands before it', () => {
    expect(podOf(logged({ rotation })).initContainers.map((one: any) => one.name)).toEqual([
      'logs-otel-collector',
      'logs-rotate',
    ]);
  });

  test('makes a change of its settings roll the pods', () => {
    const name = (maxFiles: number) =>
      kind(
        logged({ rotation: LogRotation.bySidecar({ image: 'a/b:1', maxFileSize: Size.mebibytes(1), maxFiles }) }),
        'ConfigMap',
      ).metadata.name;
    expect(name(3)).not.toBe(name(4));
  });

  test.each<[string, () => LogRotation, string]>([
    [
      'an image without a tag',
      () => LogRotation.bySidecar({ image: 'acme/logrotate', maxFileSize: Size.mebibytes(1), maxFiles: 2 }),
      "[test/app] Image 'acme/logrotate' has no tag or digest. Pin it, for example 'acme/logrotate:1.4.2'",
    ],
    [
      'one file',
      () => LogRotation.bySidecar({ image: 'a/b:1', maxFileSize: Size.mebibytes(1), maxFiles: 1 }),
      "[test/app/logs] 'maxFiles' of the rotation is 1. Give a whole number from 2 to 10000",
    ],
    [
      'no pause',
      () =>
        LogRotation.bySidecar({
          image: 'a/b:1',
          maxFileSize: Size.mebibytes(1),
          maxFiles: 2,
          interval: Duration.seconds(0),
        }),
      "[test/app/logs] 'interval' of the rotation in seconds is 0. Give a whole number from 1 to 3600",
    ],
    [
      'files without a size',
      () => LogRotation.byApp({ maxFileSize: Size.mebibytes(0), maxFiles: 2 }),
      "[test/app/logs] 'maxFileSize' of the rotation is 0Ki. Give a size of at least 1Ki",
    ],
    [
      'no rotation',
      () => undefined as any,
      "[test/app/logs] It has no 'rotation', so that nobody knows how much its files may hold. State what the " +
        "app does with 'LogRotation.byApp', or let 'LogRotation.bySidecar' do it",
    ],
    [
      'a name that does not vary',
      () => LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 2, rotatedName: '{file}.old' }),
      "[test/app/logs] 'rotatedName' is '{file}.old'. Write it with '{file}', '{name}', '{ext}', '{n}' and " +
        "'{date}', where a file's name and a number or date have to be in it, for example '{file}.{n}'",
    ],
    [
      'a name that the files match',
      () => LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 2, rotatedName: '{name}-{date}{ext}' }),
      "[test/app/logs] 'files' has '*.log', which matches 'app-2026-01-31.log', a name that rotation gives to " +
        "old files, so that their lines would be read twice. Name the files exactly, for example 'app.log'",
    ],
  ])('%s is refused', (_, make, sentence) => {
    expect(() => logged({ rotation: make() })).toThrow(sentence);
  });
});

describe('two shippings of one workload', () => {
  const audit: LogShippingProps = {
    ...DEFAULTS,
    id: 'audit',
    directory: '/var/log/audit',
    collector: LogCollector.openTelemetry({ healthPort: 13134, metricsPort: 8889 }),
  };
  const both = (second: LogShippingProps) =>
    synth(chart => workload(chart).add(new LogShipping(DEFAULTS)).add(new LogShipping(second)));

  test('have volumes, containers, ports and objects of their own', () => {
    const pod = podOf(both(audit));
    expect(pod.initContainers.map((one: any) => one.name)).toEqual(['audit-otel-collector', 'logs-otel-collector']);
    expect(pod.initContainers[0].ports.map((port: any) => [port.name, port.containerPort])).toEqual([
      ['audit-health', 13134],
      ['audit-metrics', 8889],
    ]);
    expect(pod.volumes.map((volume: any) => volume.name)).toEqual([
      'audit',
      'audit-config',
      'audit-state',
      'logs',
      'logs-config',
      'logs-state',
      'scratch-tmp',
    ]);
    expect(new Set(both(audit).map(({ kind: k, metadata }) => `${k}/${metadata.name}`)).size).toBe(both(audit).length);
  });

  test.each<[string, LogShippingProps, string]>([
    [
      'name',
      { ...audit, id: undefined },
      "[test/app] An extension 'logs' is there already. Give one of the two another id",
    ],
    [
      'directory',
      { ...audit, directory: undefined },
      "[test/app] Extension 'audit' mounts 'audit' at '/var/log/app', where extension 'logs' already does " +
        "with 'logs'. Give one of them another path",
    ],
    [
      'port',
      { ...audit, collector: LogCollector.openTelemetry() },
      "[test/app] Extension 'audit' listens on port '13133', where extension 'logs' already does. Containers " +
        'of a pod share its ports, so give one of them another',
    ],
  ])('are refused when they share a %s', (_, second, sentence) => {
    expect(() => both(second)).toThrow(sentence);
  });
});

describe('the room for logs and buffers', () => {
  const otlp = (name: string, bufferSize: Size) => LogSink.http({ name, bufferSize, url: 'https://logs', auth: NONE });
  const sizes = (props: Partial<LogShippingProps>) =>
    Object.fromEntries(
      podOf(logged(props))
        .volumes.filter((volume: any) => volume.emptyDir)
        .map((volume: any) => [volume.name, volume.emptyDir.sizeLimit]),
    );

  test('is computed from rotation, buffers and offsets, with a fifth to spare', () => {
    expect(
      sizes({
        collector: LogCollector.fluentBit(),
        sinks: [otlp('a', Size.mebibytes(32)), otlp('b', Size.mebibytes(32))],
      }),
    ).toEqual({ 'logs': '50Mi', 'logs-state': '100Mi', 'scratch-tmp': '64Mi' });
  });

  test('counts every log that the app writes', () => {
    expect(sizes({ files: ['a.log', 'b.log'] }).logs).toBe('100Mi');
    expect(
      sizes({ rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(10), maxFiles: 4, logCount: 3 }) }).logs,
    ).toBe('150Mi');
  });

  test('is divided between the two volumes when it is given', () => {
    expect(sizes({ sizeLimit: Size.mebibytes(100) })).toMatchObject({ 'logs': '80Mi', 'logs-state': '20Mi' });
  });

  test('is refused with the sum shown when it does not do', () => {
    expect(() =>
      logged({
        collector: LogCollector.fluentBit(),
        sinks: [otlp('a', Size.mebibytes(32))],
        sizeLimit: Size.mebibytes(100),
      }),
    ).toThrow(
      "[test/app/logs] Logs and buffers may come to 88Mi (10Mi × 4 files × 1 log + 32Mi buffer of 'a' + 16Mi " +
        "offsets), more than 80 % of its 'sizeLimit' of 100Mi. Raise it to 110Mi, or make files or buffers " +
        'smaller',
    );
  });

  test("is part of the pod's ephemeral storage, and more than that is refused", () => {
    const resources = { ephemeralStorage: { limit: Size.mebibytes(64) } };
    expect(() =>
      synth(
        chart =>
          new LoggedApp(chart, 'app', {
            ...APP,
            resources,
            logs: new LogShipping({ ...DEFAULTS, rotation: ROTATION }),
          }),
      ),
    ).toThrow(
      '[test/app] Its volumes may hold 134Mi (logs 50Mi + logs-state 20Mi + scratch-tmp 64Mi), more than the ' +
        '128Mi of ephemeral storage that its containers may use',
    );
    expect(podOf(logged()).containers[0].resources.limits['ephemeral-storage']).toBe('262Mi');
  });
});

test('no network policy is added to a workload that waives its own', () => {
  const objects = synth(
    chart =>
      new LoggedApp(chart, 'app', {
        ...APP,
        waivers: [Waiver.networkPolicy('the mesh decides who talks')],
        logs: new LogShipping({
          ...DEFAULTS,
          collector: LogCollector.fluentBit(),
          sinks: [LogSink.http({ url: 'https://logs', auth: NONE })],
        }),
      }),
  );
  expect(objects.filter(object => object.kind === 'NetworkPolicy')).toEqual([]);
});
