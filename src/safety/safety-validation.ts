import { readFileSync } from 'fs';
import { countFindings, describePlace, openFindings, placeOf, placeOfWaiver } from './formats/report';
import type { Rule, Severity } from './rule';
import { audit, AuditOptions, Finding } from './run';
import { select } from './selection';
import { listed } from '../checks/message';
import { Inventory } from '../inspect/inventory';
import { describeObject } from '../inspect/manifest';
import { readYaml } from '../inspect/read-yaml';

/** What `properties` of the plugin in `cdk8s.yaml` may say. */
interface SafetyValidationProperties {
  /** The rules to ask; all unless told. */
  readonly rules?: readonly string[];
  /** The lowest severity that fails; `warning` unless told. */
  readonly severity?: Severity;
  /** Reasons of at least three words by rule, for all objects. */
  readonly waivers?: Readonly<Record<string, string>>;
}

/** What is used of `ValidationContext` of cdk8s-cli. */
interface ValidationContext {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly {
        readonly resourceName: string;
        readonly locations: readonly string[];
        readonly manifestPath: string;
      }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
  readonly logger: { log(message: string): void };
}

/**
 * The audit as a validation plugin of cdk8s-cli, for apps in every language: `cdk8s synth` asks it about the manifests.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/
 * @jsii ignore
 */
export class SafetyValidation {
  private readonly options: AuditOptions;

  public constructor(properties: SafetyValidationProperties = {}) {
    const { rules, severity, waivers = {}, ...others } = properties;
    if (Object.keys(others).length > 0) {
      throw new Error(
        `the properties have ${listed(Object.keys(others))}. there are 'rules', 'severity' and 'waivers'`,
      );
    }
    this.options = select({ rules, severity, waivers: Object.entries(waivers) });
  }

  public async validate({ manifests, report, logger }: ValidationContext): Promise<void> {
    const read = manifests.map(path => readYaml(readFileSync(path, 'utf8'), path));
    const problems = read.flatMap(manifest => manifest.problems);
    const audited = {
      ...audit(new Inventory(read.flatMap(({ objects }) => objects)), this.options),
      problems,
    };
    for (const problem of problems) {
      report.addViolation({
        ruleName: 'unreadable',
        recommendation: problem.message,
        fix: 'correct the document',
        violatingResources: [{ resourceName: '', locations: [describePlace(problem)], manifestPath: problem.file }],
      });
    }
    const open = openFindings(audited);
    for (const rule of new Set(open.map(finding => finding.rule))) {
      report.addViolation(
        violation(
          rule,
          open.filter(finding => finding.rule === rule),
        ),
      );
    }
    for (const waiver of audited.invalidWaivers) {
      logger.log(`${describePlace(placeOfWaiver(waiver))} ${waiver.message}`);
    }
    for (const waiver of audited.unusedWaivers) {
      logger.log(
        `${describePlace(placeOfWaiver(waiver))} the waiver of '${waiver.ruleId}' finds nothing that it waives. ` +
          'remove it',
      );
    }
    const counts = Object.entries(countFindings(audited)).map(([name, count]) => [name, String(count)]);
    report.submit(open.length + problems.length > 0 ? 'failure' : 'success', Object.fromEntries(counts));
  }
}

function violation({ id, summary, rationale: why, fix, documentationUrl: see }: Rule, findings: readonly Finding[]) {
  return {
    ruleName: id,
    recommendation: `${summary}, for ${why} (${see})`,
    fix: `${fix.construct}; in YAML: ${fix.yaml}`,
    violatingResources: findings.map(finding => {
      const place = placeOf(finding);
      return {
        // by the bare name cdk8s-cli finds the construct
        resourceName: finding.object.name,
        locations: [`line ${place?.line}: ${describeObject(finding.object)}: ${finding.message}`],
        manifestPath: place?.file ?? '',
      };
    }),
  };
}
