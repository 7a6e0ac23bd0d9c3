import { text } from './fixtures';
import { ConfigFiles, ConfigSource, ConfiguredApp, ConfiguredAppProps, EnvironmentVariables } from '../../src';
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

const withScript = (command: string[], mode?: number) => () =>
  synth(
    chart =>
      new ConfiguredApp(chart, 'app', {
        ...props(),
        command,
        config: new ConfigFiles({ sources: [ConfigSource.text('run.sh', '#!/bin/sh\n', { mode })] }),
      }),
  );

test('refuses a command that executes a file without execute permission', () => {
  expect(withScript(['/app/config/run.sh'])).toThrow("Container 'app' executes '/app/config/run.sh' of ConfigMap");
  expect(withScript(['/app/config/run.sh'], 0o555)).not.toThrow();
  expect(withScript(['sh', '/app/config/run.sh'])).not.toThrow();
});

test('refuses variables that the shell of the command drops', () => {
  const withVariables = (command: string[]) => () =>
    synth(chart =>
      new ConfiguredApp(chart, 'app', { ...props(), command }).add(EnvironmentVariables.fromMap({ 'cache.size': '5' })),
    );
  expect(withVariables(['sh', '-c', 'exec app'])).toThrow(
    "The shell that starts container 'app' drops the variable 'cache.size'.",
  );
  expect(withVariables(['app'])).not.toThrow();
});
