import { App, Chart } from 'cdk8s';
import { BackupDestination, ClaimBackupDestinationOptions } from '../../../src';

const resolve = (options: ClaimBackupDestinationOptions) =>
  BackupDestination.claim(options)._resolve(new Chart(new App(), 'test'));

test('mounts the claim in the containers with rclone, and opens no network', () => {
  const { root, env, egress, mounts } = resolve({ claimName: 'backups' });
  expect({ root, env, egress }).toEqual({ root: '/destination', env: {}, egress: [] });
  expect(mounts).toEqual([{ path: '/destination', volume: expect.objectContaining({ name: 'destination' }) }]);
});

test('refuses a name that is not one of a claim', () => {
  expect(() => resolve({ claimName: 'My Claim' })).toThrow("'claimName' of the destination");
});
