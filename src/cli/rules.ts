import type { Command } from 'commander';
import { selectRules } from './select-rules';
import { explainRules, listRules } from '../safety/formats/rules';

/** `rules [ID…]`: what is asked, and why. */
export function rulesCommand(program: Command): void {
  program.command('rules')
    .description('list the rules, or explain some of them')
    .argument('[id...]', 'rules to explain')
    .action((ids: string[], _, command: Command) => {
      const rules = selectRules(ids, command);
      process.stdout.write(ids.length > 0 ? explainRules(rules) : listRules(rules));
    });
}
