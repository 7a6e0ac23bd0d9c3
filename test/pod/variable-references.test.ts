import { ApiObject, JsonPatch } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { extension, podWith } from './fixtures';
import { AppWorkloadProps, EnvironmentVariables, PodEnvFrom, SidecarContainer, Waiver } from '../../src';
import { orderVariables } from '../../src/pod/variable-references';
import { referencesIn } from '../../src/predicates/variable-references';
import { external } from '../database/fixtures';
import { podOf, synth, workload } from '../synth';

const envOf = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, EnvValue.fromValue(value)]));
const rendering = (props: Partial<AppWorkloadProps>) => () => podWith(props);
const orderOf = (values: Record<string, string>) =>
  orderVariables(Object.entries(values).map(([name, value]) => ({ name, value }))).map(({ name }) => name);

test.each<[string, string[]]>([
  ['$(A)', ['A']],
  ['a$(A)b$(B)', ['A', 'B']],
  ['$$(A)', []],
  ['$$$(A)', ['A']],
  ['$(A', []],
  ['$A ${A}', []],
  ['$(date +%s) $(seq 60)', []],
  ['$(a.b-c_d)', ['a.b-c_d']],
])('finds the references of %j', (value, names) => expect(referencesIn(value)).toEqual(names));

test('orders variables after those that they refer to', () => {
  expect(orderOf({ A: '$(B)', B: '$(C)', C: '$(D)$(E)', D: 'd', E: '$(D)' })).toEqual(['D', 'E', 'C', 'B', 'A']);
});

/** Expands references as the kubelet does. */
function expand(variables: readonly { name: string; value?: string }[]): Map<string, string> {
  const done = new Map<string, string>();
  for (const { name, value = '' } of variables) {
    done.set(
      name,
      value.replace(/\$\$|\$\(([^)]*)\)/g, (all, target) => (all === '$$' ? '$' : (done.get(target) ?? all))),
    );
  }
  return done;
}

test('leaves no reference of variables without cycles', () => {
  const names = [...'ABCDEFGH'];
  fc.assert(
    fc.property(
      fc
        .shuffledSubarray(names, { minLength: 1 })
        .chain(ranked =>
          fc
            .tuple(...ranked.map((_, i) => fc.subarray(ranked.slice(0, i))))
            .map(targets =>
              ranked.map((name, i) => ({ name, value: targets[i].map(target => `$(${target})`).join() })),
            ),
        ),
      variables => {
        expect([...expand(orderVariables(variables)).values()].join()).not.toContain('$(');
      },
    ),
  );
});

test.each<[string, Partial<AppWorkloadProps>, string]>([
  [
    'a variable that does not exist',
    { env: envOf({ DB_HOST: 'db', URL: 'http://$(DB_HOTS)' }) },
    "Variable 'URL' of container 'app' refers to '$(DB_HOTS)', but the container has no variable of this name. " +
      "Use '$(DB_HOST)', or write '$$(DB_HOTS)' for the literal text.",
  ],
  [
    'a variable of the image',
    { env: envOf({ PATH: '$(PATH):/app' }) },
    "Variable 'PATH' of container 'app' refers to itself, but Kubernetes does not know the value in the image. " +
      "Write the whole value, or '$$(PATH)' for the literal text.",
  ],
  [
    'variables in a circle',
    { env: envOf({ A: '$(C)', B: '$(A)', C: '$(B)' }) },
    "refers back to it, so Kubernetes does not expand it. Remove a reference, or write '$$(",
  ],
  [
    'an argument without a variable',
    { args: ['--port', '$(PORT)'] },
    "'args[1]' of container 'app' refers to '$(PORT)', but the container has no variable of this name. " +
      "Define it, or write '$$(PORT)' for the literal text.",
  ],
  ['a command without a variable', { command: ['run', '$(HOME)/app'] }, "'command[1]' of container 'app' refers to"],
  [
    'the variables of Services, which are off',
    { env: envOf({ URL: '$(DB_SERVICE_HOST)' }) },
    "Variable 'URL' of container 'app' refers to '$(DB_SERVICE_HOST)'",
  ],
])('refuses a reference to %s', (_, props, error) => {
  expect(rendering(props)).toThrow('[test/app] ');
  expect(rendering(props)).toThrow(error);
});

test.each<[string, Partial<AppWorkloadProps>]>([
  ['an escaped reference', { env: envOf({ A: '$$(B)' }), args: ['$$(B)'] }],
  ['the substitution of a shell', { command: ['sh', '-c', 'exec app --host=$(hostname) --since=$(date +%s)'] }],
  ['the variables of the API server', { args: ['https://$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_PORT_443_TCP_PORT)'] }],
  [
    'the variables of Services',
    { env: envOf({ A: '$(DB_SERVICE_HOST)' }), waivers: [Waiver.noServiceLinks('the app reads the variables')] },
  ],
  ['a variable of any kind', { args: ['$(POD)'], env: { POD: EnvValue.fromValue('a') } }],
])('accepts %s', (_, props) => expect(rendering(props)).not.toThrow());

const sidecar = (props: Partial<SidecarContainer>) =>
  extension('part', { sidecars: [{ name: 'proxy', image: 'acme/proxy:1', args: ['$(UPSTREAM)'], ...props }] });

test.each<[string, Partial<SidecarContainer>, boolean]>([
  ['without the variable', {}, false],
  ['with the variable', { env: envOf({ UPSTREAM: 'a' }) }, true],
  ['with unknown variables', { envFrom: [PodEnvFrom.fromConfigMapName('a')] }, true],
  ['with unknown variables of the prefix', { envFrom: [PodEnvFrom.fromConfigMapName('a', { prefix: 'UP' })] }, true],
  [
    'with unknown variables of another prefix',
    { envFrom: [PodEnvFrom.fromConfigMapName('a', { prefix: 'B' })] },
    false,
  ],
  ['with the variables of the app', { likeApp: true }, true],
])('checks the arguments of a sidecar %s', (_, props, isAccepted) => {
  const expectation = expect(() =>
    synth(chart => workload(chart, { env: envOf({ UPSTREAM: 'a' }) }).add(sidecar(props))),
  );
  if (isAccepted) {
    expectation.not.toThrow();
  } else {
    expectation.toThrow("[test/app] 'args[0]' of container 'proxy' refers to '$(UPSTREAM)'");
  }
});

test('accepts references to variables of extensions, whatever the order', () => {
  const pod = podOf(
    synth(chart => {
      workload(chart, { env: envOf({ ADDRESS: '$(ORDERS_HOST)', URL: 'pg://$(ADDRESS)/$(LEVEL)' }) })
        .add(external(chart).client())
        .add(EnvironmentVariables.fromMap({ LEVEL: 'info' }));
    }),
  );
  const names = pod.containers[0].env.map(({ name }: any) => name);
  expect(names.indexOf('ADDRESS')).toBeGreaterThan(names.indexOf('ORDERS_HOST'));
  expect(names.indexOf('URL')).toBeGreaterThan(names.indexOf('ADDRESS'));
});

test('checks variables of a JSON patch', () => {
  const patched = (value: string) => () =>
    synth(chart => {
      const app = workload(chart, { env: envOf({ A: 'a' }) });
      ApiObject.of(app).addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/env/-', { name: 'B', value }));
    });
  expect(patched('$(A)')).not.toThrow();
  expect(patched('$(C)')).toThrow("[test/app] Variable 'B' of container 'app' refers to '$(C)'");
});

test('refuses references in a ConfigMap of variables, which Kubernetes does not expand', () => {
  const rendered = (value: string) => () =>
    synth(chart => workload(chart).add(EnvironmentVariables.fromMap({ URL: value })));
  expect(rendered('http://$(HOST)')).toThrow(
    "[test/app/variables] The value of variable 'URL' contains '$(HOST)', which Kubernetes does not expand in a " +
      "ConfigMap. Set 'URL' in 'env' of the app, where '$(HOST)' is expanded and '$$(HOST)' is literal.",
  );
  expect(rendered('$(date) $HOST ${HOST}')).not.toThrow();
});
