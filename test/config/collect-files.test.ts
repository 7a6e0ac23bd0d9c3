import { expectRefusal, text } from './fixtures';
import { ConfigRollout, ConfigSource, ExistingRollout, MountStyle, SecretSource } from '../../src';

const DUPLICATE = 'Use another path for one of them.';

test('refuses two files at one path', () => {
  expectRefusal(
    { sources: [text, ConfigSource.text('app.conf', 'b')] },
    `Text 'app.conf' and text 'app.conf' define the same file 'app.conf'. ${DUPLICATE}`,
  );
  const secret = ConfigSource.fromSecret(SecretSource.fromName('s'), {
    rollout: ExistingRollout.live(),
    items: [{ key: 'k', path: 'app.conf' }],
  });
  expectRefusal(
    { sources: [text, secret] },
    `Text 'app.conf' and Secret 's' define the same file 'app.conf'. ${DUPLICATE}`,
  );
});

test.each([
  ['a', 'a/b'],
  ['a/b', 'a'],
])('refuses a file and a directory at one path: %s, %s', (first, second) => {
  expectRefusal(
    { sources: [ConfigSource.text(first, ''), ConfigSource.text(second, '')] },
    `Text '${first}' defines '${first}' and text '${second}' defines '${second}', but a path cannot be both a file ` +
      `and a directory. ${DUPLICATE}`,
  );
});

test('refuses sources without files', () => {
  expectRefusal({ sources: [] }, "'sources' has no files. Add a source with at least one file.");
});

test('refuses single files that change in running pods', () => {
  const error =
    "'MountStyle.SUB_PATH' does not support 'ConfigRollout.live()', because running containers never see a change. " +
    "Use 'MountStyle.DIRECTORY', or a rollout that replaces the pods.";
  expectRefusal({ sources: [text], mountStyle: MountStyle.SUB_PATH, rollout: ConfigRollout.live() }, error);
  const live = ConfigSource.fromConfigMapName('shared', {
    rollout: ExistingRollout.live(),
    items: [{ key: 'a', path: 'a' }],
  });
  expectRefusal({ sources: [live], mountStyle: MountStyle.SUB_PATH }, error);
});

test('refuses single files of an object without items', () => {
  const shared = ConfigSource.fromConfigMapName('shared', { rollout: ExistingRollout.reloader() });
  expectRefusal(
    { sources: [shared], mountStyle: MountStyle.SUB_PATH },
    "ConfigMap 'shared' is mounted with 'MountStyle.SUB_PATH', but without 'items'. List the files in 'items', each " +
      "with 'key' and 'path'.",
  );
});
