import { Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ConfigFormat } from './engine-settings-spec';
import type { DatabaseEngineSpec } from './engine-spec';
import { fail } from '../checks/fail';

/** Settings by their name as the engine knows it, whichever way the user has written it. */
export function userSettings(scope: IConstruct, spec: DatabaseEngineSpec, settings: Record<string, string>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [given, value] of Object.entries(settings)) {
    const name = canonical(spec, given);
    if (!spec.configPath) {
      fail(scope, `'settings' has '${given}', but nothing is known of a configuration file of ${spec.type}. give the engine a 'configPath'`);
    }
    if (!/^[A-Za-z_][-A-Za-z0-9_.]*$/.test(given)) {
      fail(scope, `'settings' has '${given}', which is no name of a setting. use letters, digits, '_', '-' and '.'`);
    }
    if (/[\n\r\0]/.test(value)) {
      fail(scope, `the setting '${given}' has more than one line. write it as one`);
    }
    if (name in result) {
      fail(scope, `'settings' has '${name}' twice, written in two ways. keep one`);
    }
    if (spec.ownSettings?.some(own => canonical(spec, own) === name)) {
      fail(scope, `the setting '${given}' is not yours to set, for paths, probes or credentials depend on it. leave it out`);
    }
    result[name] = value;
  }
  return result;
}

/** The configuration file. */
export function renderSettings(spec: DatabaseEngineSpec, settings: Record<string, string>): string {
  const entries = Object.entries(settings).sort(([a], [b]) => a < b ? -1 : 1);
  const lines = (line: (name: string, value: string) => string) => entries.map(([name, value]) => `${line(name, value)}\n`).join('');
  const head = (spec.configHead ?? []).map(line => `${line}\n`).join('');
  switch (spec.configFormat) {
    case ConfigFormat.ASSIGNMENTS:
      return head + lines((name, value) => `${name} = '${value.replace(/\\/g, '\\\\').replace(/'/g, '\'\'')}'`);
    case ConfigFormat.INI:
      return `${head}[mysqld]\n${lines((name, value) => /[#;'"\\\s]/.test(value) ? `${name} = "${value.replace(/["\\]/g, '\\$&')}"` : `${name} = ${value}`)}`;
    case ConfigFormat.YAML:
      return head + Yaml.stringify(nested(entries));
    default:
      return head + lines((name, value) => `${name} ${value === '' ? '""' : value}`);
  }
}

function canonical(spec: DatabaseEngineSpec, name: string): string {
  switch (spec.configFormat) {
    case ConfigFormat.INI:
      return name.toLowerCase().replace(/-/g, '_');
    case ConfigFormat.YAML:
      return name;
    default:
      return name.toLowerCase();
  }
}

function nested(entries: readonly (readonly [string, string])[]): Record<string, any> {
  const root: Record<string, any> = {};
  for (const [name, value] of entries) {
    const path = name.split('.');
    const parent = path.slice(0, -1).reduce((at, key) => at[key] ??= {}, root);
    parent[path[path.length - 1]] = /^(true|false|-?\d+(\.\d+)?)$/.test(value) ? JSON.parse(value) : value;
  }
  return root;
}
