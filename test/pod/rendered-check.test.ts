import { ApiObject, App, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { extension } from './fixtures';
import {
  ConfigFiles,
  ConfigSource,
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  IPodExtension,
  KubernetesVersion,
  LogCollector,
  PodVolume,
  PostgresVersion,
  SafetyAudit,
  StatefulDatabase,
  Waiver,
} from '../../src';
import { sentence } from '../../src/checks/message';
import { RULES } from '../../src/safety/rules';
import { logged } from '../logging/fixtures';
import { podOf, synth, workload } from '../synth';

const POD = '/spec/template/spec';
const APP = `${POD}/containers/0`;

/** A patch that violates each rule, and the call that waives it. */
const VIOLATIONS: [rule: string, patch: JsonPatch, waiver: string][] = [
  ['run-as-non-root', JsonPatch.replace(`${POD}/securityContext/runAsUser`, 0), 'Waiver.runAsNonRoot(reason)'],
  ['run-as-non-root', JsonPatch.replace(`${POD}/securityContext/runAsNonRoot`, false), 'Waiver.runAsNonRoot(reason)'],
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
  ['pinned-image', JsonPatch.replace(`${APP}/image`, 'acme/app:latest'), 'Waiver.pinnedImage(reason)'],
  ['unprivileged-port', JsonPatch.replace(`${APP}/ports/0/containerPort`, 80), 'Waiver.unprivilegedPort(reason)'],
  ['no-host-access', JsonPatch.add(`${POD}/hostNetwork`, true), "Waiver.of('no-host-access', reason)"],
  ['no-host-access', JsonPatch.add(`${POD}/hostPID`, true), "Waiver.of('no-host-access', reason)"],
  ['no-host-access', JsonPatch.add(`${POD}/hostIPC`, true), "Waiver.of('no-host-access', reason)"],
  ['no-host-access', JsonPatch.add(`${APP}/ports/0/hostPort`, 8080), "Waiver.of('no-host-access', reason)"],
  ['no-host-access', JsonPatch.add(`${APP}/livenessProbe/tcpSocket/host`, 'a'), "Waiver.of('no-host-access', reason)"],
  [
    'no-host-access',
    JsonPatch.add(`${APP}/securityContext/windowsOptions`, { hostProcess: true }),
    "Waiver.of('no-host-access', reason)",
  ],
  [
    'kernel-protection',
    JsonPatch.add(`${APP}/securityContext/procMount`, 'Unmasked'),
    "Waiver.of('kernel-protection', reason)",
  ],
  [
    'kernel-protection',
    JsonPatch.add(`${POD}/securityContext/sysctls`, [{ name: 'kernel.msgmax', value: '65536' }]),
    "Waiver.of('kernel-protection', reason)",
  ],
  [
    'kernel-protection',
    JsonPatch.add(`${APP}/securityContext/seLinuxOptions`, { user: 'system_u' }),
    "Waiver.of('kernel-protection', reason)",
  ],
  [
    'kernel-protection',
    JsonPatch.add(`${POD}/securityContext/appArmorProfile`, { type: 'Unconfined' }),
    "Waiver.of('kernel-protection', reason)",
  ],
  [
    'no-host-path',
    JsonPatch.add(`${POD}/volumes/-`, { name: 'host', hostPath: { path: '/var/lib/app' } }),
    "Waiver.of('no-host-path', reason)",
  ],
  [
    'mounted-volume-exists',
    JsonPatch.add(`${APP}/volumeMounts/-`, { name: 'missing', mountPath: '/data' }),
    "Waiver.of('mounted-volume-exists', reason)",
  ],
];

const patched = (waivers: Waiver[], ...patches: JsonPatch[]) =>
  synth(chart => {
    ApiObject.of(workload(chart, { waivers })).addJsonPatch(...patches);
  });

describe('a JSON patch that violates a rule', () => {
  test.each(VIOLATIONS)('fails the synthesis unless the rule is waived: %s', (rule, patch, waiver) => {
    const { op, path } = patch._toJson() as { op: string; path: string };
    expect(() => patched([], patch)).toThrow(`Or waive the rule with '${waiver}'.`);
    // the rule reports the value or an object around it
    const ancestor = path.split('/').slice(0, 4).join('/');
    expect(() => patched([], patch)).toThrow(
      new RegExp(`\\[test/app\\] .* A JSON patch or an extension .*'${ancestor}.*' of Deployment 'test-app'`),
    );
    // the waiver itself omits a default
    const patches = op === 'remove' && !path.includes('limits') ? [] : [patch];
    expect(() => patched([Waiver.of(rule, 'the cluster enforces it')], ...patches)).not.toThrow();
  });

  test('fails the synthesis for topology-spread only if it removes both defaults', () => {
    const remove = (path: string) => JsonPatch.remove(`${POD}/${path}`);
    expect(() => patched([], remove('topologySpreadConstraints'), remove('affinity'))).toThrow(
      "Or waive the rule with 'Waiver.topologySpread(reason)'.",
    );
    expect(() => patched([], remove('topologySpreadConstraints'))).not.toThrow();
  });

  test('is named with its path and value, the remedy and the waiver', () => {
    const { yaml } = RULES.find(({ id }) => id === 'no-service-links')!.fix;
    expect(() => patched([], JsonPatch.replace(`${POD}/enableServiceLinks`, true))).toThrow(
      " A JSON patch or an extension sets '/spec/template/spec/enableServiceLinks' of Deployment 'test-app' to true. " +
        `${sentence(yaml)} Or waive the rule with 'Waiver.noServiceLinks(reason)'.`,
    );
    expect(() => patched([], JsonPatch.remove(`${POD}/enableServiceLinks`))).toThrow(
      " A JSON patch or an extension leaves '/spec/template/spec/enableServiceLinks' of Deployment 'test-app' unset. ",
    );
  });

  test('fails the synthesis for another object of the workload', () => {
    expect(() =>
      synth(chart => {
        const budget = workload(chart).node.findChild('PodDisruptionBudget') as ApiObject;
        budget.addJsonPatch(JsonPatch.replace('/spec/maxUnavailable', 0));
      }),
    ).toThrow("A JSON patch or an extension sets '/spec/maxUnavailable' of PodDisruptionBudget 'test-app' to 0.");
  });

  test('fails the synthesis for a rule that compares two objects of the workload', () => {
    const define = (waivers: Waiver[]) => () =>
      synth(chart => {
        const service = workload(chart, { waivers }).node.findChild('Service');
        ApiObject.of(service).addJsonPatch(JsonPatch.replace('/spec/ports/0/targetPort', 9999));
      });
    expect(define([])).toThrow("Or waive the rule with 'Waiver.of('service-port-reaches-pods', reason)'.");
    expect(define([Waiver.of('service-port-reaches-pods', 'the proxy listens there')])).not.toThrow();
  });

  test('does not fail the synthesis for what the program does without the patch', () => {
    const large = ConfigSource.text('a.txt', 'x'.repeat(300_000));
    const define = () =>
      synth(chart => {
        const app = workload(chart).add(new ConfigFiles({ sources: [large] }));
        ApiObject.of(app).addJsonPatch(JsonPatch.add(`${POD}/priorityClassName`, 'high'));
      });
    expect(SafetyAudit.rules.map(({ id }) => id)).toContain('client-side-apply-size');
    expect(define).not.toThrow();
  });

  test('fails the synthesis even after an earlier synthesis', () => {
    const chart = Testing.chart();
    const app = workload(chart);
    expect(() => Testing.synth(chart)).not.toThrow();
    ApiObject.of(app).addJsonPatch(JsonPatch.replace(`${POD}/enableServiceLinks`, true));
    expect(() => Testing.synth(chart)).toThrow('enableServiceLinks');
  });
});

test('reports a credential of an extension without its value', () => {
  const agent = extension('agent', {
    sidecars: [{ name: 'agent', image: 'acme/agent:1', env: { TOKEN: EnvValue.fromValue('correct-horse-battery') } }],
  });
  const define = () => synth(chart => workload(chart).add(agent));
  expect(define).toThrow(
    "A prop or an extension sets '/spec/template/spec/initContainers/0/env/0/value' of Deployment 'test-app'. ",
  );
  expect(define).not.toThrow('correct-horse-battery');
});

test('tells what to type in the program if no JSON patch is the cause', () => {
  const { construct } = RULES.find(({ id }) => id === 'no-credential-in-env')!.fix;
  expect(() =>
    synth(chart => workload(chart, { env: { TOKEN: EnvValue.fromValue('correct-horse-battery') } })),
  ).toThrow(`. ${construct} Or waive the rule with 'Waiver.of('no-credential-in-env', reason)'.`);
});

test('ignores objects of other constructs', () => {
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

test('accepts an app for clusters with and without native sidecars', () => {
  const podFor = (minimum: KubernetesVersion) => podOf(logged({ collector: LogCollector.fluentBit() }, minimum));
  const [plain, native] = [KubernetesVersion.V1_28, KubernetesVersion.V1_30].map(podFor);
  expect([plain.containers.length, native.containers.length]).toEqual([2, 1]);
});

test('accepts a database without findings', () => {
  const chart = new Chart(new App(), 'shop');
  new StatefulDatabase(chart, 'orders', {
    engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
    storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
    memory: Size.gibibytes(1),
    credentials: DatabaseCredentials.fromGeneratedSecret(),
  });
  expect(SafetyAudit.run(chart).findings).toEqual([]);
});

test('warns of a waiver that matches nothing', () => {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  synth(chart => workload(chart, { waivers: [Waiver.pinnedImage('a registry for development')] }));
  expect(emitWarning.mock.calls).toContainEqual([
    "[test/app] The waiver of 'pinned-image' matches nothing. Remove it from 'waivers'.",
    'StoragePatternsWarning',
  ]);
  emitWarning.mockRestore();
});

test('checks objects of extensions without a JSON patch', () => {
  const settings: IPodExtension = {
    id: 'settings',
    bind: scope => {
      const data = { 'app.yaml': 'password: correct-horse-battery\n' };
      new ApiObject(scope, 'Settings', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings' },
        data,
      } as any);
      return {};
    },
  };
  expect(() => synth(chart => workload(chart).add(settings))).toThrow('Waiver.noCredentialInConfigMap(reason)');
});

test('checks claims of extensions without a JSON patch', () => {
  const claim: IPodExtension = {
    id: 'files',
    bind: scope => {
      new ApiObject(scope, 'Claim', {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'files' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      });
      const volume = PodVolume.fromSource('files', { persistentVolumeClaim: { claimName: 'files' } });
      return { mounts: [{ path: '/files', volume }] };
    },
  };
  expect(() => synth(chart => workload(chart, { replicas: 3 }).add(claim))).toThrow('[test/app] ');
});

test.each([false, true])(
  'refuses a directory of the node that an extension mounts, with another object: %s',
  defines => {
    const node: IPodExtension = {
      id: 'node',
      bind: scope => {
        if (defines) {
          new ApiObject(scope, 'Settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
        }
        return {
          mounts: [{ path: '/node', volume: PodVolume.fromSource('node', { hostPath: { path: '/var/lib' } }) }],
        };
      },
    };
    expect(() => synth(chart => workload(chart).add(node))).toThrow("'Waiver.of('no-host-path', reason)'");
  },
);
