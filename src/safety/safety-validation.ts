import { Baseline } from './baseline';
import {
  describePlace,
  openFindings,
  placeOf,
  placeOfWaiver,
  Report,
  reportOf,
  rulesOf,
  waiverNotes,
} from './formats/report';
import { loadRules } from './load-rules';
import type { Profile, Rule, Severity } from './rule';
import { audit, AuditOptions, Finding } from './run';
import { select } from './selection';
import { listed, message } from '../checks/message';
import { readRegularFile } from '../checks/read-file';
import { Inventory } from '../inspect/inventory';
import { describeObject, ManifestProblem } from '../inspect/manifest';
import { readYaml } from '../inspect/read-yaml';

/** The `properties` of the plugin in `cdk8s.yaml`. */
interface SafetyValidationProperties {
  /** The ids of the rules to check; all if omitted. */
  readonly rules?: readonly string[];
  /** The profile whose rules to check; `storage` if omitted. */
  readonly profile?: Profile;
  /** The path of a baseline file, relative to the working directory. */
  readonly baseline?: string;
  /** The lowest severity to check; `warning` if omitted. */
  readonly severity?: Severity;
  /** The reasons of waivers for all objects, by rule id. */
  readonly waivers?: Readonly<Record<string, string>>;
  /** JavaScript modules with rules of the user, relative to the working directory. */
  readonly loadRules?: readonly string[];
}

const PROPERTIES: Record<keyof SafetyValidationProperties, true> = {
  profile: true,
  rules: true,
  severity: true,
  waivers: true,
  loadRules: true,
  baseline: true,
};

/** The used part of `ValidationContext` of cdk8s-cli. */
interface ValidationContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
  readonly logger: { log(message: string): void };
}

/** The used part of `ValidationViolation` of cdk8s-cli, with the objects that violate a rule. */
interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

/**
 * The audit as a validation plugin of cdk8s-cli. It works for apps in every language. `cdk8s synth` runs it on the
 * manifests.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/
 * @jsii ignore
 */
export class SafetyValidation {
  private readonly options: AuditOptions;

  public constructor(properties: SafetyValidationProperties = {}) {
    const unknown = Object.keys(properties).filter(name => !Object.hasOwn(PROPERTIES, name));
    if (unknown.length > 0) {
      throw new Error(
        message(`Unknown properties: ${listed(unknown)}.`, `Use ${listed(Object.keys(PROPERTIES), 'or')}.`),
      );
    }
    const { profile, rules, severity, waivers = {}, loadRules: files = [], baseline } = properties;
    const selected = select({
      profile,
      rules,
      severity,
      waivers: Object.entries(waivers),
      customRules: loadRules([files].flat()),
    });
    this.options = { ...selected, baseline: baseline === undefined ? undefined : Baseline.read(baseline) };
  }

  public async validate({ manifests, report, logger }: ValidationContext): Promise<void> {
    const audited = this.audit(manifests);
    const open = openFindings(audited);
    const violations = [
      ...audited.problems.map(unreadable),
      ...rulesOf(open).map(rule =>
        violation(
          rule,
          open.filter(finding => finding.rule === rule),
        ),
      ),
    ];
    violations.forEach(found => report.addViolation(found));
    waiverNotes(audited).forEach(note =>
      logger.log(`${describePlace(placeOfWaiver(note.waiver))} ${note.kind} waiver: ${note.message}`),
    );
    const counts = Object.entries(audited.counts).map(([name, count]) => [name, String(count)]);
    report.submit(violations.length > 0 ? 'failure' : 'success', Object.fromEntries(counts));
  }

  private audit(manifests: readonly string[]): Report {
    const documents = manifests.map(path => readYaml(readRegularFile(path).toString('utf8'), path));
    const inventory = new Inventory(documents.flatMap(({ objects }) => objects));
    return reportOf(audit(inventory, this.options), { problems: documents.flatMap(({ problems }) => problems) });
  }
}

function unreadable(problem: ManifestProblem): Violation {
  return {
    ruleName: 'unreadable',
    recommendation: problem.message,
    fix: 'Correct the document.',
    violatingResources: [{ resourceName: '', locations: [describePlace(problem)], manifestPath: problem.file }],
  };
}

function violation({ id, summary, rationale, fix, documentationUrl }: Rule, findings: readonly Finding[]): Violation {
  return {
    ruleName: id,
    recommendation: `${summary} ${rationale}${documentationUrl ? ` (${documentationUrl})` : ''}`,
    fix: `${fix.construct} In YAML: ${fix.yaml}`,
    violatingResources: findings.map(finding => {
      const place = placeOf(finding);
      return {
        // cdk8s-cli finds the construct by this name
        resourceName: finding.object.name,
        locations: [`line ${place?.line}: ${describeObject(finding.object)}: ${finding.message}`],
        manifestPath: place?.file ?? '',
      };
    }),
  };
}
