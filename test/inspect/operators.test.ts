import { OPERATOR_KINDS } from '../../src/facts/operators';
import type { OperatorKind, OperatorSetting } from '../../src/facts/operators/operator-kind';
import { Inventory } from '../../src/inspect/inventory';
import { ManifestObject, objectsOf } from '../../src/inspect/manifest';
import { matchingPaths, operatorKindOf, replicasOf, writtenPath } from '../../src/inspect/operators';
import { RuleId, RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';

/** Returns an object of a kind with values at paths such as `spec.nodeSets[].count`. */
function objectOf({ group, kind }: OperatorKind, fields: readonly (readonly [path: string, value: unknown])[] = []) {
  const content: any = { apiVersion: `${group}/v1`, kind, metadata: { name: 'a' } };
  for (const [path, value] of fields) {
    const steps = path.split('.').flatMap(step => (step.endsWith('[]') ? [step.slice(0, -2), 0] : [step]));
    let parent = content;
    steps.forEach((step, i) => {
      const isLast = i === steps.length - 1;
      parent[step] ??= isLast ? value : typeof steps[i + 1] === 'number' ? [] : {};
      parent = parent[step];
    });
  }
  return objectsOf(content, { locate: () => undefined })[0];
}

function findingsOf(rule: RuleId, ...objects: ManifestObject[]): string[] {
  return audit(new Inventory(objects), { rules: RULES.filter(({ id }) => id === rule) }).findings.map(({ at }) =>
    writtenPath(at),
  );
}

const written = (path: string) => path.replace(/\[\]/g, '[0]');
const fieldsOf = ({ path, value, named }: OperatorSetting, set: string) => [
  [`${set}.${path}`, value ?? {}] as const,
  ...(named === undefined ? [] : [[`${set}.${path.replace(/\.\w+$/, '.name')}`, named] as const]),
];

test('each kind is known once, with the reference of its fields', () => {
  const names = OPERATOR_KINDS.map(({ group, kind }) => `${kind}.${group}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(25);
  OPERATOR_KINDS.forEach(operator => {
    expect(operator.source).toMatch(/^https:\/\//);
    expect(operatorKindOf(objectOf(operator))).toBe(operator);
  });
});

const SETS = OPERATOR_KINDS.flatMap(operator =>
  operator.state.map(state => [`${operator.kind} ${state.set}`, operator, state] as const),
);

test.each(SETS)('%s without storage has data that is deleted if the facts say so, and none without pods', (...args) => {
  const [, operator, { set, storage, missing }] = args;
  const [first] = storage;
  const expected = missing === 'deleted' ? [`${written(set)}.${first.replace(/\[\]$/, '')}`] : [];
  expect(findingsOf('operator-state-on-claim', objectOf(operator, [[set, {}]]))).toEqual(expected);
  expect(findingsOf('operator-state-on-claim', objectOf(operator))).toEqual([]);
});

test.each(SETS)('%s with any of its storage fields keeps the data', (...args) => {
  const [, operator, { set, storage, ephemeral = [] }] = args;
  for (const path of storage) {
    expect(findingsOf('operator-state-on-claim', objectOf(operator, [[`${set}.${path}`, {}]]))).toEqual([]);
  }
  for (const setting of ephemeral) {
    expect(findingsOf('operator-state-on-claim', objectOf(operator, fieldsOf(setting, set)))).toEqual([
      written(`${set}.${setting.path}`),
    ]);
  }
});

const DELETIONS = OPERATOR_KINDS.flatMap(operator =>
  (operator.deletion ?? []).map(setting => [`${operator.kind} ${setting.path}`, operator, setting] as const),
);

test.each(DELETIONS)('%s deletes the data with its value only', (_, operator, { path, value }) => {
  expect(findingsOf('operator-retains-claims', objectOf(operator, [[path, value]]))).toEqual([written(path)]);
  expect(findingsOf('operator-retains-claims', objectOf(operator, [[path, 'another']]))).toEqual([]);
  expect(findingsOf('operator-retains-claims', objectOf(operator))).toEqual([]);
});

const REPLICATED = OPERATOR_KINDS.filter(({ replicas }) => replicas !== undefined);

test.each(REPLICATED.map(operator => [operator.kind, operator] as const))('%s needs two replicas', (_, operator) => {
  const [path] = operator.replicas!.paths;
  const findings = (count: number) => findingsOf('operator-runs-replicas', objectOf(operator, [[path, count]]));
  expect([0, 1, 2, 3].map(findings)).toEqual([[], [written(path)], [], []]);
});

const BACKED_UP = OPERATOR_KINDS.filter(({ backup }) => backup !== undefined);

test.each(BACKED_UP.map(operator => [operator.kind, operator] as const))('%s needs a backup', (_, operator) => {
  const { paths, objects = [] } = operator.backup!;
  const rule = 'operator-takes-backups';
  expect(findingsOf(rule, objectOf(operator))).toHaveLength(1);
  paths.forEach(path => expect(findingsOf(rule, objectOf(operator, [[path, {}]]))).toEqual([]));
  objects.forEach(({ kind, reference }) => {
    const backupOf = (name: string) => objectOf({ ...operator, kind }, [[reference, name]]);
    expect(findingsOf(rule, objectOf(operator), backupOf('a'))).toEqual([]);
    expect(findingsOf(rule, objectOf(operator), backupOf('b'))).toHaveLength(1);
  });
});

test('adds up the replicas of all sets', () => {
  const facts = OPERATOR_KINDS.find(({ kind }) => kind === 'Elasticsearch')!;
  const replicas = (...nodeSets: object[]) => {
    const object = objectOf(facts, [['spec', { nodeSets }]]);
    return replicasOf({ object, facts });
  };
  expect(replicas({ count: 1 }, { count: 1 })).toBe(2);
  expect(replicas({}, { count: 2 })).toBe(3);
  expect(replicas({ count: '${COUNT}' })).toBeUndefined();
  expect(replicas()).toBeUndefined();
});

test('matches the paths of existing values', () => {
  const content = { a: [{ b: 1 }, { c: 2 }, { b: null }], d: { e: 0 } };
  expect(matchingPaths(content, 'a[].b')).toEqual([['a', 0, 'b']]);
  expect(matchingPaths(content, 'a[]')).toHaveLength(3);
  expect(matchingPaths(content, 'd.e')).toEqual([['d', 'e']]);
  expect(matchingPaths(content, 'e', ['d'])).toEqual([['d', 'e']]);
  expect(matchingPaths(content, 'd[].e')).toEqual([]);
  expect(matchingPaths(undefined, 'a')).toEqual([]);
});

test('does not take the kinds of other groups for its own', () => {
  const [object] = objectsOf({ apiVersion: 'cluster.x-k8s.io/v1', kind: 'Cluster' }, { locate: () => undefined });
  expect(operatorKindOf(object)).toBeUndefined();
});
