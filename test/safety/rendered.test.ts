import { ApiObject, App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import {
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  KubernetesVersion,
  LogCollector,
  PostgresVersion,
  SafetyAudit,
  StatefulDatabase,
  Waiver,
} from '../../src';
import { logged } from '../logging/fixtures';
import { podOf, synth, workload } from '../synth';

const POD = '/spec/template/spec';
const APP = `${POD}/containers/0`;

// a patch that removes each default, and the waiver that the error suggests
const PATCHES: [rule: string, patch: JsonPatch, waiver: string][] = [
  ['run-as-non-root', JsonPatch.replace(`${POD}/securityContext/runAsUser`, 0), 'Waiver.runAsNonRoot(reason)'],
  ['seccomp-profile', JsonPatch.remove(`${POD}/securityContext/seccompProfile`), 'Waiver.seccompProfile(reason)'],
  ['drop-capabilities', JsonPatch.remove(`${APP}/securityContext/capabilities`), 'Waiver.dropCapabilities(reason)'],
  [
    'no-privilege-escalation',
    JsonPatch.replace(`${APP}/securityContext/allowPrivilegeEscalation`, true),
    'Waiver.noPrivilegeEscalation(reason)',
  ],
  [
    'read-only-root-filesystem',
    JsonPatch.replace(`${APP}/securityContext/readOnlyRootFilesystem`, false),
    'Waiver.readOnlyRootFilesystem(reason)',
  ],
  ['no-service-links', JsonPatch.replace(`${POD}/enableServiceLinks`, true), 'Waiver.noServiceLinks(reason)'],
  [
    'image-pull-policy',
    JsonPatch.replace(`${APP}/imagePullPolicy`, 'Always'),
    "Waiver.of('image-pull-policy', reason)",
  ],
  ['resource-limits', JsonPatch.remove(`${APP}/resources/limits/memory`), 'Waiver.resourceLimits(reason)'],
  ['drain-before-stop', JsonPatch.remove(`${APP}/lifecycle`), 'Waiver.drainBeforeStop(reason)'],
  [
    'grace-covers-the-stop',
    JsonPatch.replace(`${POD}/terminationGracePeriodSeconds`, 5),
    "Waiver.of('grace-covers-the-stop', reason)",
  ],
  [
    'update-keeps-capacity',
    JsonPatch.add('/spec/strategy', { type: 'Recreate' }),
    'Waiver.updateKeepsCapacity(reason)',
  ],
  [
    'empty-dir-size-limit',
    JsonPatch.remove(`${POD}/volumes/0/emptyDir/sizeLimit`),
    "Waiver.of('empty-dir-size-limit', reason)",
  ],
  ['pinned-image', JsonPatch.replace(`${APP}/image`, 'acme/app:latest'), 'Waiver.pinnedImage(reason)'],
  ['unprivileged-port', JsonPatch.replace(`${APP}/ports/0/containerPort`, 80), 'Waiver.unprivilegedPort(reason)'],
];

describe('a JSON patch that removes a default', () => {
  test.each(PATCHES)('fails the synthesis: %s', (rule, patch, waiver) => {
    const patched = (waivers: Waiver[] = []) =>
      synth(chart => {
        ApiObject.of(workload(chart, { waivers })).addJsonPatch(patch);
      });
    const { path } = patch._toJson() as { path: string };
    expect(() => patched()).toThrow(`'${waiver}'`);
    // the path of the value, or of an object around it
    expect(() => patched()).toThrow(
      new RegExp(`^.*\\[test/app\\] .*'${path.split('/').slice(0, 4).join('/')}.*' of Deployment 'test-app`, 'm'),
    );
    expect(() => patched([Waiver.of(rule, 'the cluster sets a default')])).not.toThrow();
  });

  test('fails the synthesis: topology-spread, which has two defaults', () => {
    const patched = (...paths: string[]) =>
      synth(chart => {
        ApiObject.of(workload(chart)).addJsonPatch(...paths.map(path => JsonPatch.remove(`${POD}/${path}`)));
      });
    expect(() => patched('topologySpreadConstraints', 'affinity')).toThrow("'Waiver.topologySpread(reason)'");
    expect(() => patched('topologySpreadConstraints')).not.toThrow();
  });

  test('states the path, the value, the fix and the waiver', () => {
    expect(() =>
      synth(chart => ApiObject.of(workload(chart)).addJsonPatch(JsonPatch.replace(`${POD}/enableServiceLinks`, true))),
    ).toThrow(
      new RegExp(
        "\\[test/app\\] .*'/spec/template/spec/enableServiceLinks' of Deployment 'test-app' .*true.*" +
          "'enableServiceLinks: false'.*'Waiver\\.noServiceLinks\\(reason\\)'",
      ),
    );
  });

  test('fails for all objects of the workload', () => {
    const budget = (chart: Chart) =>
      chart.node.findAll().find(({ node }) => node.id === 'PodDisruptionBudget') as ApiObject;
    expect(() =>
      synth(chart => {
        workload(chart);
        budget(chart).addJsonPatch(JsonPatch.replace('/spec/maxUnavailable', 0));
      }),
    ).toThrow(/'\/spec\/maxUnavailable' of PodDisruptionBudget 'test-app' .*0/);
  });
});

test('checks the additions of an extension without any patch', () => {
  expect(() =>
    synth(chart =>
      workload(chart).add({
        id: 'agent',
        bind: () => ({
          sidecars: [
            { name: 'agent', image: 'acme/agent:1', env: { TOKEN: { value: 'correct-horse-battery' } as any } },
          ],
        }),
      }),
    ),
  ).toThrow(/variable 'TOKEN' .*container 'agent'/i);
});

test('checks a patch that is added after a synthesis', () => {
  const chart = Testing.chart();
  const app = workload(chart);
  expect(() => Testing.synth(chart)).not.toThrow();
  ApiObject.of(app).addJsonPatch(JsonPatch.replace(`${POD}/enableServiceLinks`, true));
  expect(() => Testing.synth(chart)).toThrow('enableServiceLinks');
});

test('does not check objects outside of the workload', () => {
  expect(() =>
    synth(chart => {
      workload(chart);
      new ApiObject(chart, 'foreign', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a' },
        spec: { containers: [{ name: 'a', image: 'a' }] },
      });
    }),
  ).not.toThrow();
});

test('finds nothing for clusters without native sidecars', () => {
  const podFor = (minimum: KubernetesVersion) => podOf(logged({ collector: LogCollector.fluentBit() }, minimum));
  const [plain, native] = [KubernetesVersion.V1_28, KubernetesVersion.V1_30].map(podFor);
  expect([plain.containers.length, native.containers.length]).toEqual([2, 1]);
});

test('warns of a waiver that matches nothing', () => {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  synth(chart => workload(chart, { waivers: [Waiver.pinnedImage('a registry for development')] }));
  expect(emitWarning).toHaveBeenCalledWith(
    expect.stringContaining("[test/app] The waiver of 'pinned-image' matches nothing"),
    expect.anything(),
  );
  emitWarning.mockRestore();
});

test('finds nothing in a database without patches', () => {
  const chart = new Chart(new App(), 'shop');
  new StatefulDatabase(chart, 'orders', {
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
    memory: Size.gibibytes(1),
    credentials: DatabaseCredentials.fromGeneratedSecret(),
  });
  expect(SafetyAudit.run(chart).findings).toEqual([]);
});
