import { Command, InvalidArgumentError, Option } from 'commander';
import { ExitStatus } from './exit-status';
import { PATHS_HELP, readInput, renderOption } from './input';
import { formatOption, loadRulesOption, outputOption } from './options';
import { checked, write } from './output';
import { Inventory } from '../inspect/inventory';
import { toJson } from '../safety/formats/json';
import { toJunit } from '../safety/formats/junit';
import { toMarkdown } from '../safety/formats/markdown';
import { openFindings, Report, summarize } from '../safety/formats/report';
import { toSarif } from '../safety/formats/sarif';
import { toText } from '../safety/formats/text';
import { loadRules } from '../safety/load-rules';
import { SEVERITIES, Severity } from '../safety/rule';
import { audit, AuditOptions } from '../safety/run';
import { select } from '../safety/selection';

type GivenWaiver = readonly [ruleId: string, reason: string];

interface FormatContext {
  /** The version of this package. */
  readonly version: string;
  /** Whether the output supports colors. */
  readonly colors: boolean;
}

const FORMATS = {
  text: (report: Report, { colors }: FormatContext) => toText(report, { colors }),
  json: toJson,
  markdown: toMarkdown,
  sarif: (report: Report, { version }: FormatContext) => toSarif(report, { version }),
  junit: toJunit,
};

interface Options {
  readonly severity: Severity;
  readonly rule: readonly string[];
  readonly waive: readonly GivenWaiver[];
  readonly loadRules: readonly string[];
  readonly format: keyof typeof FORMATS;
  readonly output?: string;
  readonly render?: boolean;
}

const HELP_AFTER = `
Examples:
  helm template ./chart | cdk8s-storage-patterns audit -
  kustomize build overlays/live | cdk8s-storage-patterns audit -
  kubectl get all,configmaps,pvc,pdb,networkpolicies -A -o yaml | cdk8s-storage-patterns audit --severity error -
  cdk8s-storage-patterns audit k8s/ --format sarif --output audit.sarif

Exit status:
  0  Nothing was found, or all findings are waived.
  1  There are findings.
  2  The command is invalid, or some of the input is unreadable. The rest is audited.

To waive a finding permanently, annotate its object with a reason of at least three words:
  waiver.cdk8s-storage-patterns/RULE: REASON`;

/** `audit FILE|DIR|-…`: checks manifests against the rules. */
export function auditCommand(program: Command): void {
  program
    .command('audit')
    .description('Check manifests against the rules.')
    .argument('<paths...>', PATHS_HELP)
    .addOption(
      new Option('--severity <severity>', 'The lowest severity to report.').choices(SEVERITIES).default('warning'),
    )
    .addOption(
      new Option('--rule <id>', 'Check this rule only. Can be repeated.')
        .default([], 'all')
        .argParser((id, ids: string[]) => [...ids, id]),
    )
    .addOption(
      new Option('--waive <rule=reason>', 'Waive a rule for all objects. Can be repeated.')
        .default([], 'none')
        .argParser(collectWaiver),
    )
    .addOption(renderOption())
    .addOption(loadRulesOption())
    .addOption(formatOption(FORMATS))
    .addOption(outputOption())
    .addHelpText('after', HELP_AFTER)
    .action(async (paths: string[], options: Options, command: Command) => {
      const auditOptions = checked(command, () => auditOptionsOf(options));
      const { objects, problems } = await readInput(paths, options);
      const report = checked(command, () => ({ ...audit(new Inventory(objects), auditOptions), problems }));
      writeReport(report, options, command);
      process.exitCode = exitStatusOf(report);
    });
}

function auditOptionsOf({ rule, severity, waive, loadRules: files }: Options): AuditOptions {
  return select({ rules: rule, severity, waivers: waive, customRules: loadRules(files) });
}

function writeReport(report: Report, { format, output }: Options, command: Command): void {
  const context = {
    version: command.parent!.version()!,
    colors: output === undefined && process.stdout.hasColors?.() === true,
  };
  const text = FORMATS[format](report, context);
  write(command, { text, file: output, isReadable: format === 'text', problems: report.problems });
  if (output !== undefined || format !== 'text') {
    process.stderr.write(`${summarize(report)}\n`);
  }
}

function exitStatusOf(report: Report): ExitStatus {
  if (report.problems.length > 0) {
    return ExitStatus.UNUSABLE;
  }
  return openFindings(report).length > 0 ? ExitStatus.FINDINGS : ExitStatus.CLEAN;
}

function collectWaiver(value: string, waivers: readonly GivenWaiver[]): GivenWaiver[] {
  const [, ruleId, reason] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (ruleId === undefined) {
    throw new InvalidArgumentError('Write it as RULE=REASON.');
  }
  return [...waivers, [ruleId, reason]];
}
