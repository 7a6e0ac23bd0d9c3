import { text } from './fixtures';
import { ConfigFiles, ConfigSource, ConfiguredApp, ConfiguredAppProps } from '../../src';
import { synth } from '../synth';

const props = (): ConfiguredAppProps => ({
  image: 'acme/app:1.0.0',
  port: 8080,
  config: new ConfigFiles({ sources: [text] }),
});

test('has its configuration, and accepts more', () => {
  const more = new ConfigFiles({ sources: [ConfigSource.text('b.conf', 'b')], mountPath: '/more' });
  const maps = synth(chart => new ConfiguredApp(chart, 'app', props()).add(more)).filter(
    object => object.kind === 'ConfigMap',
  );
  expect(maps.map(({ data }) => data)).toEqual([{ 'app.conf': 'a = 1\n' }, { 'b.conf': 'b' }]);
});

test('accepts the props of a subclass', () => {
  class Shop extends ConfiguredApp {}
  expect(() =>
    synth(chart => new Shop(chart, 'app', { ...props(), owner: 'sales' } as ConfiguredAppProps)),
  ).not.toThrow();
  expect(() =>
    synth(chart => new ConfiguredApp(chart, 'app', { ...props(), owner: 'sales' } as ConfiguredAppProps)),
  ).toThrow("[test/app] Unknown prop 'owner'.");
});
