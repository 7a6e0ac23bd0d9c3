import { Duration, Size } from 'cdk8s';
import { logged } from './fixtures';
import { LogRotation } from '../../src';
import { kind, podOf } from '../synth';

const FILES = { maxFileSize: Size.mebibytes(10), maxFiles: 4 };
const rotation = LogRotation.bySidecar({
  image: 'acme/logrotate:3.22.0',
  interval: Duration.seconds(5),
  ...FILES,
});

describe('the rotating sidecar', () => {
  test('renames files, keeps the specified number, and stops immediately', () => {
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
    const sidecar = podOf(objects).initContainers.find(({ name }: any) => name === 'logs-rotate');
    expect(sidecar.command[2]).toBe(
      'trap exit TERM; while true; do logrotate --state /var/lib/log-collector/logrotate.status ' +
        '/etc/log-collector/logrotate.conf; sleep 5 & wait $!; done',
    );
    expect(sidecar.volumeMounts.map(({ mountPath, readOnly }: any) => [mountPath, readOnly])).toEqual([
      ['/etc/log-collector', true],
      ['/var/lib/log-collector', undefined],
      ['/var/log/app', undefined],
    ]);
    expect(sidecar.securityContext.readOnlyRootFilesystem).toBe(true);
  });

  test('starts after the collector, and so stops before it', () => {
    expect(podOf(logged({ rotation })).initContainers.map(({ name }: any) => name)).toEqual([
      'logs-otel-collector',
      'logs-rotate',
    ]);
  });

  test('rolls out new pods when its options change', () => {
    const name = (maxFiles: number) =>
      kind(logged({ rotation: LogRotation.bySidecar({ ...FILES, image: 'a/b:1', maxFiles }) }), 'ConfigMap').metadata
        .name;
    expect(name(3)).not.toBe(name(4));
  });

  test('needs a pinned image', () => {
    expect(() => logged({ rotation: LogRotation.bySidecar({ ...FILES, image: 'acme/logrotate' }) })).toThrow(
      "'acme/logrotate'",
    );
  });

  test('needs a pause between two checks', () => {
    const options = { ...FILES, image: 'a/b:1', interval: Duration.seconds(0) };
    expect(() => logged({ rotation: LogRotation.bySidecar(options) })).toThrow(
      "[test/app/logs] Invalid value 0 for 'rotation.interval' in seconds. ",
    );
  });
});
