import { Command, Option } from 'commander';
import { loadRulesOption } from './options';
import { checked, print } from './output';
import { explainRules, listRules } from '../safety/formats/rules';
import { loadRules } from '../safety/load-rules';
import { Profile, PROFILES } from '../safety/rule';
import { select } from '../safety/selection';

interface RulesOptions {
  readonly loadRules: readonly string[];
  readonly profile: Profile;
}

/** `rules [ID…]`: lists or explains the rules. */
export function rulesCommand(program: Command): void {
  program
    .command('rules')
    .description('List the rules with their severities and profiles, or explain some of them.')
    .argument('[id...]', 'The rules to explain.')
    .addOption(
      new Option('--profile <profile>', 'List the rules of this profile.').choices(PROFILES).default('hygiene'),
    )
    .addOption(loadRulesOption())
    .action((ids: string[], { profile, loadRules: files }: RulesOptions, command: Command) => {
      const { rules } = checked(command, () => select({ rules: ids, profile, customRules: loadRules(files) }));
      print(ids.length > 0 ? explainRules(rules) : listRules(rules));
    });
}
