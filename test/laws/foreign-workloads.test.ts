import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { build, runOrRefuse } from './arbitraries/program';
import { PROGRAMS } from './arbitraries/programs';
import { Inventory } from '../../src/inspect/inventory';
import { readConstructs } from '../../src/inspect/read-constructs';
import { isFor } from '../../src/safety/rule';
import { RULE_IDS, RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterAll(() => jest.restoreAllMocks());

/** Rules with findings in added containers, and why. */
const EXCEPTIONS: Record<string, string> = {
  'no-sub-path-config': 'a container of the user can mount files of an existing ConfigMap',
  'resource-limits': 'the first limit of ephemeral storage would bound the whole pod',
  'health-check': 'on clusters before 1.29, a collector is an app container with a port and only a liveness probe',
};

/** Runs programs with and without their extensions. */
function compare(check: (without: ApiObject, withExtensions: ApiObject) => void): number {
  const count = { accepted: 0, refused: 0 };
  fc.assert(
    fc.property(PROGRAMS['workloads of other libraries'], program => {
      if (runOrRefuse(program, count)) {
        const without = { ...program, apps: program.apps.map(app => ({ ...app, extensions: [], clients: [] })) };
        const [before, after] = [without, program].map(each => build(each).node.findChild('web') as ApiObject);
        check(before, after);
      }
    }),
    { numRuns: 60 },
  );
  return count.accepted;
}

/** The path of the first value that is missing or different; `undefined` if all values are still there, in order. */
function missing(before: any, after: any, path = ''): string | undefined {
  if (path.endsWith('terminationGracePeriodSeconds')) {
    return after >= before ? undefined : path;
  }
  if (path.endsWith('stakater.com/reload')) {
    return after.split(',').includes(before) ? undefined : path;
  }
  if (Array.isArray(before)) {
    const key = (item: any) => item.mountPath ?? item.name;
    const items = before.map(item => after?.find((other: any) => key(other) === key(item)));
    const isOrdered = [...items]
      .sort((a, b) => after?.indexOf(a) - after?.indexOf(b))
      .every((item, i) => item === items[i]);
    return isOrdered ? before.map((item, i) => missing(item, items[i], `${path}/${i}`)).find(Boolean) : path;
  }
  if (typeof before !== 'object' || before === null) {
    return before === after ? undefined : path;
  }
  return Object.entries(before)
    .map(([name, value]) => missing(value, after?.[name], `${path}/${name}`))
    .find(Boolean);
}

test('extensions keep every value of a workload, and render it twice alike', () => {
  const accepted = compare((without, withExtensions) => {
    const after = withExtensions.toJson();
    expect(missing(without.toJson(), after)).toBeUndefined();
    expect(withExtensions.toJson()).toEqual(after);
  });
  expect(accepted).toBeGreaterThan(15);
}, 120_000);

test('extensions add no finding to a workload', () => {
  const findings = (object: ApiObject) => {
    const rules = RULES.filter(rule => isFor(object, rule));
    const { findings: all } = audit(new Inventory(readConstructs(object)), { rules, known: RULE_IDS });
    const ofWorkload = all.filter(({ object: { name }, reason }) => name === 'web' && reason === undefined);
    // nothing restarts a bare pod when an existing ConfigMap changes
    const isOfBarePod = (id: string) => object.kind === 'Pod' && id === 'config-change-rolls-pods';
    return ofWorkload.map(({ rule }) => rule.id).filter(id => !(id in EXCEPTIONS) && !isOfBarePod(id));
  };
  const accepted = compare((without, withExtensions) => {
    const existing = findings(without);
    const added = findings(withExtensions).filter(id => {
      const i = existing.indexOf(id);
      existing.splice(i, i < 0 ? 0 : 1);
      return i < 0;
    });
    expect(added).toEqual([]);
  });
  expect(accepted).toBeGreaterThan(15);
}, 120_000);

test('a missing or reordered value is reported', () => {
  const list = [{ name: 'a', image: 'a' }, { name: 'b' }];
  expect(missing({ list }, { list: [{ name: 'new' }, ...list] })).toBeUndefined();
  expect(missing({ list }, { list: [...list].reverse() })).toBe('/list');
  expect(missing({ list }, { list: [{ name: 'a', image: 'other' }, { name: 'b' }] })).toBe('/list/0/image');
  expect(missing({ list }, { list: [{ name: 'b' }] })).toBeDefined();
});
