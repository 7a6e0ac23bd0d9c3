import { Inventory } from '../../src/inspect/inventory';
import { jsonPointer } from '../../src/inspect/json';
import { readYaml } from '../../src/inspect/read-yaml';
import { RULE_IDS, RULES } from '../../src/safety/rules';
import { audit, Finding } from '../../src/safety/run';
import { ARTICLES, CorpusManifest, MANIFESTS, PITFALLS, ruleOf, TWINS } from '../corpus/manifests';
import { mapYaml } from '../map/fixtures';

/** Most manifests are a part of an app, without its backups. */
const OF_WHOLE_APPS: readonly string[] = ['database-is-backed-up'];

function findingsIn(manifest: CorpusManifest): readonly Finding[] {
  const rules = RULES.filter(({ id }) => !OF_WHOLE_APPS.includes(id) || id === ruleOf(manifest));
  return audit(new Inventory(readYaml(manifest.text, manifest.name).objects), { rules }).findings;
}

function placeOf({ object, at }: Finding): string {
  return `${object.kind}/${object.name} ${jsonPointer(at)}`;
}

test.each(PITFALLS)('the audit finds the mistake of $name once, at its place and with its message', manifest => {
  expect(findingsIn(manifest).map(finding => [finding.rule.id, placeOf(finding), finding.message])).toEqual([
    [ruleOf(manifest), manifest.place, manifest.message],
  ]);
});

test.each(TWINS)('the audit finds nothing in $name', manifest => {
  expect(findingsIn(manifest)).toEqual([]);
});

test.each(ARTICLES)('the audit finds the mistakes of $name, each place once', manifest => {
  const findings = findingsIn(manifest);
  expect([...new Set(findings.map(({ rule }) => rule.id))].sort()).toEqual([...manifest.expected].sort());
  const places = findings.map(finding => `${finding.rule.id} ${placeOf(finding)}`);
  expect(places.filter((place, i) => places.indexOf(place) !== i)).toEqual([]);
});

test.each(RULE_IDS)('the rule %s has a pitfall and a twin with the same kinds of objects', id => {
  const ownPitfalls = PITFALLS.filter(manifest => ruleOf(manifest) === id);
  const ownTwins = TWINS.filter(manifest => ruleOf(manifest) === id);
  expect(ownPitfalls.some(pitfall => ownTwins.some(twin => isSubset(kindsIn(pitfall), kindsIn(twin))))).toBe(true);
});

function kindsIn({ name, text }: CorpusManifest): Set<string> {
  return new Set(readYaml(text, name).objects.map(({ kind }) => kind));
}

function isSubset<T>(subset: ReadonlySet<T>, set: ReadonlySet<T>): boolean {
  return [...subset].every(value => set.has(value));
}

test('every manifest belongs to a rule or is an article', () => {
  const known = MANIFESTS.filter(manifest => ARTICLES.includes(manifest) || RULE_IDS.includes(ruleOf(manifest)));
  expect(MANIFESTS.filter(manifest => !known.includes(manifest)).map(({ name }) => name)).toEqual([]);
});

const ROLLOUTS = MANIFESTS.filter(({ name }) => name.startsWith('config-change-rolls-pods.'));

// the rule accepts ConfigMaps that Kubernetes publishes or the app reads again, whose changes roll out no pods
const ACCEPTED = /\.(?:cluster-certificate|read-again)\./;

test.each(ROLLOUTS.filter(({ name }) => !ACCEPTED.test(name)))(
  'the storage map shows for $name whether a change rolls out new pods, as the rule does',
  manifest => {
    const configMap = readYaml(manifest.text, manifest.name).objects.find(({ kind }) => kind === 'ConfigMap')!;
    const rows = mapYaml(manifest.text).workloads.flatMap(workload => workload.rows);
    const rollouts = rows.filter(({ source }) => source === configMap.name).map(({ rollout }) => rollout?.rolls);
    expect(new Set(rollouts)).toEqual(new Set([TWINS.includes(manifest)]));
  },
);
