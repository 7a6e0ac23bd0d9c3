import { Inventory } from '../../../src/inspect/inventory';
import { readYaml } from '../../../src/inspect/read-yaml';
import { Remainder, Report, reportOf } from '../../../src/safety/formats/report';
import type { Rule, Severity } from '../../../src/safety/rule';
import { audit, AuditOptions } from '../../../src/safety/run';

/** Returns a rule that finds a problem in every object of a kind. */
export function ruleFor(id: string, severity: Severity, kind = 'Pod'): Rule {
  return {
    id,
    severity,
    profile: 'storage',
    summary: `Summary of ${id}.`,
    rationale: `Rationale of ${id}.`,
    fix: { construct: `Construct of ${id}.`, yaml: `YAML of ${id}.` },
    check: inventory =>
      inventory.ofKind(kind).map(object => ({ object, at: ['metadata', 'name'], message: `Message of ${id}.` })),
  };
}

/** Returns a pod without a problem of its own. */
export function pod(name: string, metadata = ''): string {
  const spec = '{containers: [{name: app, image: a}]}';
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}${metadata}}\nspec: ${spec}\n`;
}

/** Returns several pods in one file. */
export function pods(count: number): string {
  return Array.from({ length: count }, (_, i) => pod(`pod-${i}`)).join('---\n');
}

/** Audits files by their names. */
export function reportFor(
  files: Readonly<Record<string, string>>,
  options: AuditOptions,
  remainder: Remainder = {},
): Report {
  const documents = Object.entries(files).map(([name, content]) => readYaml(content, name));
  return reportOf(audit(new Inventory(documents.flatMap(({ objects }) => objects)), options), remainder);
}
