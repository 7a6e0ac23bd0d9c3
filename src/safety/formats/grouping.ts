import { countsOf, worstFirst } from './report';
import { describeCounts } from './summary';
import { groupBy } from '../../checks/groups';
import { plural } from '../../checks/message';
import { compareBy } from '../../checks/order';
import { describeObject } from '../../inspect/manifest';
import { SEVERITIES, Severity } from '../rule';
import type { Audit, Finding } from '../run';

/** The subjects that findings can be grouped by. */
export const GROUPINGS = ['rule', 'object', 'file', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The largest number of findings that are not grouped by default. */
const UNGROUPED = 30;

/** A group of findings. */
export interface FindingGroup {
  /** The id of a rule, an object, or a file. */
  readonly title: string;
  /** The numbers of the group: `2 findings in 2 of 5 pods`. */
  readonly count: string;
  readonly findings: readonly Finding[];
  /** The worst severity. */
  readonly severity: Severity;
  /** Whether the rule of the group finds something in every pod, so that the first finding can stand for all. */
  readonly isUniversal: boolean;
}

const TITLES: Readonly<Record<Exclude<Grouping, 'none'>, (finding: Finding) => string>> = {
  rule: ({ rule }) => rule.id,
  object: ({ object }) => describeObject(object),
  file: ({ object: { source } }) => source.file ?? `[${source.constructPath}]`,
};

/** Returns the grouping if the user selected none: by rule if there are many findings. */
export function defaultGrouping(findings: readonly Finding[]): Grouping {
  return findings.length > UNGROUPED ? 'rule' : 'none';
}

/** Groups findings: rules by severity and number of findings, objects and files in their order. */
export function groupFindings(
  findings: readonly Finding[],
  grouping: Exclude<Grouping, 'none'>,
  { podObjects }: Pick<Audit, 'podObjects'>,
): FindingGroup[] {
  const pods = new Set(podObjects);
  const groups = [...groupBy(findings, TITLES[grouping])].map(([title, members]): FindingGroup => {
    const objects = new Set(members.map(({ object }) => object));
    const podCount = [...objects].filter(object => pods.has(object)).length;
    const isOfRule = grouping === 'rule';
    return {
      title,
      count: isOfRule
        ? `${plural(members.length, 'finding')} in ${describeExtent(objects.size, podCount, pods.size)}`
        : `${describeCounts(countsOf(members))}${grouping === 'file' ? ` in ${plural(objects.size, 'object')}` : ''}`,
      findings: members,
      severity: worstFirst(members)[0].severity,
      isUniversal: isOfRule && pods.size > 1 && podCount === pods.size && objects.size === podCount,
    };
  });
  return grouping === 'rule' ? groups.sort(compareGroups) : groups;
}

/** `9 of 23 pods`, or `9 objects` if some are not pods. */
function describeExtent(objects: number, pods: number, allPods: number): string {
  return objects === pods && allPods > 1 ? `${pods} of ${allPods} pods` : plural(objects, 'object');
}

function compareGroups(a: FindingGroup, b: FindingGroup): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    b.findings.length - a.findings.length ||
    compareBy<FindingGroup>(({ title }) => title)(a, b)
  );
}
