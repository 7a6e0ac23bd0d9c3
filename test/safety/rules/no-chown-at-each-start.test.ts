import { messagesOf, podOfKind } from './fixtures';

const pod = (command: string, volume = 'persistentVolumeClaim: {claimName: data}', kind = 'Deployment') =>
  podOfKind(kind, { volume }).replace(
    'containers: [',
    `initContainers: [{name: own, image: a, command: ${command}, ` +
      'volumeMounts: [{name: data, mountPath: /data}]}], containers: [',
  );
const checked = (...options: Parameters<typeof pod>) => messagesOf('no-chown-at-each-start', pod(...options));

test.each([
  '[chown, -R, "1000:1000", /data]',
  '[sh, -c, "mkdir -p /data/a && chown -R 1000 /data/a/"]',
  '[sh, -c, "chmod --recursive g+w /data"]',
  '[/bin/sh, -c, "set -e\\nchgrp -hR 0 /data\\n"]',
])('reports %s', command => {
  expect(checked(command)).toEqual([
    expect.stringMatching(/^Init container 'own' changes every file in '\/data[/a]*' at each start of the pod\.$/),
  ]);
});

test.each<Parameters<typeof pod>>([
  ['[chown, "1000", /data]'],
  ['[chown, -R, "1000", /tmp]'],
  ['[sh, -c, "if [ ! -e /data/x ]; then chown -R 1000 /data; fi"]'],
  ['[sh, -c, "test -e /data/x || chown -R 1000 /data"]'],
  ['[sh, -c, "find /data ! -user 1000 -exec chown -R 1000 {} +"]'],
  ['[chown, -R, "1000", /data]', 'emptyDir: {}'],
  ['[chown, -R, "1000", /data]', 'persistentVolumeClaim: {claimName: data}', 'Job'],
])('accepts %s with {%s}', (...options) => {
  expect(checked(...options)).toEqual([]);
});
