import { Size } from 'cdk8s';
import {
  CaCertificate,
  ConfigFiles,
  ConfigSource,
  DatabaseAddress,
  DatabaseClientOptions,
  EnvironmentVariables,
  HealthCheck,
  LogAuth,
  LogSink,
  SecretSource,
  VariablesBindingOptions,
  DatabaseBinding,
} from '../../src';
import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { mapStorage } from '../../src/map/build';
import { toHtml } from '../../src/map/formats/html';
import { toJson as mapJson } from '../../src/map/formats/json';
import { toMarkdown as mapMarkdown } from '../../src/map/formats/markdown';
import { toMermaid } from '../../src/map/formats/mermaid';
import { toSvg } from '../../src/map/formats/svg';
import { toText as mapText } from '../../src/map/formats/text';
import { toGithub } from '../../src/safety/formats/github';
import { toJson } from '../../src/safety/formats/json';
import { toJunit } from '../../src/safety/formats/junit';
import { toMarkdown } from '../../src/safety/formats/markdown';
import { reportOf } from '../../src/safety/formats/report';
import { toSarif } from '../../src/safety/formats/sarif';
import { toText } from '../../src/safety/formats/text';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';
import { PRIVATE_KEY } from '../checks/credential-kinds';
import { external, objectsOf, REDIS } from '../database/fixtures';
import { logged } from '../logging/fixtures';
import { synth, workload } from '../synth';

// made-up values, which are put together at run time so that scanners do not report this file
const CANARY = ['cAn4ry', 'S3cr3t', 'V4lue'].join('-');
const TOKEN = ['ghp', `_${'Ab3dE'.repeat(7)}f`].join('');
const KEY_BODY = PRIVATE_KEY.split('\n')[1];
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Objects with a credential in every place that a rule looks at, and in places that it must not print. */
const MANIFESTS = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  annotations: {vendor.example.com/password: ${CANARY}, example.com/url: "https://bot:${CANARY}@example.com"}
spec:
  template:
    metadata: {labels: {app: api}, annotations: {example.com/token: ${TOKEN}}}
    spec:
      containers:
        - name: app
          image: acme/app
          command: [sh, -c, "PGPASSWORD=${CANARY} pg_dump; mysql -uroot -p${CANARY}; curl -u a:${CANARY} b"]
          args:
            ["--password=${CANARY}", --token, ${CANARY}, "postgres://a:${CANARY}@db/x", "-Dspring.password=${CANARY}"]
          env:
            - {name: DB_PASSWORD, value: ${CANARY}}
            - {name: DATABASE_URL, value: "redis://:${CANARY}@cache"}
            - {name: REFERENCE, value: "$(${CANARY})"}
            - {name: A_TOKEN, value: ${TOKEN}}
            - {name: B_PASSWORD, valueFrom: {secretKeyRef: {name: s, key: password}}}
          livenessProbe:
            httpGet:
              path: "/?token=${TOKEN}"
              port: 1
              httpHeaders: [{name: Authorization, value: "Bearer ${CANARY}"}]
          readinessProbe: {exec: {command: [redis-cli, -a, ${CANARY}, ping]}}
          lifecycle:
            postStart: {exec: {command: [sh, -c, "export API_TOKEN=${CANARY}"]}}
            preStop: {httpGet: {path: /, port: 1, httpHeaders: [{name: X-Api-Key, value: ${CANARY}}]}}
          volumeMounts: [{name: c, mountPath: /etc/app}, {name: s, mountPath: /run/s, subPath: password}]
      volumes: [{name: c, configMap: {name: c}}, {name: s, secret: {secretName: s}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
        - name: db
          image: docker.io/library/mysql:9
          args: [--skip-grant-tables]
          env: [{name: MYSQL_ROOT_PASSWORD, value: ${CANARY}}, {name: MYSQL_ALLOW_EMPTY_PASSWORD, value: "yes"}]
        - name: cache
          image: docker.io/library/redis:8
          args: [--requirepass, ${CANARY}, --rename-command, AUTH, ${CANARY}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data:
  password: ${CANARY}
  app.yaml: "db: {password: ${CANARY}}"
  app.properties: "a.password=${CANARY}"
  init.sql: "ALTER ROLE a PASSWORD '${CANARY}'"
  token: ${TOKEN}
  url: postgres://a:${CANARY}@db/x
  tls.key: ${JSON.stringify(PRIVATE_KEY)}
binaryData: {key: ${base64(PRIVATE_KEY)}}
---
apiVersion: v1
kind: Secret
metadata: {name: s}
data: {password: ${base64(`${CANARY}\n`)}}
stringData: {other-password: "${CANARY}\\n", "${'token'}": ${TOKEN}}
`;

function leaks(text: string): string[] {
  return [CANARY, TOKEN, KEY_BODY, base64(CANARY).slice(0, 20)].filter(secret => text.includes(secret));
}

const { objects } = readYaml(MANIFESTS, 'app.yaml');
const report = reportOf(audit(new Inventory(objects), { rules: RULES }));
const REPORTS: Record<string, () => string> = {
  text: () => toText(report),
  json: () => toJson(report),
  markdown: () => toMarkdown(report),
  sarif: () => toSarif(report, { version: '1.0.0' }),
  junit: () => toJunit(report),
  github: () => toGithub(report),
};

test.each(Object.entries(REPORTS))('an audit as %s prints no credential', (_, render) => {
  const text = render();
  expect(text).toMatch(/no-credential-in-env/);
  expect(leaks(text)).toEqual([]);
});

const MAPS = { text: mapText, markdown: mapMarkdown, mermaid: toMermaid, json: mapJson, svg: toSvg, html: toHtml };

test.each(Object.entries(MAPS))('a storage map as %s prints no credential', (_, render) => {
  const text = render(mapStorage(readYaml(MANIFESTS, 'app.yaml')));
  expect(text).not.toBe('');
  expect(leaks(text)).toEqual([]);
});

const url = `https://bot:${CANARY}@example.com`;
const auth = LogAuth.bearer({ secret: SecretSource.fromName('sink') });
const client = (binding: VariablesBindingOptions) => () =>
  synth(chart => {
    const database = external(chart);
    const options: DatabaseClientOptions = { binding: DatabaseBinding.variables(binding) };
    workload(chart).add(database.client(options));
  });

test.each<[string, () => unknown]>([
  ['the URL of a sink', () => logged({ sinks: [LogSink.http({ url, auth })] })],
  ['the invalid URL of a sink', () => logged({ sinks: [LogSink.http({ url: `${url}:99999`, auth })] })],
  ['the host of a sink', () => logged({ sinks: [LogSink.forward({ host: url, port: 1, auth })] })],
  ['a broker', () => logged({ sinks: [LogSink.kafka({ brokers: [url], topic: 'a', auth })] })],
  [
    'the address of an external database',
    () => synth(chart => external(chart, { address: DatabaseAddress.host(url) })),
  ],
  ['a setting', () => objectsOf({ settings: { primary_conninfo: `host=a password=${CANARY}` } })],
  ['a setting with a line break', () => objectsOf({ settings: { archive_command: `${CANARY}\n` } })],
  ['a reserved setting', () => objectsOf({ engine: REDIS, settings: { requirepass: CANARY } })],
  ['a variable', () => synth(chart => workload(chart).add(EnvironmentVariables.fromMap({ A_PASSWORD: CANARY })))],
  [
    'a variable of the wrong type',
    () => synth(chart => workload(chart).add(EnvironmentVariables.fromMap({ A_PASSWORD: [CANARY] as any }))),
  ],
  [
    'a file',
    () =>
      synth(chart =>
        workload(chart).add(new ConfigFiles({ sources: [ConfigSource.text('a.env', `A_TOKEN=${CANARY}`)] })),
      ),
  ],
  [
    'data that a format cannot represent',
    () =>
      synth(chart =>
        workload(chart).add(new ConfigFiles({ sources: [ConfigSource.toml('a.toml', { password: [CANARY, null] })] })),
      ),
  ],
  [
    'data against a schema',
    () =>
      synth(chart =>
        workload(chart).add(
          new ConfigFiles({
            sources: [
              ConfigSource.yaml('a.yaml', { password: CANARY }, { schema: { properties: { password: { const: 1 } } } }),
            ],
          }),
        ),
      ),
  ],
  [
    'a header of a probe',
    () =>
      synth(chart => workload(chart, { healthCheck: HealthCheck.http('/', { headers: { Authorization: CANARY } }) })),
  ],
  ['the query of a URL', client({ url: 'URL', urlQuery: `password=${CANARY}#` })],
  [
    'a certificate',
    () => synth(chart => external(chart, { caCertificate: CaCertificate.fromConfigMapName(PRIVATE_KEY) })),
  ],
  ['a size', () => objectsOf({ memory: Size.mebibytes(1), settings: { primary_conninfo: CANARY } })],
])('the error about %s contains no credential', (_, define) => {
  let error = '';
  try {
    define();
  } catch (caught) {
    error = String(caught);
  }
  expect(error).not.toBe('');
  expect(leaks(error)).toEqual([]);
});
