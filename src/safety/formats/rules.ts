import type { Rule } from '../rule';

/** Formats rules as a list with one line for each rule. */
export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`).join('');
}

/** Formats rules with their rationales and fixes. */
export function explainRules(rules: readonly Rule[]): string {
  return rules
    .map(({ id, severity, summary, rationale, documentationUrl, fix }) =>
      [
        `${id} (${severity})`,
        `  ${summary} ${rationale}`,
        `  Fix in YAML:       ${fix.yaml}`,
        `  Fix in constructs: ${fix.construct}`,
        ...(documentationUrl ? [`  Documentation:     ${documentationUrl}`] : []),
        '',
      ].join('\n'),
    )
    .join('\n');
}
