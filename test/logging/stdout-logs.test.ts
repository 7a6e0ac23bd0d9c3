import { Size } from 'cdk8s';
import { LoggedApp, StdoutLogs } from '../../src';
import { kind, podOf, synth } from '../synth';

const toStdout = (props = {}) =>
  synth(chart => new LoggedApp(chart, 'app', { image: 'acme/app:1.0.0', port: 8080, logs: new StdoutLogs(props) }));

describe('StdoutLogs', () => {
  test('creates a link for each file before the app starts, without a sidecar', () => {
    const objects = toStdout({ files: ['app.log', 'audit.log'] });
    expect(podOf(objects).containers).toHaveLength(1);
    expect(podOf(objects).initContainers.map(({ command, restartPolicy }: any) => [command, restartPolicy])).toEqual([
      [['ln', '-sfn', '/proc/1/fd/1', '/var/log/app/app.log'], undefined],
      [['ln', '-sfn', '/proc/1/fd/1', '/var/log/app/audit.log'], undefined],
    ]);
    expect(podOf(objects).volumes).toContainEqual({ name: 'logs', emptyDir: { sizeLimit: '16Mi' } });
    expect(objects.filter(object => object.kind === 'NetworkPolicy')).toHaveLength(1);
    expect(kind(objects, 'ConfigMap')).toBeUndefined();
  });

  test('refuses patterns', () => {
    expect(() => toStdout({ files: ['*.log'] })).toThrow(
      "[test/app/logs] 'files' contains the pattern '*.log', but a link to the standard output needs a file name. " +
        "Name each file, for example 'app.log'.",
    );
  });

  test('refuses an empty size limit', () => {
    expect(() => toStdout({ sizeLimit: Size.kibibytes(0) })).toThrow(
      "[test/app/logs] Invalid size 0Ki for 'sizeLimit'. ",
    );
  });
});
