import type { Rule } from '../rule';

/** One line a rule. */
export function listRules(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map(({ id, severity, summary }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`).join('');
}

/** All that there is to say about each rule. */
export function explainRules(rules: readonly Rule[]): string {
  return rules
    .map(({ id, severity, summary, rationale: why, documentationUrl: see, fix }) =>
      [
        `${id} (${severity}): ${summary}`,
        `  otherwise:                   ${why}`,
        `  in YAML:                     ${fix.yaml}`,
        `  with cdk8s-storage-patterns: ${fix.construct}`,
        `  see:                         ${see}`,
        '',
      ].join('\n'),
    )
    .join('\n');
}
