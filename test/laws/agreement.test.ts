import type { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { build } from './arbitraries/program';
import { PROGRAMS } from './arbitraries/programs';
import { INIT_DIRECTORY } from '../../src/facts/images/database-image';
import { ConfigUse, configUses } from '../../src/inspect/config-use';
import { Inventory } from '../../src/inspect/inventory';
import type { Pod } from '../../src/inspect/pods';
import { readConstructs } from '../../src/inspect/read-constructs';
import { mapStorage } from '../../src/map/build';
import type { Row } from '../../src/map/model';
import { rolloutObstacle } from '../../src/predicates/rollout-obstacle';
import { isFor } from '../../src/safety/rule';
import { RULES } from '../../src/safety/rules';
import { audit, Finding } from '../../src/safety/run';

const { PROPERTY_RUNS = '25' } = process.env;
const ROLLOUT_RULES: readonly string[] = ['config-change-rolls-pods', 'no-sub-path-config'];

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterAll(() => jest.restoreAllMocks());

test.each<[subject: string, rollouts: boolean[]]>([
  ['workloads', []],
  ['controllers', [true]],
  ['configuration', [false, true]],
  ['databases', [true]],
  ['external databases', []],
  ['log shipping', [true]],
])(
  'a program of %s that the builder accepts has no finding, and rule and map agree on its rollouts',
  (subject, rollouts) => {
    let accepted = 0;
    const compared = new Set<boolean>();
    fc.assert(
      fc.property(PROGRAMS[subject], program => {
        const chart = buildIfAccepted(() => build(program));
        if (chart) {
          accepted++;
          const inventory = new Inventory(readConstructs(chart));
          const { findings } = audit(inventory, { rules: RULES.filter(rule => isFor(chart, rule)) });
          expectNoFindings(findings);
          compareRollouts(inventory, findings).forEach(rolls => compared.add(rolls));
        }
      }),
      { numRuns: Number(PROPERTY_RUNS) },
    );
    expect(accepted).toBeGreaterThan(Number(PROPERTY_RUNS) / 20);
    expect([...compared]).toEqual(expect.arrayContaining(rollouts));
  },
  600_000,
);

/** The chart of a program that the builder accepts. Another law checks the errors of the others. */
function buildIfAccepted(program: () => Chart): Chart | undefined {
  try {
    const chart = program();
    chart.toJson();
    return chart;
  } catch {
    return undefined;
  }
}

/**
 * Every finding has a waiver in the manifests, because the audit of the YAML sees nothing else. Information is about
 * choices of the user, such as a backup in another place.
 */
function expectNoFindings(findings: readonly Finding[]): void {
  const unexpected = findings.filter(({ reason, severity }) => reason === undefined && severity !== 'info');
  expect(unexpected.map(({ rule, object, message }) => [rule.id, object.source.constructPath, message])).toEqual([]);
}

/** Expects that rule and map agree on whether a change of a ConfigMap rolls out new pods, and returns their answers. */
function compareRollouts(inventory: Inventory, findings: readonly Finding[]): boolean[] {
  const { workloads } = mapStorage({ objects: inventory.objects, problems: [] });
  return inventory.pods.flatMap((pod, i) =>
    configUses(pod)
      .filter(use => isChecked(pod, use, inventory))
      .flatMap(({ name }) => {
        const rolls = !findings.some(
          ({ rule, object, about }) => ROLLOUT_RULES.includes(rule.id) && object === pod.object && about?.name === name,
        );
        const rollouts = workloads[i].rows.filter(row => shows(row, name, rolls)).map(row => row.rollout!.rolls);
        expect({ name, rollouts }).toEqual({ name, rollouts: rollouts.map(() => rolls) });
        expect(rolls || rollouts.length > 0).toBe(true);
        return rollouts;
      }),
  );
}

/** Whether the rules check a ConfigMap of a pod: it is not read at the first start only, and no Secret has its name. */
function isChecked(pod: Pod, { kind, name, volume }: ConfigUse, inventory: Inventory): boolean {
  const mounts = pod.containers.flatMap(container => container.mounts).filter(mount => mount.volume === volume?.name);
  return (
    kind === 'ConfigMap' &&
    inventory.find(kind, name, pod.object) !== undefined &&
    ['Deployment', 'StatefulSet'].includes(pod.object.kind) &&
    rolloutObstacle(pod.object) === undefined &&
    !mounts.some(({ path }) => path === INIT_DIRECTORY) &&
    !configUses(pod).some(use => use.kind === 'Secret' && use.name === name)
  );
}

/**
 * Whether a row shows the content of a ConfigMap. A projected volume rolls out new pods only if all its sources do, so
 * the row says nothing about a ConfigMap that does.
 */
function shows({ source }: Row, configMap: string, rolls: boolean): boolean {
  return source === configMap || (!rolls && source.split(', ').includes(`ConfigMap ${configMap}`));
}
