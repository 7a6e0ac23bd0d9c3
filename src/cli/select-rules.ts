import type { Command } from 'commander';
import { ExitStatus } from './exit-status';
import { suggest } from '../checks/nearest';
import type { Rule } from '../safety/rule';
import { RULES } from '../safety/rules';

export function ruleIds(): string[] {
  return RULES.map(({ id }) => id);
}

/** The rules of these ids, or all when none is given. */
export function selectRules(ids: readonly string[], command: Command): readonly Rule[] {
  ids.forEach(id => checkRuleId(id, command));
  return ids.length > 0 ? RULES.filter(({ id }) => ids.includes(id)) : RULES;
}

export function checkRuleId(id: string, command: Command): void {
  if (!ruleIds().includes(id)) {
    command.error(`there is no rule '${id}'. ${suggest(id, ruleIds())}`, { exitCode: ExitStatus.UNUSABLE });
  }
}
