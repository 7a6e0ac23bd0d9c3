import { parse } from 'yaml';
import { fluentBitProblems } from './fluent-bit';
import { fluentdProblems } from './fluentd';
import { vectorProblems } from './vector';

/** What each collector would complain of in its configuration; nothing when it would not. */
export const PROBLEMS: Record<string, (text: string) => string[]> = {
  fluentd: fluentdProblems,
  fluentBit: fluentBitProblems,
  vector: vectorProblems,
  // the program itself validates it in test/collectors
  openTelemetry: text => (typeof parse(text) === 'object' ? [] : ['not YAML']),
};
