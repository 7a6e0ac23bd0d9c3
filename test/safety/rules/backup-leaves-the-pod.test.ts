import { messagesOf, podOfKind } from './fixtures';

const backup = (script: string, volume = 'emptyDir: {}', kind = 'CronJob') =>
  podOfKind(kind, { volume, container: `command: [bash, -c, ${JSON.stringify(script)}]` });
const checked = (...options: Parameters<typeof backup>) => messagesOf('backup-leaves-the-pod', backup(...options));

test.each(['pg_dump shop > /data/a.sql', 'mysqldump --result-file=/data/a.sql shop', 'mongodump --out /data/a'])(
  'reports %j into an emptyDir',
  script => {
    expect(checked(script)).toEqual([
      expect.stringMatching(/writes the dump of '\w+' to '\/data\/[^']+', which is deleted/),
    ]);
  },
);

test('reports a dump into the container layer', () => {
  expect(checked('pg_dump shop > /backup/a.sql')).toHaveLength(1);
});

test.each<Parameters<typeof backup>>([
  ['pg_dump shop > /data/a.sql', 'persistentVolumeClaim: {claimName: backup}'],
  ['pg_dump shop > /data/a.sql', 'hostPath: {path: /backup}'],
  ['pg_dump shop > /data/a.sql && rclone copy /data remote:', 'emptyDir: {}'],
  ['pg_dump shop | psql copy'],
  ['echo done > /data/a.txt'],
  ['pg_dump shop > /data/a.sql', 'emptyDir: {}', 'Deployment'],
])('accepts %j with {%s}', (...options) => {
  expect(checked(...options)).toEqual([]);
});

test('accepts a dump that another container of the Job reads', () => {
  const pod = backup('pg_dump shop > /data/a.sql').replace(
    'containers: [',
    'containers: [{name: upload, image: a, volumeMounts: [{name: data, mountPath: /d}]}, ',
  );
  expect(messagesOf('backup-leaves-the-pod', pod)).toEqual([]);
});
