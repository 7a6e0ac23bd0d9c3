import { Command, InvalidArgumentError, Option } from 'commander';
import { ExitStatus } from './exit-status';
import { PATHS_HELP, readInput } from './input';
import { checkRuleId, ruleIds, selectRules } from './select-rules';
import { isReason } from '../checks/reason';
import { audit } from '../safety/audit';
import { openFindings } from '../safety/formats/report';
import { toText } from '../safety/formats/text';

interface AuditOptions {
  readonly rule: readonly string[];
  readonly waive: ReadonlyMap<string, string>;
}

/** `audit FILE|DIR|-…`: asks every rule about manifests. */
export function auditCommand(program: Command): void {
  program.command('audit')
    .description('ask every rule about manifests')
    .argument('<paths...>', PATHS_HELP)
    .addOption(new Option('--rule <id>', 'ask this rule only; may be repeated').default([], 'all').argParser(collect))
    .addOption(new Option('--waive <rule=reason>', 'leave a rule out, for a reason of at least three words; may be repeated').default(new Map(), 'none').argParser(collectWaiver))
    .action(async (paths: string[], options: AuditOptions, command: Command) => {
      [...options.waive.keys()].forEach(id => checkRuleId(id, command));
      const rules = selectRules(options.rule, command);
      const { objects, problems } = await readInput(paths);
      const report = { ...audit(objects, { rules, known: ruleIds(), waivers: options.waive }), problems };
      process.stdout.write(toText(report, { colors: process.stdout.hasColors?.() }));
      process.exitCode = problems.length > 0 ? ExitStatus.UNUSABLE : openFindings(report).length > 0 ? ExitStatus.FINDINGS : ExitStatus.CLEAN;
    });
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function collectWaiver(value: string, previous: ReadonlyMap<string, string>): Map<string, string> {
  const [, rule, reason] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (rule === undefined || !isReason(reason)) {
    throw new InvalidArgumentError('write RULE=REASON, with a reason of at least three words');
  }
  return new Map([...previous, [rule, reason]]);
}
