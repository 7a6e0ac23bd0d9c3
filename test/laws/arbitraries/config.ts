import { join } from 'path';
import { Chart } from 'cdk8s';
import { ConfigMap, IConfigMap } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import {
  filePath,
  hostile,
  Make,
  mostly,
  mountPath,
  name,
  optional,
  plainText,
  secret,
  shortName,
  text,
  variable,
  withoutChart,
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

const rollouts = fc.constantFrom(
  ConfigRollout.immutable(),
  ConfigRollout.checksum(),
  ConfigRollout.reloader(),
  ConfigRollout.none('because of this test'),
);
const rollout = mostly(rollouts, fc.constant(ConfigRollout.live()));
const existingRollout = fc.constantFrom(
  ExistingRollout.reloader(),
  ExistingRollout.live(),
  ExistingRollout.none('because of this test'),
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
// a schema is for structured data, so strings have none
const options = optional(fileOptions);
const dataOptions = optional({ ...fileOptions, schema });
const key = mostly(fc.stringMatching(/^[a-z][a-z._-]{0,8}$/), text);
// some formats have no null, no lists, or not every character
const value = fc.oneof(
  shortName,
  fc.integer(),
  fc.boolean(),
  fc.oneof(text, fc.double(), fc.constant(null), fc.array(text)),
);
const data = fc.dictionary(fc.oneof({ weight: 3, arbitrary: shortName }, { weight: 1, arbitrary: text }), value, {
  maxKeys: 3,
});
const keyItems = fc.array(fc.record({ key, path: filePath }), { minLength: 1, maxLength: 2 });
const FORMATS = ['yaml', 'json', 'toml', 'ini', 'properties', 'dotenv'] as const;

const EXAMPLES = join(__dirname, '..', '..', '..', 'examples');
/** A file or directory of the examples, which mostly exists. */
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

/**
 * A ConfigMap of the chart with these keys, created once. Its namespace is fixed, because that of the chart can be
 * invalid.
 */
function mapIn(chart: Chart, mapName: string, keys: readonly string[]): IConfigMap {
  const id = `map ${mapName.replace(/\//g, ' ')}`;
  const map =
    (chart.node.tryFindChild(id) as ConfigMap | undefined) ??
    new ConfigMap(chart, id, { metadata: { name: mapName, namespace: 'shop' }, data: { key: 'value' } });
  [...new Set(keys)].filter(item => !Object.hasOwn(map.data, item)).forEach(item => map.addData(item, 'value'));
  return map;
}

const sourceWithoutChart: fc.Arbitrary<ConfigSource> = fc.oneof(
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
    .tuple(secret, existingRollout, keyItems)
    .map(([secretSource, how, items]) => ConfigSource.fromSecret(secretSource, { rollout: how, items })),
  fc
    .tuple(name, existingRollout, keyItems)
    .map(([map, how, items]) => ConfigSource.fromConfigMapName(map, { rollout: how, items })),
  {
    weight: 1,
    arbitrary: fc
      .tuple(name, existingRollout)
      .map(([map, how]) => ConfigSource.fromConfigMapName(map, { rollout: how })),
  },
);
const source: fc.Arbitrary<Make<ConfigSource>> = fc.oneof(
  { weight: 9, arbitrary: withoutChart(sourceWithoutChart) },
  {
    weight: 1,
    arbitrary: fc.tuple(name, existingRollout, optional({ items: keyItems })).map(
      ([map, how, items]) =>
        (chart: Chart) =>
          ConfigSource.fromConfigMap(
            mapIn(
              chart,
              map,
              (items.items ?? []).map(({ key: itemKey }) => itemKey),
            ),
            { rollout: how, ...items },
          ),
    ),
  },
);

const mountOptions = {
  mountPath,
  mountStyle: fc.constantFrom(MountStyle.DIRECTORY, MountStyle.SUB_PATH),
  rollout,
  id: shortName,
};
const fromOptions = optional({
  variables: fc.dictionary(variable, key, { minKeys: 1, maxKeys: 2 }),
  prefix: variable,
  id: shortName,
});

const sources = mostly(fc.array(source, { minLength: 1, maxLength: 3 }), fc.constant<Make<ConfigSource>[]>([]));
export const configFiles: fc.Arbitrary<Make<ConfigFiles>> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(sources, optional(mountOptions)).map(
      ([makers, more]) =>
        (chart: Chart) =>
          new ConfigFiles({ sources: makers.map(make => make(chart)), ...more }),
    ),
  },
  {
    weight: 1,
    arbitrary: withoutChart(
      fc
        .tuple(directory, optional(mountOptions), directoryOptions)
        .map(([path, mounted, files]) => ConfigFiles.fromDirectory(path, { ...mounted, ...files })),
    ),
  },
);

export const config: fc.Arbitrary<Make<IPodExtension>> = fc.oneof(
  { weight: 2, arbitrary: configFiles },
  withoutChart(
    fc
      .tuple(
        mostly(fc.dictionary(variable, plainText, { minKeys: 1, maxKeys: 3 }), fc.constant({})),
        optional({ rollout, id: shortName }),
      )
      .map(([values, more]) => EnvironmentVariables.fromMap(values, more)),
  ),
  withoutChart(
    fc
      .tuple(secret, existingRollout, fromOptions)
      .map(([secretSource, how, more]) => EnvironmentVariables.fromSecret(secretSource, { rollout: how, ...more })),
  ),
  withoutChart(
    fc
      .tuple(name, existingRollout, fromOptions)
      .map(([map, how, more]) => EnvironmentVariables.fromConfigMapName(map, { rollout: how, ...more })),
  ),
  fc.tuple(name, existingRollout, fromOptions).map(
    ([map, how, more]) =>
      (chart: Chart) =>
        EnvironmentVariables.fromConfigMap(mapIn(chart, map, Object.values(more.variables ?? {})), {
          rollout: how,
          ...more,
        }),
  ),
);
