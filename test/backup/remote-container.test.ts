import { Size } from 'cdk8s';
import { rcloneMemory } from '../../src/backup/remote-container';
import { backupObjects, containerNamed, cronJob } from '../database/backup/fixtures';

test.each([
  ['1Gi', Size.gibibytes(1), 256],
  ['195Gi', Size.gibibytes(195), 256],
  ['1Ti', Size.tebibytes(1), 596],
  ['5Ti', Size.tebibytes(5), 2274],
])('rclone has four parts of a backup of %s in memory', (_, total, mebibytes) => {
  expect(rcloneMemory(total).toMebibytes()).toBe(mebibytes);
});

test('the memory of rclone is a prop, for uploads and downloads', () => {
  const objects = backupObjects({ rcloneMemory: Size.mebibytes(512) });
  const limits = [
    ['test-backup', 'app'],
    ['test-backup-trial', 'fetch'],
    ['test-backup-trial', 'app'],
    ['test-backup-restore', 'fetch'],
  ].map(([job, container]) => containerNamed(cronJob(objects, job).pod, container).resources.limits.memory);
  expect(limits).toEqual(['512Mi', '512Mi', '512Mi', '512Mi']);
});

test('a finished pod keeps its claims, so that one run of each result remains', () => {
  const { spec } = cronJob(backupObjects(), 'test-backup-trial');
  expect([spec.successfulJobsHistoryLimit, spec.failedJobsHistoryLimit]).toEqual([1, 1]);
});
