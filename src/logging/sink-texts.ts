import type { IConstruct } from 'constructs';
import type { SinkDefinition } from './log-sink';
import { fail } from '../checks/fail';

/**
 * What the texts of a sink may be, by the option's name: what every collector takes as it stands. Each has signs of
 * its own
 * for variables, dates, fields and lists, none of which means the same to the others.
 */
const TEXTS: Record<string, [RegExp, string]> = {
  bucket: [/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "3 to 63 lower-case letters, digits, '.' and '-'"],
  index: [
    /^[a-z0-9][a-z0-9._-]{0,254}$/,
    "lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit",
  ],
  prefix: [/^[\w.-]+(?:\/[\w.-]+)*$/, "letters, digits, '.', '_' and '-', with single slashes between them"],
  region: [/^[a-z0-9-]+$/, "lower-case letters, digits and '-'"],
  tenant: [/^[\w.-]{1,150}$/, "letters, digits, '.', '_' and '-'"],
  topic: [/^[\w.-]{1,249}$/, "at most 249 letters, digits, '.', '_' and '-'"],
  plugin: [/^[\w.-]+$/, "letters, digits, '.', '_' and '-'"],
};

const LABEL_NAME = /^[A-Za-z]\w*$/;
const LABEL_VALUE = /^[\w.:/@+-]+$/;
const OWN_LABELS = ['app', 'namespace', 'pod'];

const SETTING = /^[^\s#<>"'\\\u0000-\u001f]+$/;

/** Refuses texts of a sink that would mean something else in one collector's configuration or another's. */
export function checkTexts(scope: IConstruct, name: string, { kind, options }: SinkDefinition): void {
  for (const [option, value] of Object.entries<unknown>({ ...options })) {
    const text = TEXTS[option];
    if (text && value !== undefined && !(typeof value === 'string' && text[0].test(value))) {
      fail(scope, `Sink '${name}' has the ${option} '${value}'.`, `Use ${text[1]}.`);
    }
  }
  if (kind === 'loki') {
    checkLabels(scope, name, options.labels ?? {});
  }
  if (kind === 'raw') {
    checkSettings(scope, name, options.config ?? {}, 'config');
  }
}

function checkLabels(scope: IConstruct, name: string, labels: Record<string, string>): void {
  for (const [label, value] of Object.entries(labels)) {
    if (OWN_LABELS.includes(label)) {
      fail(scope, `Sink '${name}' has the label '${label}', which every stream has already.`, 'Leave it out.');
    }
    if (!LABEL_NAME.test(label) || !LABEL_VALUE.test(value)) {
      fail(
        scope,
        `Sink '${name}' has the label '${label}' with the value '${value}'.`,
        "Use letters, digits and '_' in names, and '.', ':', '/', '@', '+' and '-' beside them in values.",
      );
    }
  }
}

/** Settings in a collector's own words: any, as long as their names are names and there is a value. */
function checkSettings(scope: IConstruct, name: string, value: unknown, path: string): void {
  if (value === null || value === undefined || (typeof value === 'number' && !Number.isFinite(value))) {
    fail(scope, `Sink '${name}' has no value at '${path}'.`, 'Give it one, or leave it out.');
  }
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (!SETTING.test(key)) {
        fail(
          scope,
          `Sink '${name}' has the setting '${key}' in '${path}', which no collector can have.`,
          "Write its name without spaces, quotes, '#', '<' and '>'.",
        );
      }
      checkSettings(scope, name, inner, `${path}.${key}`);
    }
  }
}
