import { spawnSync } from 'child_process';
import { join } from 'path';

test('the sinks count lost, duplicated and damaged lines', () => {
  const { status, stdout, stderr } = spawnSync('go', ['test', './...'], {
    cwd: join(__dirname, 'harness'),
    encoding: 'utf8',
  });
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
});
