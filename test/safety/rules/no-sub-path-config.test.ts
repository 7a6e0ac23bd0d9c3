import { configMap, podOfKind, severitiesOf } from './fixtures';

const mounted = (kind: string, path: string, options: { pod?: string; image?: string } = {}) =>
  podOfKind(kind, { pod: options.pod, volume: 'configMap: {name: settings}' })
    .replace('mountPath: /data', `mountPath: ${path}, subPath: a`)
    .replace('acme/app:1', options.image ?? 'acme/app:1');
const severities = (manifest: string, settings = configMap('settings')) =>
  severitiesOf('no-sub-path-config', manifest, settings);

test.each([
  ['Deployment', '/etc/app.conf', {}, 'warning'],
  ['Deployment', '/run.sh', {}, 'info'],
  ['Deployment', '/etc/my.cnf', { image: 'mariadb:11' }, 'info'],
  ['Pod', '/etc/app.conf', {}, 'warning'],
  ['Pod', '/etc/app.conf', { pod: 'restartPolicy: Never' }, 'info'],
])('a file of a %s at %s with %j has the severity %s', (kind, path, options, severity) => {
  expect(severities(mounted(kind, path, options))).toEqual([severity]);
});

test('a script has run when it changes', () => {
  const scripts = configMap('settings').replace('{a: b}', '{a: "#!/bin/sh"}');
  expect(severities(mounted('Deployment', '/run'), scripts)).toEqual(['info']);
});

test('the user restarts the pods of a StatefulSet that waits for their deletion', () => {
  const manifest = mounted('StatefulSet', '/etc/app.conf');
  const waiting = manifest.replace('spec: {', 'spec: {updateStrategy: {type: OnDelete}, ');
  expect([manifest, waiting].flatMap(yaml => severities(yaml))).toEqual(['warning', 'info']);
});
