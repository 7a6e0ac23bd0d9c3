import { DatabaseEngine } from '../../../src';
import {
  configMap,
  configOf,
  creating,
  CUSTOM_SPEC,
  MARIADB,
  MONGODB,
  MYSQL,
  objectsOf,
  POSTGRES,
  REDIS,
  VALKEY,
} from '../fixtures';

test('settings of the user override the defaults and rename the ConfigMap, which restarts the pods', () => {
  const objects = objectsOf({ settings: { Work_Mem: '512kB', jit: 'on', log_line_prefix: "%m 'q' " } });
  expect(configOf(objects)).toContain("log_line_prefix = '%m ''q'' '\n");
  expect(configOf(objects)).toContain("work_mem = '512kB'\n");
  expect(configOf(objects)).toContain("jit = 'on'\n");
  expect(configMap(objects).metadata.name).not.toBe(configMap(objectsOf()).metadata.name);
});

test.each<[Record<string, string>, string]>([
  [{ port: '1' }, "Setting 'port' is reserved: probes, paths or credentials depend on it. Omit it."],
  [{ huge_pages: 'on' }, "Setting 'huge_pages' is reserved"],
  [{ a: 'b\nc' }, "Setting 'a' has a line break or a NUL character. Write the value on one line."],
  [{ 'a b': 'c' }, "Invalid setting name 'a b'. Use letters, digits, '_', '-' and '.', and begin with a letter."],
  [
    { __PROTO__: 'c' },
    "Invalid setting name '__PROTO__'. Use letters, digits, '_', '-' and '.', and begin with a letter.",
  ],
  [{ jit: 'on', JIT: 'off' }, "'settings' contains 'jit' twice, in different spellings. Remove one of them."],
])('refuses the settings %j', (settings, message) => {
  expect(creating({ settings })).toThrow(`[test/orders] ${message}`);
});

test('refuses the setting for a key file of MongoDB, whose modes depend on fsGroup', () => {
  expect(creating({ engine: MONGODB, settings: { 'security.keyFile': '/keys/key' } })).toThrow(
    "[test/orders] Setting 'security.keyFile' is reserved: probes, paths or credentials depend on it. Omit it.",
  );
});

test('refuses a setting of MongoDB that is a part of another one', () => {
  const settings = { 'operationProfiling': 'a', 'operationProfiling.mode': 'off' };
  expect(creating({ engine: MONGODB, settings })).toThrow(
    "[test/orders] 'settings' contains 'operationProfiling' and 'operationProfiling.",
  );
});

test('writes booleans and numbers of MongoDB as such, and other values as strings', () => {
  const settings = { 'net.ipv6': 'true', 'operationProfiling.slowOpThresholdMs': '50', 'systemLog.verbosity': '010' };
  const config = configOf(objectsOf({ engine: MONGODB, settings }));
  expect(config).toContain('ipv6: true\n');
  expect(config).toContain('slowOpThresholdMs: 50\n');
  expect(config).toContain('verbosity: "010"\n');
});

test('refuses settings of an engine without a configuration file', () => {
  expect(creating({ engine: DatabaseEngine.custom(CUSTOM_SPEC), settings: { a: 'b' } })).toThrow(
    "[test/orders] 'settings' contains 'a', but surreal has no configuration file. Omit 'settings', or set " +
      "'configPath' of the engine.",
  );
});

test.each<[string, DatabaseEngine, string]>([
  ['MySQL', MYSQL, 'skip_grant_tables'],
  ['MySQL', MYSQL, 'skip-grant-tables'],
  ['MySQL', MYSQL, 'SKIP_GRANT_TABLES'],
  ['MySQL', MYSQL, 'skip_grant'],
  ['MySQL', MYSQL, 'loose_skip_grant_tables'],
  ['MySQL', MYSQL, 'enable-skip-grant-tables'],
  ['MySQL', MYSQL, 'loose-maximum-skip_networking'],
  ['MySQL', MYSQL, 'log_raw'],
  ['MariaDB', MARIADB, 'skip-grant-tables'],
  ['MariaDB', MARIADB, 'loose_socket'],
  ['Redis', REDIS, 'rename-command'],
  ['Redis', REDIS, 'Rename-Command'],
  ['Redis', REDIS, 'requirepass'],
  ['Redis', REDIS, 'user'],
  ['Redis', REDIS, 'slaveof'],
  ['Valkey', VALKEY, 'rename-command'],
  ['PostgreSQL', POSTGRES, 'hba_file'],
  ['PostgreSQL', POSTGRES, 'include'],
  ['PostgreSQL', POSTGRES, 'include_dir'],
  ['MongoDB', MONGODB, 'security.authorization'],
  ['MongoDB', MONGODB, 'security'],
  ['MongoDB', MONGODB, 'security.authorization.mode'],
  ['MongoDB', MONGODB, 'security.transitionToAuth'],
])('%s refuses a setting that would change who can connect: %s %s', (_, engine, setting) => {
  expect(creating({ engine, settings: { [setting]: 'on' } })).toThrow(
    `[test/orders] Setting '${setting}' is reserved: probes, paths or credentials depend on it. Omit it.`,
  );
});

test.each<Record<string, string>>([
  { log_line_prefix: '{password}{user}' },
  { cluster_name: '{data}' },
  { application_name: '${port}' },
  { archive_command: 'cp %p {mount}/archive/%f' },
  { search_path: '"{database}", public' },
])('writes %j of the user as it is', settings => {
  const [[name, value]] = Object.entries(settings);
  expect(configOf(objectsOf({ settings }))).toContain(`${name} = '${value}'\n`);
});
