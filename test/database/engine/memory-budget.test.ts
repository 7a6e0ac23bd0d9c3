import { Size } from 'cdk8s';
import { configOf, creating, MYSQL, objectsOf, server, volume } from '../fixtures';

test('refuses settings with which the server would be killed, with the sum', () => {
  expect(creating({ settings: { shared_buffers: '900MB' } })).toThrow(
    '[test/orders] The server can use 1446Mi of memory, more than the limit of 1Gi, and would be killed: the ' +
      'server itself 51Mi + shared_buffers 900Mi + /dev/shm 64Mi + maintenance_work_mem 64Mi + ' +
      'autovacuum_work_mem 16Mi × 3 autovacuum_max_workers + 3Mi for a connection or worker 3Mi × (100 ' +
      'max_connections + 2 max_parallel_workers) + work_mem 64Ki × 2 × (100 max_connections + 2 ' +
      "max_parallel_workers). Lower 'shared_buffers' in 'settings', or increase 'memory'.",
  );
  expect(creating({ settings: { max_connections: '500' } })).toThrow(
    /Lower 'max_connections' in 'settings', or increase 'memory'\.$/,
  );
});

test('refuses a number of connections that is not a number', () => {
  expect(creating({ settings: { max_connections: 'many' } })).toThrow(
    "[test/orders] Setting 'max_connections' is 'many', which is not a number. Use a whole number of up to 7 digits.",
  );
});

test('derives the size of /dev/shm from the memory limit', () => {
  const sharedMemory = (memory: Size) => volume(objectsOf({ memory }), 'scratch-dev-shm').emptyDir;
  expect(sharedMemory(Size.gibibytes(1))).toEqual({ medium: 'Memory', sizeLimit: '64Mi' });
  expect(sharedMemory(Size.gibibytes(8))).toEqual({ medium: 'Memory', sizeLimit: '512Mi' });
});

test('counts a setting as the server rounds it', () => {
  // the server rounds 641M up to 768M
  expect(creating({ engine: MYSQL, settings: { innodb_buffer_pool_size: '641M' } })).toThrow(
    /innodb_buffer_pool_size 768Mi/,
  );
  expect(configOf(objectsOf({ engine: MYSQL }))).toContain('innodb_buffer_pool_size = 256M\n');
});

test('counts a number without a unit as the engine does', () => {
  // 65536 pages of 8kB are 512MB; half of them fit into the limit
  expect(creating({ settings: { shared_buffers: '65536' } })).toThrow(/shared_buffers 512Mi/);
  expect(creating({ settings: { shared_buffers: '32768' } })).not.toThrow();
});

test('puts shared buffers into huge pages if they are requested', () => {
  const objects = objectsOf({ hugePages: Size.mebibytes(512) });
  expect(configOf(objects)).toMatch(/huge_pages = 'on'[^]*shared_buffers = '471859kB'/);
  expect(server(objects).resources.limits['hugepages-2Mi']).toBe('512Mi');
  expect(configOf(objectsOf())).toContain("huge_pages = 'off'");
});

test('refuses shared buffers that do not fit into the huge pages', () => {
  expect(creating({ hugePages: Size.mebibytes(64), settings: { shared_buffers: '100MB' } })).toThrow(
    "[test/orders] Setting 'shared_buffers' is 100Mi, more than the 64Mi of 'hugePages'. Lower the setting, or " +
      "increase 'hugePages'.",
  );
});
