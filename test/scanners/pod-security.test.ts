import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Yaml } from 'cdk8s';
import * as fc from 'fast-check';
import { POD } from './pods';
import { podSecurityAdmission } from './scanners';
import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { RuleId, RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';
import { everyPod } from '../laws/every-pod';

/** The rules for each reason of the admission plugin. */
const CONTROLS: Record<string, { readonly level: 'baseline' | 'restricted'; readonly rule: RuleId }> = {
  'host namespaces': { level: 'baseline', rule: 'no-host-access' },
  'hostPort': { level: 'baseline', rule: 'no-host-access' },
  'hostProcess': { level: 'baseline', rule: 'no-host-access' },
  'probe or lifecycle host': { level: 'baseline', rule: 'no-host-access' },
  'forbidden AppArmor profile': { level: 'baseline', rule: 'kernel-protection' },
  'forbidden sysctls': { level: 'baseline', rule: 'kernel-protection' },
  'procMount': { level: 'baseline', rule: 'kernel-protection' },
  'seLinuxOptions': { level: 'baseline', rule: 'kernel-protection' },
  'non-default capabilities': { level: 'baseline', rule: 'drop-capabilities' },
  'privileged': { level: 'baseline', rule: 'no-privilege-escalation' },
  'allowPrivilegeEscalation != false': { level: 'restricted', rule: 'no-privilege-escalation' },
  'unrestricted capabilities': { level: 'restricted', rule: 'drop-capabilities' },
  'seccompProfile': { level: 'restricted', rule: 'seccomp-profile' },
  'runAsNonRoot != true': { level: 'restricted', rule: 'run-as-non-root' },
  'runAsUser=0': { level: 'restricted', rule: 'run-as-non-root' },
};

/** The reasons that belong to the type of a volume: a rule judges the path, or the storage. */
const VOLUMES = ['hostPath volumes', 'restricted volume types'];

/** The rules whose findings are violations of the level "baseline", and of nothing else. */
const BASELINE_RULES: RuleId[] = ['no-host-access', 'kernel-protection'];

const COUNT = Number(process.env.PODS ?? 2000);
const pods = fc.sample(POD, COUNT).map(({ annotations, spec }, i) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `pod-${i}`, namespace: 'shop', annotations },
  spec,
}));
const text = pods.map(pod => JSON.stringify(pod)).join('\n---\n');
const file = join(mkdtempSync(join(tmpdir(), 'pod-security-')), 'pods.yaml');
writeFileSync(file, text);

const rules = RULES.filter(({ id }) => Object.values(CONTROLS).some(({ rule }) => rule === id));
const found = new Map<string, Set<string>>();
for (const { object, rule } of audit(new Inventory(readYaml(text, 'pods.yaml').objects), { rules }).findings) {
  found.set(object.name, (found.get(object.name) ?? new Set()).add(rule.id));
}

/** The reasons of the admission plugin, by the name of the pod. */
function reasonsOf(level: 'baseline' | 'restricted'): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, string[]>();
  for (const { object, rule } of podSecurityAdmission(level)([file])) {
    const name = object.split('/')[1];
    reasons.set(name, [...(reasons.get(name) ?? []), rule.replace(/^(forbidden AppArmor profile)s$/, '$1')]);
  }
  return reasons;
}

const specOf = (name: string): any => pods.find(pod => pod.metadata.name === name)!.spec;

/** Why the rules accept what the level "restricted" rejects. */
const ACCEPTED: Record<string, (spec: any) => boolean> = {
  // a numeric user other than root needs no further check by the kubelet
  'runAsNonRoot != true': () => true,
  // `kubectl debug` sets few of these fields by default
  'allowPrivilegeEscalation != false': hasDebugContainer,
  'unrestricted capabilities': spec => hasDebugContainer(spec) || isPrivileged(spec),
  'seccompProfile': spec => hasDebugContainer(spec) || isPrivileged(spec),
  'runAsUser=0': spec => hasDebugContainer(spec) || overridesRoot(spec),
};

function hasDebugContainer(spec: any): boolean {
  return spec.ephemeralContainers !== undefined;
}

function containersOf({ initContainers = [], containers, ephemeralContainers = [] }: any): any[] {
  return [...initContainers, ...containers, ...ephemeralContainers];
}

/** Another rule reports a privileged container, which has all capabilities and no seccomp profile. */
function isPrivileged(spec: any): boolean {
  return containersOf(spec).some(({ securityContext }) => securityContext?.privileged === true);
}

/** The user of the pod is root, but each container has another user. */
function overridesRoot(spec: any): boolean {
  return containersOf(spec).every(({ securityContext }) => securityContext?.runAsUser > 0);
}

test('the pods violate every control, and some none', () => {
  const reasons = [reasonsOf('baseline'), reasonsOf('restricted')].flatMap(level => [...level.values()].flat());
  expect([...new Set(reasons)].sort()).toEqual([...Object.keys(CONTROLS), ...VOLUMES].sort());
  expect(reasonsOf('baseline').size).toBeLessThan(COUNT);
});

test('a rule reports each pod that the admission plugin rejects at the level "baseline"', () => {
  const missed = [...reasonsOf('baseline')].flatMap(([name, reasons]) =>
    reasons
      .filter(reason => !VOLUMES.includes(reason) && CONTROLS[reason].level === 'baseline')
      .filter(reason => !found.get(name)?.has(CONTROLS[reason].rule))
      .filter(reason => !(reason === 'non-default capabilities' && isPrivileged(specOf(name))))
      .map(reason => `${name}: ${reason}: ${JSON.stringify(specOf(name))}`),
  );
  expect(missed.slice(0, 3)).toEqual([]);
});

test('the rules of the level "baseline" report only pods that the admission plugin rejects', () => {
  const rejected = reasonsOf('baseline');
  const wrong = [...found].flatMap(([name, ids]) =>
    BASELINE_RULES.filter(rule => ids.has(rule))
      .filter(rule => !(rejected.get(name) ?? []).some(reason => CONTROLS[reason]?.rule === rule))
      .map(rule => `${name}: ${rule}: ${JSON.stringify(specOf(name))}`),
  );
  expect(wrong.slice(0, 3)).toEqual([]);
});

test('a rule reports each pod that the admission plugin rejects at the level "restricted"', () => {
  const missed = [...reasonsOf('restricted')].flatMap(([name, reasons]) =>
    reasons
      .filter(reason => !VOLUMES.includes(reason) && !found.get(name)?.has(CONTROLS[reason].rule))
      .filter(reason => !(ACCEPTED[reason]?.(specOf(name)) ?? false))
      .map(reason => `${name}: ${reason}: ${JSON.stringify(specOf(name))}`),
  );
  expect(missed.slice(0, 3)).toEqual([]);
});

test('the rules of security report only pods that the admission plugin rejects at the level "restricted"', () => {
  const rejected = reasonsOf('restricted');
  const wrong = [...found.keys()].filter(name => !rejected.has(name));
  expect(wrong.map(name => JSON.stringify(specOf(name))).slice(0, 3)).toEqual([]);
});

test('the admission plugin accepts every kind of pod of this library at the level "restricted"', () => {
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation();
  const own = join(mkdtempSync(join(tmpdir(), 'pod-security-')), 'own.yaml');
  writeFileSync(own, Yaml.stringify(...everyPod()));
  warnings.mockRestore();
  expect(podSecurityAdmission('restricted')([own])).toEqual([]);
  expect(podSecurityAdmission('restricted')([file])).not.toEqual([]);
});
