import { Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { ConfigFormat } from './database-settings-spec';
import { fail } from '../../checks/fail';
import { compareBy } from '../../checks/order';

/** Checks the settings of the user, and returns them by the names that the engine uses. */
export function userSettings(
  scope: IConstruct,
  spec: DatabaseEngineSpec,
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    const canonicalName = canonical(spec, name);
    if (!spec.configPath) {
      fail(
        scope,
        `'settings' contains '${name}', but ${spec.provider ?? spec.type} has no configuration file.`,
        "Omit 'settings', or set 'configPath' of the engine.",
      );
    }
    checkSettingName(scope, name);
    checkSettingValue(scope, name, value);
    if (Object.hasOwn(result, canonicalName)) {
      fail(scope, `'settings' contains '${canonicalName}' twice, in different spellings.`, 'Remove one of them.');
    }
    if (spec.reservedSettings?.some(reserved => sets(spec, canonicalName, canonical(spec, reserved)))) {
      fail(scope, `Setting '${name}' is reserved: probes, paths or credentials depend on it.`, 'Omit it.');
    }
    result[canonicalName] = value;
  }
  return result;
}

/** Refuses a name that no engine has, or that JavaScript treats as a property of every object. */
export function checkSettingName(scope: IConstruct, name: string): void {
  if (!/^[A-Za-z_][-A-Za-z0-9_.]*$/.test(name) || name.split('.').some(level => level === '' || isReserved(level))) {
    fail(scope, `Invalid setting name '${name}'.`, "Use letters, digits, '_', '-' and '.', and begin with a letter.");
  }
}

/** Whether every object of JavaScript has a property of this name, also in lowercase, as some engines read it. */
function isReserved(name: string): boolean {
  return name in {} || name.toLowerCase() in {};
}

/** Refuses a value that does not fit on one line of a configuration file. */
export function checkSettingValue(scope: IConstruct, name: string, value: string): void {
  if (/[\n\r\0]/.test(value)) {
    fail(scope, `Setting '${name}' has a line break or a NUL character.`, 'Write the value on one line.');
  }
}

/** Returns the configuration file. */
export function renderSettings(
  scope: IConstruct,
  { configFormat, configPreamble = [] }: Pick<DatabaseEngineSpec, 'configFormat' | 'configPreamble'>,
  settings: Readonly<Record<string, string>>,
): string {
  const entries = Object.entries(settings).sort(compareBy(([name]) => name));
  const lines = (format: (name: string, value: string) => string) =>
    entries.map(([name, value]) => `${format(name, value)}\n`).join('');
  const preamble = configPreamble.map(line => `${line}\n`).join('');
  switch (configFormat) {
    case ConfigFormat.ASSIGNMENTS:
      return preamble + lines(assignment);
    case ConfigFormat.INI:
      return `${preamble}[mysqld]\n${lines(iniLine)}`;
    case ConfigFormat.YAML:
      return preamble + Yaml.stringify(nested(scope, entries));
    case ConfigFormat.DIRECTIVES:
    case undefined:
      return preamble + lines((name, value) => `${name} ${value === '' ? '""' : value}`);
  }
}

function assignment(name: string, value: string): string {
  return `${name} = '${value.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
}

function iniLine(name: string, value: string): string {
  const needsQuotes = /[#;'"\\\s]/.test(value);
  return `${name} = ${needsQuotes ? `"${value.replace(/["\\]/g, '\\$&')}"` : value}`;
}

function canonical({ configFormat }: DatabaseEngineSpec, name: string): string {
  switch (configFormat) {
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

/**
 * Whether a setting sets a reserved one. MySQL accepts a name with `loose_` and similar prefixes, and the beginning of
 * a name; MongoDB accepts an object for a part of a name.
 */
function sets({ configFormat }: DatabaseEngineSpec, name: string, reserved: string): boolean {
  switch (configFormat) {
    case ConfigFormat.INI:
      return reserved.startsWith(withoutPrefixes(name));
    case ConfigFormat.YAML:
      return name === reserved || reserved.startsWith(`${name}.`) || name.startsWith(`${reserved}.`);
    case ConfigFormat.ASSIGNMENTS:
    case ConfigFormat.DIRECTIVES:
    case undefined:
      return name === reserved;
  }
}

function withoutPrefixes(name: string): string {
  const prefix = ['loose_', 'maximum_', 'enable_', 'disable_'].find(candidate => name.startsWith(candidate));
  return prefix === undefined ? name : withoutPrefixes(name.slice(prefix.length));
}

function nested(scope: IConstruct, entries: readonly (readonly [string, string])[]): Record<string, any> {
  const root: Record<string, any> = {};
  for (const [name, value] of entries) {
    const ancestor = entries.find(([candidate]) => name.startsWith(`${candidate}.`));
    if (ancestor) {
      fail(
        scope,
        `'settings' contains '${ancestor[0]}' and '${name}', but the second is a part of the first.`,
        'Remove one of them.',
      );
    }
    const path = name.split('.');
    const parent = path.slice(0, -1).reduce((level, key) => (level[key] ??= {}), root);
    parent[path[path.length - 1]] = yamlValue(value);
  }
  return root;
}

/** Converts booleans, and the numbers that JSON and YAML write in the same way. */
function yamlValue(value: string): unknown {
  return /^(true|false|-?(0|[1-9]\d{0,14})(\.\d{1,9})?)$/.test(value) ? JSON.parse(value) : value;
}
