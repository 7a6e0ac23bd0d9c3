import { messagesOf, podOfKind } from './fixtures';

test.each(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'])('finds a gitRepo in a %s', kind => {
  const volume = 'gitRepo: {repository: "https://git.example.com/site.git"}';
  expect(messagesOf('no-git-repo-volume', podOfKind(kind, { volume }))).toEqual([
    "Volume 'data' has the type 'gitRepo'.",
  ]);
});

test('accepts a volume with the name of the type', () => {
  const volume = podOfKind('Deployment', { volume: 'emptyDir: {}' }).replace(/name: data/g, 'name: gitRepo');
  expect(messagesOf('no-git-repo-volume', volume)).toEqual([]);
});
