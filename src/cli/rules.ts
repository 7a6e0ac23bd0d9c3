import type { Command } from 'commander';
import { loadRulesOption } from './options';
import { checked } from './output';
import { explainRules, listRules } from '../safety/formats/rules';
import { loadRules } from '../safety/load-rules';
import { select } from '../safety/selection';

interface RulesOptions {
  readonly loadRules: readonly string[];
}

/** `rules [ID…]`: lists or explains the rules. */
export function rulesCommand(program: Command): void {
  program
    .command('rules')
    .description('List the rules, or explain some of them.')
    .argument('[id...]', 'The rules to explain.')
    .addOption(loadRulesOption())
    .action((ids: string[], { loadRules: files }: RulesOptions, command: Command) => {
      const { rules } = checked(command, () => select({ rules: ids, customRules: loadRules(files) }));
      process.stdout.write(ids.length > 0 ? explainRules(rules) : listRules(rules));
    });
}
