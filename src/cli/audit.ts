import { Command, InvalidArgumentError, Option } from 'commander';
import { AuditFlags, AuditSettings, GivenWaiver, settingsOf } from './audit-settings';
import { CONFIGURATION_FILE, FAIL_ON, FailOn } from './configuration';
import { ExitStatus } from './exit-status';
import { configOptions } from './find-configuration';
import { PATHS_HELP, readInput, renderOption } from './input';
import { choiceOption, countOption, formatOption, loadRulesOption, outputOption, repeated } from './options';
import { checked, print, printError, write, writeProblems } from './output';
import { Progress } from './progress';
import { plural } from '../checks/message';
import { Inventory } from '../inspect/inventory';
import { Baseline } from '../safety/baseline';
import { toGithub } from '../safety/formats/github';
import { Grouping, GROUPINGS } from '../safety/formats/grouping';
import { toJson } from '../safety/formats/json';
import { toJunit } from '../safety/formats/junit';
import { toMarkdown } from '../safety/formats/markdown';
import { keepWorst, openFindings, Report, reportOf } from '../safety/formats/report';
import { toSarif } from '../safety/formats/sarif';
import { remarks, summarize } from '../safety/formats/summary';
import { toText } from '../safety/formats/text';
import { INTERNAL_ERROR } from '../safety/internal-error';
import { isAtLeast, PROFILES, SEVERITIES } from '../safety/rule';
import { RULES } from '../safety/rules';
import { audit, Finding } from '../safety/run';
import { writeWhole } from '../safety/write-file';

interface FormatContext {
  /** The version of this package. */
  readonly version: string;
  /** Whether the output supports colors. */
  readonly colors: boolean;
  readonly group?: Grouping;
}

const FORMATS: Readonly<Record<string, (report: Report, context: FormatContext) => string>> = {
  text: toText,
  json: toJson,
  markdown: toMarkdown,
  sarif: toSarif,
  junit: toJunit,
  github: report => toGithub(report),
};

const HELP_AFTER = `
Examples:
  helm template ./chart | cdk8s-storage-patterns audit -
  kustomize build overlays/live | cdk8s-storage-patterns audit -
  kubectl get all,configmaps,pvc,pdb,networkpolicies -A -o yaml | cdk8s-storage-patterns audit --severity error -
  cdk8s-storage-patterns audit k8s/ --format sarif --output audit.sarif
  cdk8s-storage-patterns audit k8s/ --baseline audit-baseline.json --write-baseline

Exit status:
  0  There are no findings that '--fail-on' names.
  1  There are such findings.
  2  The command is invalid, or some of the input cannot be read or audited. The rest has no such findings.
  3  There are such findings, and some of the input cannot be read or audited.

To waive a finding permanently, annotate its object with a reason of at least three words:
  waiver.cdk8s-storage-patterns/RULE: REASON
or name the object in '${CONFIGURATION_FILE}'.`;

/** `audit FILE|DIR|-…`: checks manifests against the rules. */
export function auditCommand(program: Command): void {
  const command = program
    .command('audit')
    .description('Check manifests against the rules.')
    .argument('<paths...>', PATHS_HELP);
  optionsOfAudit().forEach(option => command.addOption(option));
  command.addHelpText('after', HELP_AFTER).action(async (paths: string[], flags: AuditFlags) => {
    const settings = checked(command, () => settingsOf(flags));
    const progress = new Progress();
    progress.show('Reading the manifests');
    const hasCustomRules = settings.audit.rules.some(rule => !RULES.some(({ id }) => id === rule.id));
    const { objects, ...remainder } = await readInput(paths, {
      render: flags.render,
      isExcluded: settings.isExcluded,
      keepsAllFields: hasCustomRules,
    });
    const report = checked(command, () => {
      const { rules } = settings.audit;
      const onRule = (index: number) => progress.show(`Checking rule ${index + 1} of ${rules.length}`);
      try {
        return reportOf(audit(new Inventory(objects), { ...settings.audit, onRule }), remainder);
      } finally {
        progress.clear();
      }
    });
    if (settings.baselineToWrite !== undefined) {
      writeBaseline(report, settings.baselineToWrite, command);
    } else {
      writeReport(report, flags, command);
    }
    process.exitCode = exitStatusOf(report, settings);
  });
}

function optionsOfAudit(): Option[] {
  return [
    choiceOption(
      '--profile <profile>',
      'The rules to check: those about storage, configuration and logs, or also those about other good practice.',
      PROFILES,
      'storage',
    ),
    choiceOption('--severity <severity>', 'The lowest severity to report.', SEVERITIES, 'warning'),
    choiceOption('--fail-on <severity>', 'The lowest severity that sets exit status 1.', FAIL_ON, 'warning'),
    new Option('--ignore-unreadable', 'Do not fail because of unreadable input, if any object was audited.'),
    repeated('--rule <id>', 'Check this rule only, in any profile.', 'all'),
    new Option('--waive <rule=reason>', 'Waive a rule for all objects. Can be repeated.')
      .default([], 'none')
      .argParser(collectWaiver),
    renderOption(),
    loadRulesOption(),
    new Option('--baseline <file>', 'Report only findings that this file does not contain.'),
    new Option('--write-baseline', "Write the findings to the file of '--baseline' in place of a report."),
    ...configOptions(),
    formatOption(FORMATS),
    choiceOption(
      '--group <subject>',
      'Group the findings of the formats text and markdown.',
      GROUPINGS,
      'rule for more than 30 findings, otherwise none',
    ),
    countOption('--max-findings <number>', 'Report only so many findings, the worst ones.'),
    outputOption(),
  ];
}

function writeReport(report: Report, { format, output, group, maxFindings = Infinity }: AuditFlags, command: Command) {
  const context = {
    version: command.parent!.version()!,
    colors: output === undefined && process.stdout.hasColors?.() === true,
    group,
  };
  const shown = keepWorst(report, maxFindings);
  const text = FORMATS[format](shown, context);
  write(command, { text, file: output, isReadable: format === 'text', problems: report.problems });
  if (output !== undefined || format !== 'text') {
    [summarize(shown), ...remarks(shown)].forEach(printError);
  }
}

function writeBaseline(report: Report, file: string, command: Command): void {
  const findings = openFindings(report);
  checked(command, () => writeWhole(file, Baseline.of(findings).toString()));
  writeProblems(report.problems);
  print(`Wrote ${plural(findings.length, 'finding')} to ${file}\n`);
}

function exitStatusOf(report: Report, { failOn, ignoreUnreadable, baselineToWrite }: AuditSettings): ExitStatus {
  const isIgnored = ignoreUnreadable && report.objects.length > 0;
  const isUnreadable = (report.problems.length > 0 && !isIgnored) || report.findings.some(isInternalError);
  if (baselineToWrite === undefined && fails(report, failOn)) {
    return isUnreadable ? ExitStatus.FINDINGS_AND_UNREADABLE : ExitStatus.FINDINGS;
  }
  return isUnreadable ? ExitStatus.UNUSABLE : ExitStatus.CLEAN;
}

function fails(report: Report, failOn: FailOn): boolean {
  return (
    failOn !== 'never' &&
    openFindings(report).some(finding => isAtLeast(finding.severity, failOn) && !isInternalError(finding))
  );
}

function isInternalError({ rule }: Finding): boolean {
  return rule === INTERNAL_ERROR;
}

function collectWaiver(value: string, waivers: readonly GivenWaiver[]): GivenWaiver[] {
  const [, ruleId, reason] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (ruleId === undefined) {
    throw new InvalidArgumentError('Write it as RULE=REASON.');
  }
  return [...waivers, [ruleId, reason]];
}
