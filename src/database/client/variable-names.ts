import type { IConstruct } from 'constructs';
import type { DatabaseEndpoint } from './endpoint';
import type { VariablesBindingOptions } from './variables-binding-options';
import { fail } from '../../checks/fail';
import { checkVariable } from '../../checks/values';

/** The settings that a variable can contain, with the suffix that a prefix gives them. */
const SUFFIXES = {
  host: 'HOST',
  port: 'PORT',
  hostPort: undefined,
  user: 'USER',
  password: 'PASSWORD',
  database: 'DATABASE',
  caCertificate: 'CA_CERTIFICATE',
  url: undefined,
  jdbcUrl: undefined,
} as const;

type Setting = keyof typeof SUFFIXES;

/** The names of the variables by setting. */
export type VariableNames = Partial<Readonly<Record<Setting, string>>>;

const SETTINGS = Object.keys(SUFFIXES) as Setting[];

/** Returns the names of the variables, and refuses those that cannot be set. */
export function variableNames(
  scope: IConstruct,
  options: VariablesBindingOptions,
  endpoint: DatabaseEndpoint,
): VariableNames {
  const named = SETTINGS.some(setting => options[setting] !== undefined);
  const prefix = options.prefix ?? (named ? undefined : defaultPrefix(endpoint.name));
  if (prefix !== undefined) {
    checkPrefix(scope, prefix);
  }
  const names: Partial<Record<Setting, string>> = {};
  for (const setting of SETTINGS) {
    const name = nameOf(scope, setting, options[setting], endpoint) ?? prefixed(setting, prefix, endpoint);
    if (name !== undefined) {
      names[setting] = name;
    }
  }
  refuseDuplicates(scope, names);
  return names;
}

function nameOf(
  scope: IConstruct,
  setting: Setting,
  name: string | undefined,
  endpoint: DatabaseEndpoint,
): string | undefined {
  if (name === undefined) {
    return undefined;
  }
  if (typeof name !== 'string') {
    fail(
      scope,
      `'${setting}' is ${String(name)}, which is not the name of a variable.`,
      `Set the name that the app reads, for example '${setting}: "DATABASE_${setting.toUpperCase()}"'.`,
    );
  }
  if (!isKnown(setting, endpoint)) {
    const missing = setting === 'database' ? 'name on its server' : 'CA certificate';
    fail(
      scope,
      `'${setting}' is '${name}', but the database '${endpoint.name}' has no ${missing}.`,
      `Omit '${setting}', or set '${setting}' of the database.`,
    );
  }
  return checkVariable(scope, name);
}

function prefixed(setting: Setting, prefix: string | undefined, endpoint: DatabaseEndpoint): string | undefined {
  const suffix = SUFFIXES[setting];
  return prefix === undefined || suffix === undefined || !isKnown(setting, endpoint)
    ? undefined
    : `${prefix}_${suffix}`;
}

function isKnown(setting: Setting, endpoint: DatabaseEndpoint): boolean {
  return (setting !== 'database' && setting !== 'caCertificate') || endpoint[setting] !== undefined;
}

function refuseDuplicates(scope: IConstruct, names: VariableNames): void {
  const settings = new Map<string, Setting>();
  for (const setting of SETTINGS) {
    const name = names[setting];
    const first = name === undefined ? undefined : settings.get(name);
    if (first !== undefined) {
      fail(scope, `'${first}' and '${setting}' have the same variable '${name}'.`, `Set '${setting}' to another name.`);
    }
    if (name !== undefined) {
      settings.set(name, setting);
    }
  }
}

function defaultPrefix(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(\d)/, '_$1');
}

function checkPrefix(scope: IConstruct, prefix: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)) {
    fail(
      scope,
      `'prefix' is '${prefix}', which is not a valid prefix of variable names.`,
      "Use letters, digits and '_', and do not begin with a digit.",
    );
  }
}
