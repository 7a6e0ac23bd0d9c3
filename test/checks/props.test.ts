import { Testing } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import {
  AppWorkload,
  AppWorkloadProps,
  CaCertificate,
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  EnvironmentVariables,
  ExistingRollout,
  HealthCheck,
  PodEnvFrom,
  PodVolume,
  SecretSource,
} from '../../src';
import { checkArgument, checkProps, checkRequiredProps, OPTIONAL, PropTable, required } from '../../src/checks/props';

interface Sample {
  readonly name: string;
  readonly size?: number;
}

const SAMPLE: PropTable<Sample> = { name: required('"data"'), size: OPTIONAL };

/** What a user of plain JavaScript passes. */
const untyped = (value: unknown): any => value;

describe('checkProps', () => {
  test.each<[string, unknown, string]>([
    ['missing props', undefined, "[f] The props are missing. Pass an object with 'name'."],
    ['null', null, "[f] The props are missing. Pass an object with 'name'."],
    ['a string', 'data', "[f] The props are not an object. Pass an object with 'name'."],
    ['a list', ['data'], "[f] The props are not an object. Pass an object with 'name'."],
    ['a missing prop', {}, "[f] Required prop 'name' is missing. Set it, for example 'name: \"data\"'."],
    ['an undefined prop', { name: undefined }, "[f] Required prop 'name' is missing."],
    ['a misspelled prop', { name: 'a', sise: 1 }, "[f] Unknown prop 'sise'. Did you mean 'size'?"],
    ['an unrelated prop', { name: 'a', x: 1 }, "[f] Unknown prop 'x'. Remove it, or use one of 'name' and 'size'."],
  ])('refuses %s', (_, props, error) => {
    expect(() => checkProps('f', untyped(props), SAMPLE)).toThrow(error);
  });

  test('accepts unknown props that are undefined, as jsii passes them', () => {
    expect(() => checkProps('f', untyped({ name: 'a', other: undefined }), SAMPLE)).not.toThrow();
  });

  test('accepts members of classes that implement a struct', () => {
    class Named implements Sample {
      public readonly count = 0;
      public get name(): string {
        return `data-${this.count}`;
      }
    }
    expect(() => checkProps('f', new Named(), SAMPLE)).not.toThrow();
  });

  test('refuses a missing prop in a class that implements a struct', () => {
    expect(() => checkProps('f', untyped(new (class Empty {})()), SAMPLE)).toThrow("Required prop 'name' is missing.");
  });
});

describe('checkRequiredProps', () => {
  test('accepts the props of subclasses', () => {
    expect(() => checkRequiredProps('f', untyped({ name: 'a', other: 1 }), SAMPLE)).not.toThrow();
  });

  test('suggests the misspelled prop', () => {
    expect(() => checkRequiredProps('f', untyped({ nmae: 'a' }), SAMPLE)).toThrow(
      "[f] Required prop 'name' is missing. Rename 'nmae' to 'name'.",
    );
  });
});

test('checkArgument refuses undefined and null only', () => {
  const check = (value: unknown) => () => checkArgument('f', 'path', value, '"/data"');
  const error = "[f] Required argument 'path' is missing. Pass it, for example '\"/data\"'.";
  expect(check(undefined)).toThrow(error);
  expect(check(null)).toThrow(error);
  ['', 0, false].forEach(value => expect(check(value)).not.toThrow());
});

describe('constructs', () => {
  const chart = () => Testing.chart();
  const text = ConfigSource.text('a.conf', '');
  const config = new ConfigFiles({ sources: [text] });
  const image = 'acme/app:1.0.0';

  test.each<[string, () => unknown, string]>([
    [
      'AppWorkload without props',
      () => new AppWorkload(chart(), 'app', untyped(undefined)),
      '[test/app] The props are missing. Pass an object.',
    ],
    [
      'AppWorkload without an image',
      () => new AppWorkload(chart(), 'app', untyped({ port: 8080 })),
      "[test/app] Required prop 'image' is missing. Set it, for example 'image: \"ghcr.io/acme/api:1.4.2\"', or set " +
        "'like' to another app.",
    ],
    [
      'AppWorkload with a misspelled prop',
      () => new AppWorkload(chart(), 'app', untyped({ image, port: 8080, replica: 3 })),
      "[test/app] Unknown prop 'replica'. Did you mean 'replicas'?",
    ],
    [
      'ConfiguredApp without config',
      () => new ConfiguredApp(chart(), 'app', untyped({ image, port: 8080 })),
      "[test/app] Required prop 'config' is missing. Set it, for example 'config: new ConfigFiles(",
    ],
    [
      'ConfiguredApp with a misspelled prop',
      () => new ConfiguredApp(chart(), 'app', untyped({ image, port: 8080, config, healthcheck: HealthCheck.tcp() })),
      "[test/app] Unknown prop 'healthcheck'. Did you mean 'healthCheck'?",
    ],
    [
      'ConfiguredApp with a misspelled image',
      () => new ConfiguredApp(chart(), 'app', untyped({ imge: image, config })),
      "[test/app] Required prop 'image' is missing. Rename 'imge' to 'image'.",
    ],
    [
      'an extension that is undefined',
      () => new AppWorkload(chart(), 'app', { image, port: 8080 }).add(untyped(undefined)),
      "[test/app] The argument of 'add' is not an extension. Pass an IPodExtension, for example 'new " +
        "ConfigFiles({ ... })'.",
    ],
    [
      'ConfigFiles without sources',
      () => new ConfigFiles(untyped({ source: [text] })),
      "[ConfigFiles] Unknown prop 'source'. Did you mean 'sources'?",
    ],
    [
      'ConfigFiles with one source in place of a list',
      () => new ConfigFiles(untyped({ sources: text })),
      "[ConfigFiles] 'sources' is an object, but must be a list. Use a list, for example 'sources: [...]'.",
    ],
    [
      'ConfigFiles with a string as source',
      () => new ConfigFiles(untyped({ sources: [text, 'a.conf'] })),
      "[ConfigFiles] 'sources[1]' is a string, but must be a ConfigSource. Use the factories of 'ConfigSource'.",
    ],
    [
      'ConfigFiles.fromDirectory without a path',
      () => ConfigFiles.fromDirectory(untyped(undefined)),
      "[ConfigFiles.fromDirectory] Required argument 'localPath' is missing.",
    ],
    [
      'ConfigSource.text without content',
      () => ConfigSource.text('a.conf', untyped(undefined)),
      "[ConfigSource.text] Required argument 'content' is missing.",
    ],
    [
      'ConfigSource.fromFile with a misspelled option',
      () => ConfigSource.fromFile('a.conf', untyped({ keepLineEnding: true })),
      "[ConfigSource.fromFile] Unknown prop 'keepLineEnding'. Did you mean 'keepLineEndings'?",
    ],
    [
      'ConfigSource.fromSecret without options',
      () => ConfigSource.fromSecret(SecretSource.fromName('tls'), untyped(undefined)),
      "[ConfigSource.fromSecret] The props are missing. Pass an object with 'rollout'.",
    ],
    [
      'ConfigSource.fromSecret without a Secret',
      () => ConfigSource.fromSecret(untyped(undefined), { rollout: ExistingRollout.live() }),
      "[ConfigSource.fromSecret] Required argument 'secret' is missing. Pass it, for example " +
        '\'SecretSource.fromName("tls")\'.',
    ],
    [
      'EnvironmentVariables.fromMap without values',
      () => EnvironmentVariables.fromMap(untyped(undefined)),
      "[EnvironmentVariables.fromMap] Required argument 'values' is missing.",
    ],
    [
      'EnvironmentVariables.fromSecret without a rollout',
      () => EnvironmentVariables.fromSecret(SecretSource.fromName('api'), untyped({})),
      "[EnvironmentVariables.fromSecret] Required prop 'rollout' is missing. Set it, for example 'rollout: " +
        "ExistingRollout.reloader()'.",
    ],
    [
      'EnvironmentVariables.fromConfigMap without a ConfigMap',
      () => EnvironmentVariables.fromConfigMap(untyped(undefined), { rollout: ExistingRollout.reloader() }),
      "[EnvironmentVariables.fromConfigMap] Required argument 'configMap' is missing.",
    ],
    [
      'HealthCheck.http with the path in the options',
      () => HealthCheck.http(untyped(undefined), untyped({ path: '/ready' })),
      "[HealthCheck.http] Required argument 'path' is missing. Pass it, for example '\"/ready\"'.",
    ],
    [
      'HealthCheck.tcp with a misspelled option',
      () => HealthCheck.tcp(untyped({ periods: 3 })),
      "[HealthCheck.tcp] Unknown prop 'periods'. Did you mean 'period'?",
    ],
    [
      'HealthCheck.command without a command',
      () => HealthCheck.command(untyped(undefined)),
      "[HealthCheck.command] Required argument 'command' is missing.",
    ],
    [
      'PodVolume.emptyDir without a size',
      () => PodVolume.emptyDir('cache', untyped({})),
      "[PodVolume.emptyDir] Required prop 'sizeLimit' is missing. Set it, for example 'sizeLimit: Size.mebibytes(64)'.",
    ],
    [
      'PodVolume.fromClaimName without a name',
      () => PodVolume.fromClaimName(untyped(undefined)),
      "[PodVolume.fromClaimName] Required argument 'claimName' is missing.",
    ],
    [
      'PodVolume.fromSource without a source',
      () => PodVolume.fromSource('data', untyped(undefined)),
      "[PodVolume.fromSource] Required argument 'source' is missing.",
    ],
    [
      'PodEnvFrom.fromSecret without a Secret',
      () => PodEnvFrom.fromSecret(untyped(undefined)),
      "[PodEnvFrom.fromSecret] Required argument 'secret' is missing.",
    ],
    [
      'CaCertificate.fromConfigMapName with a misspelled option',
      () => CaCertificate.fromConfigMapName('ca', untyped({ keys: 'ca.pem' })),
      "[CaCertificate.fromConfigMapName] Unknown prop 'keys'. Did you mean 'key'?",
    ],
    [
      'a variable that is a string',
      () => new AppWorkload(chart(), 'app', untyped({ image, port: 8080, env: { LEVEL: 'info' } })),
      "[test/app] 'env.LEVEL' is a string, but must be an EnvValue. Use 'EnvValue.fromValue(...)' of cdk8s-plus-28, " +
        "or 'EnvValues.fromStrings({ ... })' for several strings.",
    ],
    [
      'a writable directory that is a string',
      () => new AppWorkload(chart(), 'app', untyped({ image, port: 8080, writableDirectories: ['/cache'] })),
      "[test/app] 'writableDirectories[0]' is a string, but must be an object.",
    ],
  ])('refuse %s', (_, define, error) => {
    expect(define).toThrow(error);
  });

  test('accept the props of their subclasses', () => {
    interface ShopProps extends AppWorkloadProps {
      readonly owner: string;
    }
    class Shop extends AppWorkload {
      constructor(scope: ReturnType<typeof chart>, { owner, ...props }: ShopProps) {
        super(scope, 'shop', { ...props, owner, env: { OWNER: EnvValue.fromValue(owner) } } as ShopProps);
      }
    }
    expect(() => new Shop(chart(), { image, port: 8080, owner: 'sales' })).not.toThrow();
  });
});
