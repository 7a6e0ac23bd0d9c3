import { Size } from 'cdk8s';
import { DEFAULTS, logged } from './fixtures';
import { LogAuth, LogCollector, LoggedApp, LogRotation, LogShipping, LogShippingProps, LogSink } from '../../src';
import { podOf, synth } from '../synth';

const http = (name: string, bufferSize: Size) =>
  LogSink.http({ name, bufferSize, url: 'https://logs', auth: LogAuth.none('inside of the mesh') });

const sizeLimits = (props: Partial<LogShippingProps>) =>
  Object.fromEntries(
    podOf(logged(props))
      .volumes.filter((volume: any) => volume.emptyDir)
      .map((volume: any) => [volume.name, volume.emptyDir.sizeLimit]),
  );

describe('the size limits of logs and state', () => {
  test('add up the rotation, the buffers and the offsets, with a reserve of a fifth', () => {
    expect(
      sizeLimits({
        collector: LogCollector.fluentBit(),
        sinks: [http('a', Size.mebibytes(32)), http('b', Size.mebibytes(32))],
      }),
    ).toEqual({ 'logs': '50Mi', 'logs-state': '100Mi', 'scratch-tmp': '64Mi' });
  });

  test('count all logs that the app writes', () => {
    expect(sizeLimits({ files: ['a.log', 'b.log'] }).logs).toBe('100Mi');
    expect(
      sizeLimits({ rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(10), maxFiles: 4, logCount: 3 }) }).logs,
    ).toBe('150Mi');
  });

  test("divide 'sizeLimit' between the volumes", () => {
    expect(sizeLimits({ sizeLimit: Size.mebibytes(100) })).toMatchObject({ 'logs': '80Mi', 'logs-state': '20Mi' });
  });

  test("refuse a 'sizeLimit' that is too small, and show the sum", () => {
    expect(() =>
      logged({
        collector: LogCollector.fluentBit(),
        sinks: [http('a', Size.mebibytes(32))],
        sizeLimit: Size.mebibytes(100),
      }),
    ).toThrow(
      "[test/app/logs] 'sizeLimit' is 100Mi, but logs and buffers can grow to 88Mi (10Mi × 4 files × 1 log + 32Mi " +
        "buffer of 'a' + 16Mi offsets), and at most 80% of the limit is planned for. Set 'sizeLimit' to at least " +
        '110Mi, or use smaller files or buffers.',
    );
  });

  test('are part of the ephemeral storage of the pod', () => {
    const resources = { ephemeralStorage: { limit: Size.mebibytes(64) } };
    const app = { image: 'acme/app:1.0.0', port: 8080, logs: new LogShipping(DEFAULTS) };
    expect(podOf(logged()).containers[0].resources.limits['ephemeral-storage']).toBe('262Mi');
    expect(() => synth(chart => new LoggedApp(chart, 'app', { ...app, resources }))).toThrow(
      /134Mi \(logs 50Mi \+ logs-state 20Mi \+ scratch-tmp 64Mi\).*128Mi/,
    );
  });

  test.each<[string, Partial<LogShippingProps>, string]>([
    ['an empty limit', { sizeLimit: Size.mebibytes(0) }, "Invalid size 0Ki for 'sizeLimit'. "],
    [
      'a single file',
      { rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 1 }) },
      "Invalid value 1 for 'rotation.maxFiles'. ",
    ],
    [
      'an empty file',
      { rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(0), maxFiles: 2 }) },
      "Invalid size 0Ki for 'rotation.maxFileSize'. ",
    ],
    [
      'no logs',
      { rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 2, logCount: 0 }) },
      "Invalid value 0 for 'rotation.logCount'. ",
    ],
  ])('refuse %s', (_, props, sentence) => {
    expect(() => logged(props)).toThrow(`[test/app/logs] ${sentence}`);
  });

  test('refuse a missing file size', () => {
    expect(() => LogRotation.byApp({ maxFiles: 2 } as any)).toThrow(
      "[LogRotation.byApp] Required prop 'maxFileSize' is missing. Set it, for example 'maxFileSize: ",
    );
  });
});
