import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { InitScripts } from '../../../src';
import { creating, objectsOf, REDIS, statefulSet, volume } from '../fixtures';

const scriptsOf = (objects: any[]) => objects.find(({ metadata }) => metadata.name === 'test-orders-init').data;

test('runs a script after those of the user that reports the end of the initialization', () => {
  const objects = objectsOf({ initScripts: InitScripts.fromInline({ '10-schema.sql': 'select 1' }) });
  expect(scriptsOf(objects)).toEqual({
    '10-schema.sql': 'select 1',
    'zzzz-initialised.sh': '#!/bin/sh\nrm -f /var/lib/postgresql/data/.initialising\n',
  });
});

test('makes scripts executable, so that an exit only ends one of them', () => {
  const objects = objectsOf({ initScripts: InitScripts.fromInline({ '10-schema.sql': 'select 1' }) });
  expect(volume(objects, 'init').configMap.items.map(({ mode }: any) => mode)).toEqual([0o555, 0o555]);
});

test('reads the files of a directory', () => {
  const directory = mkdtempSync(join(tmpdir(), 'init-scripts-'));
  writeFileSync(join(directory, '20-seed.sh'), 'echo seed');
  expect(scriptsOf(objectsOf({ initScripts: InitScripts.fromDirectory(directory) }))).toMatchObject({
    '20-seed.sh': 'echo seed',
  });
});

test('a change of the scripts does not restart the pods', () => {
  const template = (content: string) =>
    statefulSet(objectsOf({ initScripts: InitScripts.fromInline({ 'a.sql': content }) })).spec.template;
  expect(template('select 1')).toEqual(template('select 2'));
});

test.each<[Record<string, string>, string]>([
  [{}, "'initScripts' is empty. Add a script or omit the prop."],
  [
    { 'a/b.sql': 'c' },
    "Init script 'a/b.sql' is in a subdirectory, in which postgresql runs no scripts. Use letters, digits, '-', '_' " +
      "and '.' in the name.",
  ],
  [{ 'a b.sql': 'c' }, "Init script 'a b.sql' has a name that a ConfigMap cannot contain."],
  [{ 'a.sql': '' }, "Init script 'a.sql' is empty. Add content or remove the script."],
  [
    { schema: 'select 1' },
    "Init script 'schema' would not run: postgresql only runs files that end in '.sh', '.sql', '.sql.gz', '.sql.xz' " +
      "or '.sql.zst'. Rename it, for example to 'schema.sh'.",
  ],
  [
    { 'zzzzz.sql': 'select 1' },
    "Init script 'zzzzz.sql' would run after 'zzzz-initialised.sh', which reports that all scripts have run. Use a " +
      "name that sorts before 'zzzz'.",
  ],
])('refuses the scripts %j', (scripts, message) => {
  expect(creating({ initScripts: InitScripts.fromInline(scripts) })).toThrow(`[test/orders] ${message}`);
});

test('refuses scripts for an engine that runs none', () => {
  expect(creating({ engine: REDIS, initScripts: InitScripts.fromInline({ 'a.sh': 'b' }) })).toThrow(
    "[test/orders] 'initScripts' is set, but the image of redis runs no scripts. Omit the prop.",
  );
});
