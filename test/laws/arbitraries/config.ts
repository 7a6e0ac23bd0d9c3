import * as fc from 'fast-check';
import { filePath, mostly, mountPath, name, optional, plainText, secret, shortName, text, variable } from './values';
import { ConfigFiles, ConfigPlacement, ConfigRollout, ConfigSource, ConfigVariables, ICapability } from '../../../src';

const owned = fc.constantFrom(ConfigRollout.immutable(), ConfigRollout.checksum(), ConfigRollout.reloader(), ConfigRollout.none('said so here'));
const rollout = mostly(owned, fc.constant(ConfigRollout.live()));
const elsewhere = mostly(fc.constantFrom(ConfigRollout.reloader(), ConfigRollout.none('said so here')), rollout);
const mode = mostly(fc.constantFrom(0o444, 0o555, 0, 0o777), fc.constantFrom(-1, 0o1000, 0.5));
const options = optional({ mode, checkSyntax: fc.constant(false) });
const key = mostly(fc.stringMatching(/^[a-z][a-z._-]{0,8}$/), text);
const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.double(), fc.constant(null), fc.array(text));
const data = fc.dictionary(fc.oneof(shortName, text), value, { maxKeys: 3 });
const files = fc.dictionary(filePath, key, { minKeys: 1, maxKeys: 2 });
const FORMATS = ['yaml', 'json', 'toml', 'ini', 'properties', 'dotenv'] as const;

const source = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(filePath, text, options).map(([path, content, more]) => ConfigSource.text(path, content, more)) },
  fc.tuple(fc.constantFrom(...FORMATS), filePath, data, options).map(([format, path, values, more]) => ConfigSource[format](path, values, more)),
  fc.tuple(filePath, fc.dictionary(variable, plainText), options).map(([path, values, more]) => ConfigSource.dotenv(path, values, more)),
  fc.tuple(filePath, fc.uint8Array({ maxLength: 20 })).map(([path, bytes]) => ConfigSource.binary(path, Buffer.from(bytes).toString('base64'))),
  fc.tuple(secret, elsewhere, files).map(([one, how, some]) => ConfigSource.secret(one, { rollout: how, files: some })),
  fc.tuple(name, elsewhere, files).map(([map, how, some]) => ConfigSource.configMapName(map, { rollout: how, files: some })),
  { weight: 1, arbitrary: fc.tuple(name, elsewhere).map(([map, how]) => ConfigSource.configMapName(map, { rollout: how })) },
);

const places = { mountPath, placement: fc.constantFrom(ConfigPlacement.DIRECTORY, ConfigPlacement.FILES), rollout, id: shortName };
const from = optional({ variables: fc.dictionary(variable, key, { minKeys: 1, maxKeys: 2 }), prefix: variable, id: shortName });

const sources = mostly(fc.array(source, { minLength: 1, maxLength: 3 }), fc.constant<ConfigSource[]>([]));
export const configFiles: fc.Arbitrary<ConfigFiles> = fc.tuple(sources, optional(places))
  .map(([some, more]) => new ConfigFiles({ sources: some, ...more }));

export const config: fc.Arbitrary<ICapability> = fc.oneof(
  { weight: 2, arbitrary: configFiles },
  fc.tuple(mostly(fc.dictionary(variable, plainText, { minKeys: 1, maxKeys: 3 }), fc.constant({})), optional({ rollout, id: shortName }))
    .map(([values, more]) => ConfigVariables.fromMap(values, more)),
  fc.tuple(secret, elsewhere, from).map(([one, how, more]) => ConfigVariables.fromSecret(one, { rollout: how, ...more })),
  fc.tuple(name, elsewhere, from).map(([map, how, more]) => ConfigVariables.fromConfigMapName(map, { rollout: how, ...more })),
);
