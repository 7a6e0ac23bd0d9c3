import type { FailOn } from './configuration';
import { ConfigFlag, findConfiguration } from './find-configuration';
import { message } from '../checks/message';
import { Baseline } from '../safety/baseline';
import type { Grouping } from '../safety/formats/grouping';
import { loadRules } from '../safety/load-rules';
import { isAtLeast, Profile, Severity } from '../safety/rule';
import type { AuditOptions } from '../safety/run';
import { select } from '../safety/selection';

/** A rule that the command waives for all objects, and the reason. */
export type GivenWaiver = readonly [ruleId: string, reason: string];

/** The options of the command, as they were typed. */
export interface AuditFlags {
  readonly profile?: Profile;
  readonly severity?: Severity;
  readonly failOn?: FailOn;
  readonly rule: readonly string[];
  readonly waive: readonly GivenWaiver[];
  readonly loadRules: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: boolean;
  readonly ignoreUnreadable?: boolean;
  readonly config?: ConfigFlag;
  readonly format: string;
  readonly group?: Grouping;
  readonly maxFindings?: number;
  readonly render?: boolean;
  readonly output?: string;
}

/** The settings of an audit: those of the command, which win, and those of the configuration file. */
export interface AuditSettings {
  readonly audit: AuditOptions;
  /** The lowest severity that fails the command. */
  readonly failOn: FailOn;
  readonly ignoreUnreadable: boolean;
  /** The file to write the findings to as a baseline, in place of a report. */
  readonly baselineToWrite?: string;
  /** Whether the configuration excludes a file. */
  isExcluded(file: string): boolean;
}

/** The formats whose findings can be grouped. */
const GROUPED_FORMATS = ['text', 'markdown'];

/**
 * Merges the options of the command with the configuration file.
 *
 * @throws Error with a sentence for an invalid file, an unknown rule and options that contradict each other
 */
export function settingsOf(flags: AuditFlags): AuditSettings {
  const configuration = findConfiguration(flags.config);
  const customRules = loadRules([...configuration.loadRules, ...flags.loadRules]);
  const severities = severitiesOf(flags, configuration);
  const selected = select({
    rules: flags.rule,
    profile: flags.profile ?? configuration.profile,
    severity: severities.severity,
    waivers: flags.waive,
    customRules,
  });
  configuration.checkRules(selected.known!);
  checkGroup(flags);
  const baseline = flags.baseline ?? configuration.baseline;
  if (flags.writeBaseline && baseline === undefined) {
    const remedy = "Add '--baseline audit-baseline.json', or set 'baseline' in the configuration file.";
    throw new Error(message("'--write-baseline' does not know the file to write.", remedy));
  }
  return {
    audit: {
      ...selected,
      waivers: [...selected.waivers!, ...configuration.waivers],
      levelOf: configuration.levelOf,
      // a new baseline contains findings of every severity
      ...(flags.writeBaseline
        ? { minimumSeverity: 'info' }
        : { baseline: baseline === undefined ? undefined : Baseline.read(baseline) }),
    },
    failOn: severities.failOn,
    ignoreUnreadable: flags.ignoreUnreadable ?? configuration.ignoreUnreadable ?? false,
    baselineToWrite: flags.writeBaseline ? baseline : undefined,
    isExcluded: configuration.isExcluded,
  };
}

interface Severities {
  readonly severity?: Severity;
  readonly failOn?: FailOn;
}

/**
 * Returns the lowest severity to report and the lowest one that fails. If one of them is omitted, it follows the other:
 * a finding that fails the command is always reported.
 */
function severitiesOf(flags: Severities, configuration: Severities): Required<Severities> {
  [flags, configuration].forEach(refuseHiddenFailures);
  const severity = flags.severity ?? configuration.severity;
  const failOn = flags.failOn ?? configuration.failOn;
  const all = { severity: severity ?? 'warning', failOn: failOn ?? 'warning' } as const;
  if (!hidesFailures(all)) {
    return all;
  }
  const failOnWins = flags.failOn !== undefined || severity === undefined;
  return failOnWins ? { ...all, severity: all.failOn as Severity } : { ...all, failOn: all.severity };
}

function hidesFailures({ severity, failOn }: Severities): boolean {
  return severity !== undefined && failOn !== undefined && failOn !== 'never' && !isAtLeast(failOn, severity);
}

function refuseHiddenFailures(severities: Severities): void {
  if (hidesFailures(severities)) {
    const { severity, failOn } = severities;
    throw new Error(
      message(
        `The severity '${failOn}' fails the command, but the lowest severity to report is '${severity}'.`,
        `Use '--severity ${failOn}' or '--fail-on ${severity}'.`,
      ),
    );
  }
}

function checkGroup({ group, format }: Pick<AuditFlags, 'group' | 'format'>): void {
  if (group !== undefined && !GROUPED_FORMATS.includes(format)) {
    throw new Error(
      message(`'--group' does not apply to the format '${format}'.`, "Omit it, or use '--format text' or 'markdown'."),
    );
  }
}
