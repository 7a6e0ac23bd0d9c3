import type { Rule } from '../rule';

/** Formats rules as a list with one line for each rule. */
export function listRules(rules: readonly Rule[]): string {
  const widthOf = (column: (rule: Rule) => string) => Math.max(...rules.map(rule => column(rule).length));
  const widths = [widthOf(({ id }) => id), widthOf(({ severity }) => severity), widthOf(({ profile }) => profile)];
  return rules
    .map(({ id, severity, profile, summary }) => {
      const columns = [id, severity, profile].map((text, i) => text.padEnd(widths[i]));
      return `${[...columns, summary].join('  ')}\n`;
    })
    .join('');
}

/** Formats rules with their rationales and fixes. */
export function explainRules(rules: readonly Rule[]): string {
  return rules
    .map(({ id, severity, profile, summary, rationale, documentationUrl, fix }) =>
      [
        `${id} (${severity}, profile ${profile})`,
        `  ${summary} ${rationale}`,
        `  Fix in YAML:       ${fix.yaml}`,
        `  Fix in constructs: ${fix.construct}`,
        ...(documentationUrl ? [`  Documentation:     ${documentationUrl}`] : []),
        '',
      ].join('\n'),
    )
    .join('\n');
}
