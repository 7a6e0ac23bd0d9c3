import { writeFileSync } from 'fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { checked } from './checked';
import { ExitStatus } from './exit-status';
import { PATHS_HELP, readInput } from './input';
import { Inventory } from '../inspect/inventory';
import { toJson } from '../safety/formats/json';
import { toJunit } from '../safety/formats/junit';
import { toMarkdown } from '../safety/formats/markdown';
import { describePlace, openFindings, Report, summarize } from '../safety/formats/report';
import { toSarif } from '../safety/formats/sarif';
import { toText } from '../safety/formats/text';
import { SEVERITIES, Severity } from '../safety/rule';
import { audit } from '../safety/run';
import { select } from '../safety/selection';

type Format = (typeof FORMATS)[number];
type GivenWaiver = readonly [ruleId: string, reason: string];

interface Options {
  readonly severity: Severity;
  readonly rule: readonly string[];
  readonly waive: readonly GivenWaiver[];
  readonly format: Format;
  readonly output?: string;
}

const FORMATS = ['text', 'json', 'markdown', 'sarif', 'junit'] as const;

const HELP_AFTER = `
Examples:
  helm template ./chart | cdk8s-storage-patterns audit -
  kustomize build overlays/live | cdk8s-storage-patterns audit -
  kubectl get all,configmaps,pvc,pdb,networkpolicies -A -o yaml | cdk8s-storage-patterns audit --severity error -
  cdk8s-storage-patterns audit k8s/ --format sarif --output audit.sarif

Exit status:
  0  nothing is found, or all of it is waived
  1  something is found
  2  the command or a part of its input cannot be used; the rest is audited

A finding is waived for good by an annotation of its object:
  waiver.cdk8s-storage-patterns/RULE: why, in at least three words`;

/** `audit FILE|DIR|-…`: asks every rule about manifests. */
export function auditCommand(program: Command): void {
  program
    .command('audit')
    .description('ask every rule about manifests')
    .argument('<paths...>', PATHS_HELP)
    .addOption(new Option('--severity <severity>', 'the lowest that counts').choices(SEVERITIES).default('warning'))
    .addOption(
      new Option('--rule <id>', 'ask this rule only; may be repeated')
        .default([], 'all')
        .argParser((id, all: string[]) => [...all, id]),
    )
    .addOption(
      new Option('--waive <rule=reason>', 'leave a rule out, for a reason of at least three words; may be repeated')
        .default([], 'none')
        .argParser(collectWaiver),
    )
    .addOption(new Option('--format <format>', 'how to write the report').choices(FORMATS).default('text'))
    .option('--output <file>', 'write the report to a file')
    .addHelpText('after', HELP_AFTER)
    .action(async (paths: string[], { rule, severity, waive, format, output }: Options, command: Command) => {
      const options = checked(command, () => select({ rules: rule, severity, waivers: waive }));
      const { objects, problems } = await readInput(paths);
      const report = { ...audit(new Inventory(objects), options), problems };
      const text = write(
        report,
        format,
        command.parent!.version()!,
        output === undefined && process.stdout.hasColors?.(),
      );
      if (output === undefined) {
        process.stdout.write(text);
      } else {
        checked(command, () => writeFileSync(output, text));
      }
      if (output !== undefined || format !== 'text') {
        process.stderr.write(
          [
            ...problems.map(problem => `${describePlace(problem)} unreadable ${problem.message}`),
            summarize(report),
            '',
          ].join('\n'),
        );
      }
      process.exitCode =
        problems.length > 0
          ? ExitStatus.UNUSABLE
          : openFindings(report).length > 0
            ? ExitStatus.FINDINGS
            : ExitStatus.CLEAN;
    });
}

function write(report: Report, format: Format, version: string, colors?: boolean): string {
  switch (format) {
    case 'json':
      return toJson(report);
    case 'markdown':
      return toMarkdown(report);
    case 'sarif':
      return toSarif(report, { version });
    case 'junit':
      return toJunit(report);
    case 'text':
      return toText(report, { colors });
  }
}

function collectWaiver(value: string, all: readonly GivenWaiver[]): GivenWaiver[] {
  const [, ruleId, reason] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (ruleId === undefined) {
    throw new InvalidArgumentError('write it as RULE=REASON');
  }
  return [...all, [ruleId, reason]];
}
