import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import {
  AppWorkload,
  AppWorkloadProps,
  ConfigFiles,
  ConfigSource,
  ConfiguredApp,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  EnvironmentVariables,
  HealthCheck,
  IPodExtension,
  MysqlVersion,
  PostgresVersion,
  RedisVersion,
  StatefulDatabase,
} from '../../src';

const MEMORY = { memory: { limit: Size.mebibytes(256) } };
const APP = { image: 'x/y:1', port: 8080, resources: MEMORY };
const SECRET = 'hunter2';

type Program = (chart: Chart) => void;

/** A program with one app, as the props that a user of plain JavaScript could pass. */
const app =
  (props: object, ...extensions: IPodExtension[]): Program =>
  chart => {
    const workload = new AppWorkload(chart, 'a', { ...APP, ...props } as AppWorkloadProps);
    extensions.forEach(extension => workload.add(extension));
  };
const files = (...sources: ConfigSource[]) => new ConfigFiles({ sources });
const patched =
  (...patches: JsonPatch[]): Program =>
  chart =>
    ApiObject.of(new AppWorkload(chart, 'a', APP)).addJsonPatch(...patches);
const database =
  (engine: DatabaseEngine, storage = 5, memory = 1): Program =>
  chart => {
    new StatefulDatabase(chart, 'db', {
      engine,
      storage: DatabaseStorage.provisioned(Size.gibibytes(storage)),
      memory: Size.gibibytes(memory),
      credentials: DatabaseCredentials.fromGeneratedSecret(),
    });
  };

/** Synthesizes a program in a namespace. */
function synth(program: Program): string {
  const root = new App();
  program(new Chart(root, 'c', { namespace: 'c', disableResourceNameHashes: true }));
  return root.synthYaml();
}

/** The error of the synthesis, without the heading that cdk8s prints above errors that it collects. */
function errorOf(program: Program): string | undefined {
  try {
    synth(program);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Validation failed with the following errors:\n {2}/, '');
  }
}

const IN_SECRET =
  "Keep it in a Secret and read it with 'ConfigSource.fromSecret' or 'EnvironmentVariables.fromSecret', or waive the " +
  "rule with 'Waiver.noCredentialInConfigMap(reason)'.";
const FULL_TAG =
  'does not name the patch release and the base of the image. Such a tag moves, and a new release could fail to read ' +
  "the data. Use a full tag, for example '17.11-trixie', or set 'image' to an image that is built on the official one.";

const REFUSED: [string, Program, string][] = [
  [
    'a string as a variable',
    app({ env: { LOG_LEVEL: 'info' } }),
    "[c/a] 'env.LOG_LEVEL' is a string, but must be an EnvValue. Use 'EnvValue.fromValue(...)' of cdk8s-plus-28, or " +
      "'EnvValues.fromStrings({ ... })' for several strings.",
  ],
  [
    'a string as an amount of memory',
    app({ resources: { memory: '512Mi' } }),
    "[c/a] 'resources.memory' of container 'app' is '512Mi', which has no request or limit. Set a limit, for example " +
      "'memory: { limit: Size.mebibytes(512) }'.",
  ],
  [
    'two workloads with one name',
    chart => {
      new AppWorkload(chart, 'a', { ...APP, metadata: { name: 'n' } });
      new AppWorkload(chart, 'b', { ...APP, metadata: { name: 'n' } });
    },
    "[c] 'c/a' and 'c/b' both define the Deployment 'n' in namespace 'c', so one replaces the other. Set another " +
      "'metadata.name' or 'metadata.namespace' for one, or use a separate App for each cluster.",
  ],
  [
    'an image without a tag',
    app({ image: 'nginx' }),
    "[c/a] Image 'nginx' has no tag or digest. Use the tag of one release, such as 'nginx:1.4.2', or a digest.",
  ],
  [
    'root',
    app({ runAsUser: 0 }),
    "[c/a] 'runAsUser' is 0, which is root. Use another number, or waive the rule with 'Waiver.runAsNonRoot(reason)'.",
  ],
  [
    'a variable that is set twice',
    app({ env: { A: EnvValue.fromValue('1') } }, EnvironmentVariables.fromMap({ A: '2' })),
    "[c/a] Duplicate variable 'A' from extension 'variables' and the app. Use another name for one of them.",
  ],
  [
    'a directory that does not exist',
    chart => new ConfiguredApp(chart, 'a', { ...APP, config: ConfigFiles.fromDirectory('nope') }),
    `[c/a/app-config] The directory 'nope' does not exist. Use a path relative to the working directory ` +
      `'${process.cwd()}'.`,
  ],
  [
    'a credential in a variable of a ConfigMap',
    app({}, EnvironmentVariables.fromMap({ DB_PASSWORD: SECRET })),
    `[c/a/variables] 'DB_PASSWORD' looks like a credential, but ConfigMaps are not secret. ${IN_SECRET}`,
  ],
  [
    'a password in a URL of a ConfigMap',
    app({}, EnvironmentVariables.fromMap({ DATABASE_URL: `postgres://app:${SECRET}@db/app` })),
    "[c/a/variables] 'DATABASE_URL' contains a password in a URL on line 1, but ConfigMaps are not secret. " +
      IN_SECRET,
  ],
  [
    'a credential in a file of settings',
    app({}, files(ConfigSource.yaml('a.yaml', { password: SECRET, db: { user: 'x' } }))),
    "[c/a/app-config] 'a.yaml' contains the credential 'password' on line 3, but ConfigMaps are not secret. " +
      IN_SECRET,
  ],
  [
    'a credential in a variable',
    app({ env: { DB_PASSWORD: EnvValue.fromValue(SECRET) } }),
    "[c/a] Variable 'DB_PASSWORD' of container 'app' looks like a credential. A prop or an extension sets " +
      "'/spec/template/spec/containers/0/env/0/value' of Deployment 'c-a'. Set it with 'EnvValue.fromSecretValue', " +
      "or mount it with 'ConfigSource.fromSecret'. Or waive the rule with 'Waiver.of('no-credential-in-env', reason)'.",
  ],
  [
    'a key of a cloud in a variable of a ConfigMap',
    app({}, EnvironmentVariables.fromMap({ AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' })),
    `[c/a/variables] 'AWS_SECRET_ACCESS_KEY' looks like a credential, but ConfigMaps are not secret. ${IN_SECRET}`,
  ],
  [
    'configuration in the place of the files of a service',
    app({}, new ConfigFiles({ mountPath: '/srv', sources: [ConfigSource.text('a', 'x')] })),
    "[c/a] Volume 'srv' is mounted at '/srv', which hides the files of the image in that directory. Use a directory " +
      "below it, such as '/srv/config', use 'MountStyle.SUB_PATH' for single files, or waive the rule with " +
      "'Waiver.mountHidesImageFiles(reason)'.",
  ],
  [
    'configuration that hides files of the image',
    app({}, new ConfigFiles({ mountPath: '/etc', sources: [ConfigSource.text('a', 'x')] })),
    "[c/a] Volume 'etc' is mounted at '/etc', which hides the files of the image in that directory. Use a directory " +
      "below it, such as '/etc/config', use 'MountStyle.SUB_PATH' for single files, or waive the rule with " +
      "'Waiver.mountHidesImageFiles(reason)'.",
  ],
  [
    'a worker without a health check',
    app({ port: undefined }),
    "[c/a] The workload has neither 'port' nor 'healthCheck', so Kubernetes cannot detect an app that hangs. Set " +
      "'healthCheck: HealthCheck.command([...])', or waive the rule with 'Waiver.healthCheck(reason)'.",
  ],
  [
    'a health check of a relative path',
    app({ healthCheck: HealthCheck.http('ready') }),
    "[c/a] 'path' of the health check is 'ready'. Start it with '/'.",
  ],
  [
    'a liveness check of a relative path',
    app({ healthCheck: HealthCheck.http('/ready', { livenessPath: 'live' }) }),
    "[c/a] 'livenessPath' of the health check is 'live'. Start it with '/'.",
  ],
  [
    'a JSON patch that permits root',
    patched(JsonPatch.replace('/spec/template/spec/securityContext/runAsNonRoot', false)),
    "[c/a] Container 'app' sets 'runAsNonRoot: false', so the kubelet would start it as root. A JSON patch or an " +
      "extension sets '/spec/template/spec/securityContext/runAsNonRoot' of Deployment 'c-a' to false. Set " +
      "'runAsNonRoot: true' and a numeric 'runAsUser' and 'runAsGroup' in the 'securityContext' of the pod. Or waive " +
      "the rule with 'Waiver.runAsNonRoot(reason)'.",
  ],
  [
    'a JSON patch below a missing field',
    patched(JsonPatch.add('/spec/strategy/rollingUpdates/maxSurge', 2)),
    "[c/a/Resource] The JSON patch 'add /spec/strategy/rollingUpdates/maxSurge' does not apply: '/spec/strategy' has " +
      "no 'rollingUpdates', only 'rollingUpdate' and 'type'. Correct the path, or first add the part that is missing " +
      "with 'JsonPatch.add'.",
  ],
  [
    'a JSON patch below a misspelled field',
    patched(JsonPatch.add('/spec/template/spec/containers/0/livenesProbe/periodSeconds', 5)),
    "[c/a/Resource] The JSON patch 'add /spec/template/spec/containers/0/livenesProbe/periodSeconds' does not apply: " +
      "'/spec/template/spec/containers/0' has no 'livenesProbe', only 'image', 'imagePullPolicy', 'lifecycle', " +
      "'livenessProbe', 'name', 'ports', 'readinessProbe', 'resources', 'securityContext', 'startupProbe' and " +
      "'volumeMounts'. Did you mean 'livenessProbe'? Correct the path, or first add the part that is missing with " +
      "'JsonPatch.add'.",
  ],
  [
    'a JSON patch that replaces a field that is not there',
    patched(JsonPatch.replace('/spec/strategy/typ', 'Recreate')),
    "[c/a/Resource] The JSON patch 'replace /spec/strategy/typ' does not apply: '/spec/strategy' has no 'typ', only " +
      "'rollingUpdate' and 'type'. Correct the path, or use 'JsonPatch.add', which also sets a value that is not " +
      'there.',
  ],
  [
    'a JSON patch of a misspelled field',
    patched(JsonPatch.add('/spec/template/spec/nodeselector', { a: 'y' })),
    "[c/a] '/spec/template/spec/nodeselector' of Deployment c/c-a is not a field of Kubernetes. Did you mean " +
      "'nodeSelector'?",
  ],
  [
    'a JSON patch of a field to a value of another type',
    patched(JsonPatch.replace('/spec/replicas', 'three')),
    "[c/a] '/spec/replicas' of Deployment c/c-a is a string, but must be a whole number. Use a whole number, such as " +
      '3.',
  ],
  [
    'a JSON patch that uses the network of the node',
    patched(JsonPatch.add('/spec/template/spec/hostNetwork', true)),
    "[c/a] The pod uses the network of its node. A JSON patch or an extension sets '/spec/template/spec/hostNetwork' " +
      "of Deployment 'c-a' to true. Remove 'hostNetwork', 'hostPID', 'hostIPC', 'hostProcess' and 'hostPort', and " +
      "expose ports with a Service. Or waive the rule with 'Waiver.of('no-host-access', reason)'.",
  ],
  [
    'a JSON patch that removes a field that is not there',
    patched(JsonPatch.remove('/spec/template/spec/nodeSelector')),
    "[c/a/Resource] The JSON patch 'remove /spec/template/spec/nodeSelector' does not apply: '/spec/template/spec' " +
      "has no 'nodeSelector', only 'affinity', 'automountServiceAccountToken', 'containers', 'enableServiceLinks', " +
      "'securityContext', 'serviceAccountName', 'terminationGracePeriodSeconds', 'topologySpreadConstraints' and " +
      "'volumes'. Correct the path, or first add the part that is missing with 'JsonPatch.add'.",
  ],
  [
    'a reference to a variable that does not exist',
    app({ env: { URL: EnvValue.fromValue('http://$(NOPE)/') } }),
    "[c/a] Variable 'URL' of container 'app' refers to '$(NOPE)', but the container has no variable of this name. " +
      "Define it, or write '$$(NOPE)' for the literal text.",
  ],
  [
    'clients of an app without a port',
    chart => {
      const healthCheck = HealthCheck.command(['true']);
      const worker = new AppWorkload(chart, 'a', { image: 'x/y:1', resources: MEMORY, healthCheck });
      worker.allowFrom(worker);
    },
    "[c/a] 'allowFrom' has no port, because the workload has none. Set 'port', or pass the ports to 'allowFrom'.",
  ],
  [
    'a version of MySQL that is no longer maintained',
    database(DatabaseEngine.mysql({ version: MysqlVersion.of('8.0.43-oraclelinux9') })),
    "[c/db] Unsupported version '8.0.43-oraclelinux9' of mysql. Supported: 8.4, 9. Use one of these, or describe the " +
      "image with 'DatabaseEngine.custom'.",
  ],
  [
    'the tag of pgvector as a version',
    database(
      DatabaseEngine.postgres({
        version: PostgresVersion.of('pg17-trixie'),
        repository: 'docker.io/pgvector/pgvector',
      }),
    ),
    `[c/db] Version 'pg17-trixie' of postgres ${FULL_TAG}`,
  ],
  [
    'the tag of PostGIS as a version',
    database(
      DatabaseEngine.postgres({
        version: PostgresVersion.of('17-3.5-alpine'),
        repository: 'docker.io/postgis/postgis',
      }),
    ),
    `[c/db] Version '17-3.5-alpine' of postgres ${FULL_TAG}`,
  ],
  [
    'less storage for Redis than its data needs',
    database(DatabaseEngine.redis({ version: RedisVersion.V8 }), 1, 2),
    "[c/db] The size of 'storage' is 1Gi, less than the 3Gi that redis with 2Gi of memory needs to write a copy of " +
      'its data next to the old one. Set it to 3Gi or more.',
  ],
];

test.each(REFUSED)('refuses %s in words that are enough', (_, program, error) => {
  expect(errorOf(program)).toBe(error);
  expect(error).not.toContain(SECRET);
});

test('refuses two extensions with one id', () => {
  const duplicate = (id: string) => `[c/a] Duplicate 'id' '${id}' of an extension. `;
  const [first, second] = ['a', 'b'].map(name => files(ConfigSource.text(name, 'x')));
  expect(errorOf(app({}, first, second))).toBe(
    `${duplicate('app-config')}Set another 'mountPath' for one of them, or combine their sources in one extension.`,
  );
  const [debug, trace] = ['debug', 'trace'].map(LEVEL => EnvironmentVariables.fromMap({ LEVEL }));
  expect(errorOf(app({}, debug, trace))).toBe(`${duplicate('variables')}Set another 'id' for one of them.`);
});
