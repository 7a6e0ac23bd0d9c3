import type { Command } from 'commander';
import { checked } from './checked';
import { explainRules, listRules } from '../safety/formats/rules';
import { select } from '../safety/selection';

/** `rules [ID…]`: what is asked, and why. */
export function rulesCommand(program: Command): void {
  program
    .command('rules')
    .description('list the rules, or say why some of them are there and how to satisfy them')
    .argument('[id...]', 'rules to explain')
    .action((ids: string[], _, command: Command) => {
      const { rules } = checked(command, () => select({ rules: ids }));
      process.stdout.write(ids.length > 0 ? explainRules(rules) : listRules(rules));
    });
}
