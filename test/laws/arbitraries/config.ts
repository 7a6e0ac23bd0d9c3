import * as fc from 'fast-check';
import { filePath, mostly, mountPath, name, optional, secret, text, variable } from './values';
import { ConfigFiles, ConfigPlacement, ConfigRollout, ConfigSource, ConfigVariables, ICapability } from '../../../src';

const rollout = fc.constantFrom(
  ConfigRollout.immutable(), ConfigRollout.checksum(), ConfigRollout.live(), ConfigRollout.reloader(), ConfigRollout.none('said so here'),
);
const mode = mostly(fc.constantFrom(0o444, 0o555, 0), fc.constantFrom(-1, 0o1000));
const source = fc.oneof(
  fc.tuple(filePath, text, optional({ mode })).map(([path, content, options]) => ConfigSource.text(path, content, options)),
  fc.tuple(filePath, fc.dictionary(text, text)).map(([path, data]) => ConfigSource.yaml(path, data)),
  fc.tuple(filePath, fc.uint8Array({ maxLength: 20 })).map(([path, bytes]) => ConfigSource.binary(path, Buffer.from(bytes).toString('base64'))),
  fc.tuple(secret, rollout, fc.dictionary(filePath, name, { maxKeys: 2 }))
    .map(([from, how, files]) => ConfigSource.secret(from, { rollout: how, files })),
  fc.tuple(name, rollout).map(([map, how]) => ConfigSource.configMapName(map, { rollout: how })),
);

export const config: fc.Arbitrary<ICapability> = fc.oneof(
  fc.tuple(
    fc.array(source, { maxLength: 3 }),
    optional({ mountPath, placement: fc.constantFrom(ConfigPlacement.DIRECTORY, ConfigPlacement.FILES), rollout, id: name }),
  ).map(([sources, options]) => new ConfigFiles({ sources, ...options })),
  fc.tuple(fc.dictionary(variable, text, { maxKeys: 3 }), optional({ rollout, id: name }))
    .map(([values, options]) => ConfigVariables.fromMap(values, options)),
  fc.tuple(secret, rollout, fc.dictionary(variable, name, { maxKeys: 2 }))
    .map(([from, how, variables]) => ConfigVariables.fromSecret(from, { rollout: how, variables })),
);
