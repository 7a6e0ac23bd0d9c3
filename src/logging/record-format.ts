import type { IConstruct } from 'constructs';
import { Collector, CollectorPreset, insteadOf } from './collectors/preset';
import type { LogFormat } from './log-format';
import type { LogMultiline, MultilineRule } from './log-multiline';
import { checkRegex, inJavaScript } from './portable-regex';
import { checkField } from './record-time';
import { fail } from '../checks/fail';

/** Refuses a format that the collector does not support, and an expression that some collector does not support. */
export function checkFormat(scope: IConstruct, format: LogFormat, collector: Collector): LogFormat {
  const {
    _kind: kind,
    _pattern: pattern = '',
    _options: { severityField },
  } = format;
  const supports = ({ unsupportedFormats }: CollectorPreset) => unsupportedFormats?.[kind] === undefined;
  if (!supports(collector)) {
    fail(
      scope,
      `'format' is 'LogFormat.${kind}', which ${collector.title} does not support.`,
      insteadOf(collector, supports, collector.unsupportedFormats?.[kind]),
    );
  }
  if (severityField !== undefined) {
    checkField(scope, 'severityField', severityField);
  }
  if (kind === 'regex') {
    checkRegex(scope, 'format', pattern);
    if (!/\(\?P?<\w+>/.test(pattern)) {
      fail(
        scope,
        `The pattern '${pattern}' of 'format' has no named group, so it would find no field.`,
        "Add a named group, for example '(?<level>[A-Z]+)'.",
      );
    }
  }
  return format;
}

/** Returns the rule for records of several lines; refuses an expression that some collector does not support. */
export function checkMultiline(scope: IConstruct, { _rule: rule }: LogMultiline): MultilineRule {
  checkRegex(scope, 'multiline', rule.pattern);
  if (rule.kind === 'start' && new RegExp(inJavaScript(rule.pattern)).test('')) {
    fail(
      scope,
      `The pattern '${rule.pattern}' of 'multiline' matches an empty line, so every line would start a record.`,
      'Use a pattern that matches only the first line of a record.',
    );
  }
  return rule;
}
