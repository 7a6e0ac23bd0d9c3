import { Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { ConfigFormat } from './database-settings-spec';
import { fail } from '../../checks/fail';
import { compareBy } from '../../checks/order';

/** Settings by their name as the engine knows it, whichever way the user has written it. */
export function userSettings(
  scope: IConstruct,
  spec: DatabaseEngineSpec,
  settings: Record<string, string>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [given, value] of Object.entries(settings)) {
    const name = canonical(spec, given);
    if (!spec.configPath) {
      fail(
        scope,
        `'settings' has '${given}', but nothing is known of a configuration file of ${spec.type}.`,
        "Give the engine a 'configPath'.",
      );
    }
    checkSettingName(scope, given);
    checkSettingValue(scope, given, value);
    if (name in result) {
      fail(scope, `'settings' has '${name}' twice, written in two ways.`, 'Keep one.');
    }
    if (spec.reservedSettings?.some(own => canonical(spec, own) === name)) {
      fail(
        scope,
        `The setting '${given}' is not yours to set, for paths, probes or credentials depend on it.`,
        'Leave it out.',
      );
    }
    result[name] = value;
  }
  return result;
}

/** Refuses what no engine has for a name, and what JavaScript would take for a part of its own. */
export function checkSettingName(scope: IConstruct, name: string): void {
  if (!/^[A-Za-z_][-A-Za-z0-9_.]*$/.test(name) || name.split('.').some(level => level === '' || level in {})) {
    fail(scope, `'settings' has '${name}', which is no name of a setting.`, "Use letters, digits, '_', '-' and '.'.");
  }
}

export function checkSettingValue(scope: IConstruct, name: string, value: string): void {
  if (/[\n\r\0]/.test(value)) {
    fail(scope, `The setting '${name}' has more than one line.`, 'Write it as one.');
  }
}

/** The configuration file. */
export function renderSettings(scope: IConstruct, spec: DatabaseEngineSpec, settings: Record<string, string>): string {
  const entries = Object.entries(settings).sort(compareBy(([name]) => name));
  const lines = (line: (name: string, value: string) => string) =>
    entries.map(([name, value]) => `${line(name, value)}\n`).join('');
  const head = (spec.configPreamble ?? []).map(line => `${line}\n`).join('');
  switch (spec.configFormat) {
    case ConfigFormat.ASSIGNMENTS:
      return head + lines((name, value) => `${name} = '${value.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`);
    case ConfigFormat.INI:
      return `${head}[mysqld]\n${lines((name, value) => (/[#;'"\\\s]/.test(value) ? `${name} = "${value.replace(/["\\]/g, '\\$&')}"` : `${name} = ${value}`))}`;
    case ConfigFormat.YAML:
      return head + Yaml.stringify(nested(scope, entries));
    case ConfigFormat.DIRECTIVES:
    case undefined:
      return head + lines((name, value) => `${name} ${value === '' ? '""' : value}`);
  }
}

function canonical(spec: DatabaseEngineSpec, name: string): string {
  switch (spec.configFormat) {
    case ConfigFormat.INI:
      return name.toLowerCase().replace(/-/g, '_');
    case ConfigFormat.YAML:
      return name;
    case ConfigFormat.ASSIGNMENTS:
    case ConfigFormat.DIRECTIVES:
    case undefined:
      return name.toLowerCase();
  }
}

function nested(scope: IConstruct, entries: readonly (readonly [string, string])[]): Record<string, any> {
  const root: Record<string, any> = {};
  for (const [name, value] of entries) {
    const path = name.split('.');
    const above = entries.find(([other]) => name.startsWith(`${other}.`));
    if (above) {
      fail(
        scope,
        `The settings '${above[0]}' and '${name}' cannot both be, for the second is a part of the first.`,
        'Leave one out.',
      );
    }
    const parent = path.slice(0, -1).reduce((at, key) => (at[key] ??= {}), root);
    // what has more digits, or begins with 0, is no number of JSON's
    parent[path[path.length - 1]] = /^(true|false|-?(0|[1-9]\d{0,14})(\.\d{1,9})?)$/.test(value)
      ? JSON.parse(value)
      : value;
  }
  return root;
}
