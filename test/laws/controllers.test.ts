import * as fc from 'fast-check';
import { AppSteps, build, Program, run } from './arbitraries/program';
import { PROGRAMS } from './arbitraries/programs';
import { restrictedViolations } from './pod-security';

const { PROPERTY_RUNS = '60' } = process.env;
const KEEP = ['argocd.argoproj.io/sync-options', 'helm.sh/resource-policy', 'kustomize.toolkit.fluxcd.io/prune'];
const WAIVER = 'waiver.cdk8s-storage-patterns/';

const programs: { readonly program: Program; readonly objects: any[] }[] = [];
afterAll(() => jest.restoreAllMocks());
beforeAll(() => {
  jest.spyOn(process, 'emitWarning').mockImplementation();
  // rendered once, because every law reads the same manifests
  fc.assert(
    fc.property(PROGRAMS.controllers, program => void programs.push({ program, objects: run(program) })),
    { numRuns: Number(PROPERTY_RUNS) },
  );
}, 600_000);

const assertEach = (check: (objects: any[]) => void) => programs.forEach(({ objects }) => check(objects));

const podOf = ({ spec }: any) => (spec?.jobTemplate?.spec ?? spec)?.template?.spec;
const podsOf = (objects: any[]) => objects.map(podOf).filter(Boolean);
const sorted = (objects: any[]) =>
  [...objects].map(object => JSON.stringify(object)).sort((a, b) => (a < b ? -1 : Number(a > b)));

test('accepts every kind of controller with every volume that it can mount', () => {
  const kinds = new Set<string>();
  const types = new Set<string>();
  assertEach(objects => {
    objects.forEach(({ kind }) => kinds.add(kind));
    podsOf(objects).forEach(({ volumes = [] }) =>
      volumes.forEach(({ name: _, ...source }: any) => Object.keys(source).forEach(type => types.add(type))),
    );
  });
  expect([...kinds]).toEqual(expect.arrayContaining(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']));
  expect([...types]).toEqual(
    expect.arrayContaining([
      'csi',
      'downwardAPI',
      'ephemeral',
      'hostPath',
      'nfs',
      'persistentVolumeClaim',
      'projected',
    ]),
  );
});

test('renders the same manifests in any order of additions, before or after other apps follow', () => {
  fc.assert(
    fc.property(fc.constantFrom(...programs), fc.array(fc.nat(), { minLength: 24, maxLength: 24 }), (example, keys) => {
      const shuffled = (apps: readonly AppSteps[]) => {
        apps.forEach(({ create }) => create());
        apps
          .flatMap(({ additions }) => additions)
          .map((step, i) => ({ step, key: keys[i % keys.length] }))
          .sort((a, b) => a.key - b.key)
          .forEach(({ step }) => step());
        apps.forEach(({ calls }) => calls());
      };
      expect(sorted(build(example.program, shuffled).toJson())).toEqual(sorted(example.objects));
    }),
    { numRuns: Math.ceil(Number(PROPERTY_RUNS) / 2) },
  );
});

test('keeps each claim that outlives its pod, whatever deletes the app', () => {
  let kept = 0;
  assertEach(objects => {
    const templates = objects.flatMap(({ spec }) => spec?.volumeClaimTemplates ?? []);
    for (const claim of [...objects.filter(({ kind }) => kind === 'PersistentVolumeClaim'), ...templates]) {
      expect(Object.keys(claim.metadata.annotations)).toEqual(expect.arrayContaining(KEEP));
      kept++;
    }
    for (const { spec } of objects.filter(({ kind }) => kind === 'StatefulSet')) {
      expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
    }
  });
  expect(kept).toBeGreaterThan(Number(PROPERTY_RUNS) / 20);
});

test('bounds each volume of its own', () => {
  let bounded = 0;
  assertEach(objects => {
    for (const { emptyDir, ephemeral } of podsOf(objects).flatMap(({ volumes = [] }) => volumes)) {
      if (emptyDir) {
        expect(emptyDir.sizeLimit).toMatch(/^\d+[KMG]i$/);
        bounded++;
      }
      if (ephemeral) {
        expect(ephemeral.volumeClaimTemplate.spec.resources.requests.storage).toMatch(/^\d+Gi$/);
      }
    }
  });
  expect(bounded).toBeGreaterThan(Number(PROPERTY_RUNS));
});

test('breaks the Pod Security Standard "restricted" only with a waiver, or an NFS volume', () => {
  const waived = new Set<string>();
  assertEach(objects => {
    for (const object of objects) {
      for (const { rule, message } of restrictedViolations(object)) {
        if (!message.endsWith(': nfs')) {
          expect(Object.keys(object.metadata.annotations ?? {})).toContain(`${WAIVER}${rule}`);
          waived.add(rule);
        }
      }
    }
  });
  expect([...waived].sort()).toEqual(['no-host-path', 'run-as-non-root']);
});

/** The fields of a Job that the API server lets change. */
const MUTABLE = ['parallelism', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished', 'suspend'];

test('renames a Job if and only if a field changes that cannot change', () => {
  const seen = new Map<string, string>();
  assertEach(objects => {
    for (const { metadata, spec } of objects.filter(({ kind }) => kind === 'Job')) {
      const fixed = JSON.stringify(Object.entries(spec).filter(([name]) => !MUTABLE.includes(name)));
      const known = [...seen].find(([name, other]) => name === metadata.name || other === fixed);
      expect(known ?? [metadata.name, fixed]).toEqual([metadata.name, fixed]);
      seen.set(metadata.name, fixed);
    }
  });
  expect(seen.size).toBeGreaterThan(Number(PROPERTY_RUNS) / 20);
});
