import { ApiObject, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { comparable, harmless } from './prototype-names';
import {
  AppWorkloadProps,
  ConfigFiles,
  ConfigRollout,
  ConfigSource,
  DatabaseBinding,
  DatabaseEngine,
  EnvironmentVariables,
  ExistingRollout,
  HealthCheck,
  InitScripts,
  LogAuth,
  LogCollector,
  LogFormat,
  LogRotation,
  LogSink,
  PodAdditions,
  PodExtensions,
  PodVolume,
  SecretSource,
  VariablesBindingOptions,
} from '../../src';
import { backup } from '../database/backup/fixtures';
import { CUSTOM_SPEC, database, MONGODB, objectsOf } from '../database/fixtures';
import { logged } from '../logging/fixtures';
import { synth, workload } from '../synth';

const nfs = (more: object) => PodVolume.nfs('data', { server: 'nfs', path: '/', ...more });
const secret = SecretSource.fromName('sink');
const extended = (additions: PodAdditions) =>
  synth(chart => workload(chart).add({ id: 'extension', bind: () => additions }));
const app = (props: Partial<AppWorkloadProps>) => synth(chart => workload(chart, props));
const sidecar = { name: 'a', image: 'acme/a:1.0.0', resources: { memory: { limit: Size.mebibytes(64) } } };
const files = (...sources: ConfigSource[]) =>
  synth(chart => workload(chart).add(new ConfigFiles({ sources, rollout: ConfigRollout.immutable() })));
const bound = (binding: VariablesBindingOptions) =>
  synth(chart =>
    workload(chart).add(database(chart).client({ id: 'db', binding: DatabaseBinding.variables(binding) })),
  );

/** Programs with a name as the key of a record, or as a string that names something. */
const PROGRAMS: Readonly<Record<string, (name: string) => any[]>> = {
  'an unknown prop': name => app({ [name]: 'a' }),
  'an unknown prop of a volume': name => extended({ mounts: [{ path: '/a', volume: nfs({ [name]: 'a' }) }] }),
  'a label of the pods': name => app({ podLabels: { [name]: 'a' } }),
  'an annotation of the pods': name => app({ podAnnotations: { [name]: 'a' } }),
  'a label of an object': name => app({ metadata: { labels: { [name]: 'a' } } }),
  'an annotation of an object': name => app({ metadata: { annotations: { [name]: 'a' } } }),
  'a label of the Service': name => app({ service: { labels: { [name]: 'a' } } }),
  'a node selector': name => app({ scheduling: { nodeSelector: { [name]: 'a' } } }),
  'an option of DNS': name => app({ dns: { options: { [name]: 'a' } } }),
  'an extended resource': name => app({ extendedResources: { [`example.com/${name}`]: 1 } }),
  'a toleration': name => app({ scheduling: { tolerations: [{ key: name }] } }),
  'a header of a probe': name => app({ healthCheck: HealthCheck.http('/', { headers: { [name]: 'a' } }) }),
  'the name of the port': name => app({ portName: name }),
  'an additional port': name =>
    app({
      port: undefined,
      ports: [
        { name: 'http', port: 8080 },
        { name, port: 9000 },
      ],
    }),
  'the port of a probe': name =>
    app({
      port: undefined,
      ports: [
        { name: 'http', port: 8080 },
        { name, port: 9000 },
      ],
      healthCheck: HealthCheck.http('/', { portName: name }),
    }),
  'the port of a probe that is missing': name => app({ healthCheck: HealthCheck.http('/', { portName: name }) }),
  'a variable of the app': name => app({ env: { [name]: EnvValue.fromValue('a') } }),
  'a variable of an extension': name => extended({ env: { [name]: EnvValue.fromValue('a') } }),
  'a variable of a sidecar': name => extended({ sidecars: [{ ...sidecar, env: { [name]: EnvValue.fromValue('a') } }] }),
  'a variable in an argument': name => app({ args: [`$(${name})`] }),
  'a port of a sidecar': name => extended({ sidecars: [{ ...sidecar, ports: { [name]: 9000 } }] }),
  'a port of one of two sidecars': name =>
    extended({
      sidecars: [
        { ...sidecar, ports: { [name]: 9000 } },
        { ...sidecar, name: 'b', ports: { b: 9001 } },
      ],
    }),
  'an annotation of an extension': name => extended({ podAnnotations: { [name]: 'a' } }),
  'an annotation of an extended Deployment': name =>
    synth(chart => {
      const deployment = new ApiObject(chart, 'Deployment', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        spec: {
          template: { metadata: { annotations: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
        },
      });
      PodExtensions.of(deployment).add({ id: 'extension', bind: () => ({ podAnnotations: { [name]: 'a' } }) });
    }),
  'an attribute of a CSI volume': name =>
    extended({
      mounts: [
        {
          path: '/data',
          volume: PodVolume.csi('data', { driver: 'secrets-store.csi.k8s.io', attributes: { [name]: 'a' } }),
        },
      ],
    }),
  'a file of a downward API volume': name =>
    extended({ mounts: [{ path: '/data', volume: PodVolume.downwardApi('data', { [name]: 'metadata.name' }) }] }),
  'a file': name => files(ConfigSource.text(name, 'a')),
  'a key of YAML': name => files(ConfigSource.yaml('a.yaml', { [name]: { [name]: 'a' } })),
  'a key of JSON': name => files(ConfigSource.json('a.json', { [name]: { [name]: 'a' } })),
  'a key of TOML': name => files(ConfigSource.toml('a.toml', { [name]: { [name]: 'a' } })),
  'a key of INI': name => files(ConfigSource.ini('a.ini', { [name]: { [name]: 'a' } })),
  'a property': name => files(ConfigSource.properties('a.properties', { [name]: { [name]: 'a' } })),
  'a variable of dotenv': name => files(ConfigSource.dotenv('a.env', { [name]: 'a' })),
  'a key of a ConfigMap': name => synth(chart => workload(chart).add(EnvironmentVariables.fromMap({ [name]: 'a' }))),
  'a key of a Secret': name =>
    synth(chart =>
      workload(chart).add(
        EnvironmentVariables.fromSecret(secret, { variables: { [name]: name }, rollout: ExistingRollout.reloader() }),
      ),
    ),
  'a setting of PostgreSQL': name => objectsOf({ settings: { [name]: 'a' } }),
  'a setting of MongoDB': name => objectsOf({ engine: MONGODB, settings: { [`a.${name}.b`]: 'a' } }),
  'the type of a custom engine': name => objectsOf({ engine: DatabaseEngine.custom({ ...CUSTOM_SPEC, type: name }) }),
  'the type of an engine that is backed up': name =>
    synth(chart => backup(chart, {}, { engine: DatabaseEngine.custom({ ...CUSTOM_SPEC, type: name }) })),
  'an initialization script': name =>
    objectsOf({ initScripts: InitScripts.fromInline({ [`${name}.sql`]: 'SELECT 1;' }) }),
  'the variable of a host': name => bound({ host: name }),
  'the variable of a database': name => bound({ database: name, prefix: 'DB' }),
  'the variable of a password': name => bound({ password: name }),
  'a label of a stream': name =>
    logged({
      sinks: [
        LogSink.loki({
          url: 'https://loki.example.com',
          auth: LogAuth.none('inside of the mesh'),
          labels: { [name]: 'a' },
        }),
      ],
    }),
  'a template of a rotated file': name =>
    logged({ rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(1), maxFiles: 2, rotatedName: `{${name}}` }) }),
  'a class of characters': name =>
    logged({ format: LogFormat.regex(`^(?<a>[[:${name}:]]+)$`), collector: LogCollector.openTelemetry() }),
  'the id of an extension': name => synth(chart => workload(chart).add({ id: name, bind: () => ({}) })),
};

/** The results for keys that cdk8s, a format or this library reserves. */
const RESERVED = [
  /^refused: \[[^\]]*\] Invalid key '(?:__proto__|constructor)'/,
  /^refused: \[[^\]]*\] Volume 'data' has the key '(?:__proto__|constructor)', which cdk8s does not write/,
  // a file or variable has another key in the ConfigMap
  /"key":"_*(?:proto|constructor)_*-[0-9a-f]{10}"/,
  /^refused: \[[^\]]*\] Invalid setting name /,
  /^refused: \[[^\]]*\] The 'id' 'constructor' of an extension is reserved/,
  /^refused: \[[^\]]*\] The data of 'a\.(?:ini|env)' cannot be written as /,
];

/** Programs that are refused with any such name. */
const REFUSED = [
  'an unknown prop',
  'an unknown prop of a volume',
  'the port of a probe that is missing',
  'a template of a rotated file',
  'a class of characters',
  'the type of an engine that is backed up',
];

/** A DNS label, the name that sets the prototype, and a name in camel case. */
const NAMES = ['constructor', '__proto__', 'toString'];

/** Returns the objects or the error of a program. */
function resultOf(define: () => any[]): string {
  try {
    return JSON.stringify(define());
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
}

test.each(Object.keys(PROGRAMS))('treats a name of any object like another name: %s', subject => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  const different = NAMES.flatMap(name => {
    const result = resultOf(() => PROGRAMS[subject](name));
    const expected = resultOf(() => PROGRAMS[subject](harmless(name)));
    const isReserved = RESERVED.some(pattern => pattern.test(result));
    return isReserved || comparable(name, result) === comparable(name, expected) ? [] : [{ name, result, expected }];
  });
  const accepted = resultOf(() => PROGRAMS[subject]('acme'));
  jest.restoreAllMocks();
  expect(different).toEqual([]);
  expect(accepted).toMatch(REFUSED.includes(subject) ? /^refused: / : /^\[\{/);
});
