import { parse } from 'yaml';
import { fluentBitProblems } from './fluent-bit';
import { fluentdProblems } from './fluentd';
import { vectorProblems } from './vector';

/** Returns the errors that each collector would report in its configuration. */
export const PROBLEMS: Record<string, (text: string) => string[]> = {
  fluentd: fluentdProblems,
  fluentBit: fluentBitProblems,
  vector: vectorProblems,
  // test/collectors validates it with the program
  openTelemetry: text => (typeof parse(text) === 'object' ? [] : ['not YAML']),
};
