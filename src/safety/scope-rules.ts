import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkObjects, toRule } from './custom-rule';
import type { Problem, Rule } from './rule';
import { RegisteredRule, rulesAround, rulesBelow } from './rule-registry';
import { workloadOf } from './waiver';
import { groupBy } from '../checks/groups';
import type { ManifestObject } from '../inspect/manifest';

/** The rules of users that apply to a scope, or to a part of it. */
export function scopeRules(scope: IConstruct): Rule[] {
  // charts of one class each add the same rule, which then is one rule of the report
  const groups = groupBy([...rulesAround(scope), ...rulesBelow(scope)], ({ definition }) => JSON.stringify(definition));
  return [...groups.values()].map(toScopeRule);
}

/** Converts registrations of one definition to a rule of the audit. */
export function toScopeRule(group: readonly RegisteredRule[]): Rule {
  return toRule(group[0].definition, objects => group.flatMap(registered => problemsOf(registered, objects)));
}

function problemsOf({ scope, rule, definition }: RegisteredRule, objects: readonly ManifestObject[]): Problem[] {
  const constructs = new Map(scope.node.findAll().map(construct => [construct.node.path, construct]));
  const constructOf = ({ source }: ManifestObject) => constructs.get(source.constructPath ?? '');
  const below = objects.filter(constructOf);
  const byPath = new Map(below.map(object => [object.source.constructPath, object]));
  return checkObjects(rule, definition.id, below).map(problem => {
    const workload = workloadOf(constructOf(problem.object)!);
    return { ...problem, about: workload && byPath.get(ApiObject.of(workload).node.path) };
  });
}
