import { ConfigMap } from 'cdk8s-plus-28';
import {
  AppWorkload,
  ConfigFiles,
  ConfigSource,
  EnvironmentVariables,
  ExistingRollout,
  IPodExtension,
} from '../../src';
import { APP, synth } from '../synth';

const rollout = ExistingRollout.reloader();
const building = (namespace: string, extension: (map: ConfigMap) => IPodExtension) => () =>
  synth(chart => {
    const map = new ConfigMap(chart, 'map', { metadata: { name: 'settings', namespace }, data: { a: 'b' } });
    return new AppWorkload(chart, 'app', { ...APP, metadata: { namespace: 'shop' } }).add(extension(map));
  });

test.each<[string, (map: ConfigMap) => IPodExtension]>([
  ['files', map => new ConfigFiles({ sources: [ConfigSource.fromConfigMap(map, { rollout })] })],
  ['variables', map => EnvironmentVariables.fromConfigMap(map, { rollout })],
])('refuses %s from a ConfigMap of another namespace', (_, extension) => {
  expect(building('other', extension)).toThrow(
    "ConfigMap 'settings' is in the namespace 'other', but pods only read objects of their namespace 'shop'. Define " +
      "it in the namespace 'shop', or move the workload.",
  );
  expect(building('shop', extension)).not.toThrow();
});

test('accepts a ConfigMap that is not defined in this app', () => {
  expect(() =>
    synth(chart => {
      const map = ConfigMap.fromConfigMapName(chart, 'map', 'settings');
      return new AppWorkload(chart, 'app', { ...APP, metadata: { namespace: 'shop' } }).add(
        EnvironmentVariables.fromConfigMap(map, { rollout }),
      );
    }),
  ).not.toThrow();
});

test.each<[string, (map: ConfigMap) => IPodExtension]>([
  [
    'files',
    map =>
      new ConfigFiles({
        sources: [ConfigSource.fromConfigMap(map, { rollout, items: [{ key: 'late', path: 'late.conf' }] })],
      }),
  ],
  ['variables', map => EnvironmentVariables.fromConfigMap(map, { rollout, variables: { LATE: 'late' } })],
])('refuses %s of keys that the ConfigMap does not contain at synthesis', (_, extension) => {
  expect(building('shop', extension)).toThrow(
    "ConfigMap 'settings' does not contain the key 'late'. Add it, or use 'a'.",
  );
  const added = building('shop', map => {
    const { id, bind } = extension(map);
    return { id, bind: (...args) => (map.addData('late', 'b'), bind.apply(extension(map), args)) };
  });
  expect(added).not.toThrow();
});
