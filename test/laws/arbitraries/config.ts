import { join } from 'path';
import { Chart } from 'cdk8s';
import { ConfigMap, IConfigMap } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  filePath,
  free,
  hostile,
  Made,
  mostly,
  mountPath,
  name,
  optional,
  plainText,
  secret,
  shortName,
  text,
  variable,
} from './values';
import {
  ConfigFiles,
  MountStyle,
  ConfigRollout,
  ExistingRollout,
  ConfigSource,
  EnvironmentVariables,
  IPodExtension,
} from '../../../src';

const owned = fc.constantFrom(
  ConfigRollout.immutable(),
  ConfigRollout.checksum(),
  ConfigRollout.reloader(),
  ConfigRollout.none('said so here'),
);
const rollout = mostly(owned, fc.constant(ConfigRollout.live()));
const elsewhere = fc.constantFrom(
  ExistingRollout.reloader(),
  ExistingRollout.live(),
  ExistingRollout.none('said so here'),
);
const mode = mostly(fc.constantFrom(0o444, 0o555, 0, 0o777), fc.constantFrom(-1, 0o1000, 0.5));
const schema = mostly(
  fc.constantFrom<any>(
    {},
    { type: ['object', 'string'] },
    { additionalProperties: true },
    { $schema: 'https://json-schema.org/draft/2020-12/schema' },
    true,
  ),
  fc.constantFrom<any>(
    { type: 'object', required: ['a'] },
    { type: 'none' },
    { $ref: '#/nowhere' },
    { pattern: '(' },
    { $schema: 'a' },
    null,
    5,
    'a',
    [],
    false,
  ),
);
const fileOptions = { mode, checkSyntax: fc.boolean() };
// a schema is for data, and a text is seldom that
const options = optional(fileOptions);
const dataOptions = optional({ ...fileOptions, schema });
const key = mostly(fc.stringMatching(/^[a-z][a-z._-]{0,8}$/), text);
// not every format has nulls, lists or every character
const value = fc.oneof(
  shortName,
  fc.integer(),
  fc.boolean(),
  fc.oneof(text, fc.double(), fc.constant(null), fc.array(text)),
);
const data = fc.dictionary(fc.oneof({ weight: 3, arbitrary: shortName }, { weight: 1, arbitrary: text }), value, {
  maxKeys: 3,
});
const files = fc.array(fc.record({ key, path: filePath }), { minLength: 1, maxLength: 2 });
const FORMATS = ['yaml', 'json', 'toml', 'ini', 'properties', 'dotenv'] as const;

const EXAMPLES = join(__dirname, '..', '..', '..', 'examples');
/** A file or directory that is there, mostly. */
export const local = (...paths: string[]) =>
  mostly(fc.constantFrom(...paths), hostile).map(path => join(EXAMPLES, path));
const localFile = local(
  'configured-app/config/application.yaml',
  'static-site/conf.d/headers.inc',
  'static-site/site/assets/favicon.png',
);
const localOptions = { path: filePath, keepLineEndings: fc.boolean() };
const directory = local('configured-app/config', 'composed-app/config', 'static-site/site', 'static-site');
const directoryOptions = optional({
  ...fileOptions,
  ...localOptions,
  schema,
  includeHidden: fc.boolean(),
  exclude: fc.array(mostly(fc.constantFrom('**/*.ts', 'main.ts', 'site/**', '**/*.png'), text), { maxLength: 2 }),
});

/** A ConfigMap of the same chart, whoever else takes it; the chart's namespace may be none, which cdk8s would write. */
function mapIn(chart: Chart, of: string): IConfigMap {
  const id = `map ${of.replace(/\//g, ' ')}`;
  return (
    (chart.node.tryFindChild(id) as ConfigMap | undefined) ??
    new ConfigMap(chart, id, { metadata: { name: of, namespace: 'shop' }, data: { key: 'value' } })
  );
}

const known: fc.Arbitrary<ConfigSource> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(filePath, text, options).map(([path, content, more]) => ConfigSource.text(path, content, more)),
  },
  fc
    .tuple(fc.constantFrom(...FORMATS), filePath, data, dataOptions)
    .map(([format, path, values, more]) => ConfigSource[format](path, values, more)),
  fc
    .tuple(filePath, fc.dictionary(variable, plainText), options)
    .map(([path, values, more]) => ConfigSource.dotenv(path, values, more)),
  fc
    .tuple(
      filePath,
      mostly(
        fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes).toString('base64')),
        text,
      ),
      options,
    )
    .map(([path, bytes, more]) => ConfigSource.binary(path, bytes, more)),
  fc
    .tuple(localFile, optional({ ...fileOptions, ...localOptions, schema }))
    .map(([path, more]) => ConfigSource.fromFile(path, more)),
  fc.tuple(directory, directoryOptions).map(([path, more]) => ConfigSource.fromDirectory(path, more)),
  fc
    .tuple(secret, elsewhere, files)
    .map(([one, how, some]) => ConfigSource.fromSecret(one, { rollout: how, items: some })),
  fc
    .tuple(name, elsewhere, files)
    .map(([map, how, some]) => ConfigSource.fromConfigMapName(map, { rollout: how, items: some })),
  {
    weight: 1,
    arbitrary: fc.tuple(name, elsewhere).map(([map, how]) => ConfigSource.fromConfigMapName(map, { rollout: how })),
  },
);
const source: fc.Arbitrary<Made<ConfigSource>> = fc.oneof(
  { weight: 9, arbitrary: free(known) },
  {
    weight: 1,
    arbitrary: fc.tuple(name, elsewhere, optional({ items: files })).map(
      ([map, how, some]) =>
        (chart: Chart) =>
          ConfigSource.fromConfigMap(mapIn(chart, map), { rollout: how, ...some }),
    ),
  },
);

const places = {
  mountPath,
  mountStyle: fc.constantFrom(MountStyle.DIRECTORY, MountStyle.SUB_PATH),
  rollout,
  id: shortName,
};
const from = optional({
  variables: fc.dictionary(variable, key, { minKeys: 1, maxKeys: 2 }),
  prefix: variable,
  id: shortName,
});

const sources = mostly(fc.array(source, { minLength: 1, maxLength: 3 }), fc.constant<Made<ConfigSource>[]>([]));
export const configFiles: fc.Arbitrary<Made<ConfigFiles>> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(sources, optional(places)).map(
      ([some, more]) =>
        (chart: Chart) =>
          new ConfigFiles({ sources: some.map(make => make(chart)), ...more }),
    ),
  },
  {
    weight: 1,
    arbitrary: free(
      fc
        .tuple(directory, optional(places), directoryOptions)
        .map(([path, more, which]) => ConfigFiles.fromDirectory(path, { ...more, ...which })),
    ),
  },
);

export const config: fc.Arbitrary<Made<IPodExtension>> = fc.oneof(
  { weight: 2, arbitrary: configFiles },
  free(
    fc
      .tuple(
        mostly(fc.dictionary(variable, plainText, { minKeys: 1, maxKeys: 3 }), fc.constant({})),
        optional({ rollout, id: shortName }),
      )
      .map(([values, more]) => EnvironmentVariables.fromMap(values, more)),
  ),
  free(
    fc
      .tuple(secret, elsewhere, from)
      .map(([one, how, more]) => EnvironmentVariables.fromSecret(one, { rollout: how, ...more })),
  ),
  free(
    fc
      .tuple(name, elsewhere, from)
      .map(([map, how, more]) => EnvironmentVariables.fromConfigMapName(map, { rollout: how, ...more })),
  ),
  fc.tuple(name, elsewhere, from).map(
    ([map, how, more]) =>
      (chart: Chart) =>
        EnvironmentVariables.fromConfigMap(mapIn(chart, map), { rollout: how, ...more }),
  ),
);
