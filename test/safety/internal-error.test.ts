import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { mapStorage } from '../../src/map/build';
import { Baseline } from '../../src/safety/baseline';
import { INTERNAL_ERROR, runRule } from '../../src/safety/internal-error';
import { eachPod, Rule } from '../../src/safety/rule';
import { audit } from '../../src/safety/run';

const pods = (...names: string[]) =>
  readYaml(
    names
      .map(
        name => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: app, image: a}]}\n`,
      )
      .join('---\n'),
    'a.yaml',
  ).objects;

const ruleOf = (check: Rule['check']): Rule => ({ ...INTERNAL_ERROR, id: 'fragile', severity: 'warning', check });

/** Finds something in every pod, and throws for some. */
const fragile = (...broken: string[]) =>
  ruleOf(
    eachPod(function* ({ object }) {
      if (broken.includes(object.name)) {
        throw new TypeError('x is not a function');
      }
      yield { at: [], message: `Found in ${object.name}.` };
    }).check,
  );

test.each([[['b']], [['a']], [['d']], [['a', 'd']], [['a', 'b', 'c', 'd']]])(
  'reports an error of a rule at %j, and the findings in the other objects',
  broken => {
    const names = ['a', 'b', 'c', 'd'];
    const { findings } = audit(new Inventory(pods(...names)), { rules: [fragile(...broken)] });
    expect(findings.map(({ rule, severity, message }) => [rule.id, severity, message])).toEqual(
      names.map(name =>
        broken.includes(name)
          ? [
              'internal-error',
              'error',
              `Internal error in rule 'fragile' at Pod ${name}: TypeError: x is not a function.`,
            ]
          : ['fragile', 'warning', `Found in ${name}.`],
      ),
    );
  },
);

test('the other rules check the object', () => {
  const second = { ...fragile(), id: 'second' };
  const { findings } = audit(new Inventory(pods('a')), { rules: [fragile('a'), second] });
  expect(findings.map(({ rule }) => rule.id).sort()).toEqual(['internal-error', 'second']);
});

test('finds the object also if the rule looks at several kinds', () => {
  const rule = ruleOf(({ objects }) => {
    if (objects.some(({ name }) => name === 'b') && objects.some(({ name }) => name === 'c')) {
      throw new RangeError('Maximum call stack size exceeded');
    }
    return [];
  });
  const { failures } = runRule(rule, new Inventory(pods('a', 'b', 'c', 'd')), rule.check);
  expect(failures.map(({ object }) => object.name)).toEqual(['c']);
});

test('gives up on a rule that fails for very many objects', () => {
  const names = Array.from({ length: 30 }, (_, i) => `p${i}`);
  const { problems, failures } = runRule(fragile(), new Inventory(pods(...names)), fragile(...names).check);
  expect([problems.length, failures.length]).toEqual([0, 10]);
});

test('no baseline and no waiver hides an error of the audit', () => {
  const objects = pods('a');
  const { findings } = audit(new Inventory(objects), { rules: [fragile('a')] });
  const baseline = Baseline.of(findings);
  expect(baseline.entries).toEqual([]);
  const waivers = [{ ruleId: 'internal-error', reason: 'we know of this error' }];
  const again = audit(new Inventory(objects), { rules: [fragile('a')], baseline, waivers });
  expect(again.findings.map(({ rule, reason }) => [rule.id, reason])).toEqual([['internal-error', undefined]]);
  expect(again.invalidWaivers).toHaveLength(1);
});

describe('an error of the reader or the map', () => {
  const broken = () => {
    throw new TypeError('broken');
  };

  /** Three pods, of which reading the second throws. */
  function podsWith(field: PropertyDescriptorMap) {
    const objects = pods('a', 'b', 'c');
    Object.defineProperties(objects[1].content.spec, field);
    return objects;
  }

  test('hides one pod only, and the audit reports it', () => {
    const { findings } = audit(new Inventory(podsWith({ containers: { get: broken } })), { rules: [fragile()] });
    expect(findings.map(({ message }) => message)).toEqual([
      'Found in a.',
      'Internal error in the reader of pods at Pod b: TypeError: broken.',
      'Found in c.',
    ]);
  });

  test('becomes a problem of the map, which shows the other pods', () => {
    const emptyDir = Object.defineProperty({}, 'sizeLimit', { enumerable: true, get: broken });
    const objects = podsWith({ volumes: { value: [{ name: 'cache', emptyDir }] } });
    const { workloads, problems } = mapStorage({ objects, problems: [] });
    expect(workloads.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(problems).toContainEqual({
      file: 'a.yaml',
      line: 6,
      column: 1,
      message: 'Internal error in the storage map at Pod b: TypeError: broken.',
    });
  });
});
