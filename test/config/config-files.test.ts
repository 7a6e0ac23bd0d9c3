import { Chart } from 'cdk8s';
import { configured, directory, expectRefusal, text } from './fixtures';
import { ConfigFiles, ConfigSource, ConfiguredApp, MountStyle, Waiver } from '../../src';
import { containerOf, kind, podOf, synth, workload } from '../synth';

test('matches the snapshot with the fewest props', () => {
  expect(configured({ sources: [text] })).toMatchSnapshot();
});

test('mounts an immutable ConfigMap read-only at /app/config', () => {
  const objects = configured({ sources: [text] });
  const map = kind(objects, 'ConfigMap');
  expect(map).toMatchObject({ immutable: true, data: { 'app.conf': 'a = 1\n' } });
  expect(map.metadata.name).toMatch(/^test-app-app-config-[0-9a-f]{10}$/);
  expect(containerOf(objects).volumeMounts).toContainEqual({
    mountPath: '/app/config',
    name: 'app-config',
    readOnly: true,
  });
  expect(podOf(objects).volumes).toContainEqual({
    name: 'app-config',
    configMap: { name: map.metadata.name, defaultMode: 0o444 },
  });
});

test('mounts single files next to the files of the image', () => {
  const objects = configured({
    mountPath: '/etc/nginx',
    mountStyle: MountStyle.SUB_PATH,
    sources: [ConfigSource.text('conf.d/site.conf', ''), text],
  });
  expect(containerOf(objects).volumeMounts.filter((mount: any) => mount.subPath)).toEqual([
    { mountPath: '/etc/nginx/app.conf', name: 'etc-nginx', readOnly: true, subPath: 'app.conf' },
    { mountPath: '/etc/nginx/conf.d/site.conf', name: 'etc-nginx', readOnly: true, subPath: 'conf.d/site.conf' },
  ]);
});

test('fromDirectory accepts mount options and source options together', () => {
  const root = directory({ 'app.conf': 'a', 'README.md': 'b' });
  const config = ConfigFiles.fromDirectory(root, {
    mountPath: '/config',
    id: 'settings',
    exclude: ['*.md'],
    path: 'etc',
  });
  const objects = synth(chart => workload(chart).add(config));
  expect(kind(objects, 'ConfigMap').metadata.name).toMatch(/^test-app-settings-/);
  expect(podOf(objects).volumes.find(({ name }: any) => name === 'settings').configMap.items).toEqual([
    { key: 'etc_app.conf', path: 'etc/app.conf' },
  ]);
  expect(containerOf(objects).volumeMounts[0].mountPath).toBe('/config');
});

test('can be added to two workloads, each of which gets a ConfigMap', () => {
  const config = new ConfigFiles({ sources: [text] });
  const maps = synth(chart =>
    ['a', 'b'].forEach(id => new ConfiguredApp(chart, id, { image: 'acme/app:1', port: 8080, config })),
  ).filter(object => object.kind === 'ConfigMap');
  expect(maps.map(map => map.metadata.name.replace(/-[0-9a-f]+$/, ''))).toEqual([
    'test-a-app-config',
    'test-b-app-config',
  ]);
  expect(maps[0].data).toEqual(maps[1].data);
});

test('renders the same bytes for the props of another language', () => {
  // jsii passes plain objects with keys in no particular order
  const define = (data: any) => (chart: Chart) =>
    new ConfiguredApp(chart, 'app', {
      image: 'a:1',
      port: 8080,
      config: new ConfigFiles({ sources: [ConfigSource.toml('a.toml', data)] }),
    });
  expect(JSON.stringify(synth(define({ b: 1, a: { d: true, c: 'x' } })))).toBe(
    JSON.stringify(synth(define({ a: { c: 'x', d: true }, b: 1 }))),
  );
});

test('refuses a relative mount path', () => {
  expectRefusal(
    { sources: [text], mountPath: 'config' },
    "'mountPath' is 'config', which is not an absolute path in a container.",
  );
});

test.each(['/etc', '/usr', '/bin', '/app', '/etc/nginx', '/usr/share'])(
  'refuses the mount path %s, unless the rule is waived',
  mountPath => {
    expect(() => configured({ sources: [text], mountPath })).toThrow(
      `is mounted at '${mountPath}', which hides the files of the image in that directory.`,
    );
    const waivers = [Waiver.mountHidesImageFiles('all files are mounted')];
    expect(() => configured({ sources: [text], mountPath }, waivers)).not.toThrow();
  },
);

test('refuses to mount over the root of the filesystem', () => {
  expect(() => configured({ sources: [text], mountPath: '/' })).toThrow(
    "Volume 'config' is mounted at '/', which hides the files of the image in that directory. Use a directory below " +
      "it, such as '/config',",
  );
});
