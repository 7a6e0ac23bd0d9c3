import type { IConstruct } from 'constructs';
import type { DatabaseEngineSpec } from './database-engine-spec';
import { fail } from '../../checks/fail';
import { listed } from '../../checks/message';

/** Matches `{name}`, but not the `${NAME}` of a shell. */
const PLACEHOLDER = /(?<!\$)\{(\w+)\}/g;

const SERVER_PLACEHOLDERS = [
  'config',
  'data',
  'database',
  'mount',
  'password',
  'podIp',
  'port',
  'run',
  'user',
] as const;

const EXPORTER_PLACEHOLDERS = ['port', 'user'] as const;

/** The values of the placeholders in the container of the server. */
export type ServerValues = Readonly<Record<(typeof SERVER_PLACEHOLDERS)[number], string>>;

/** The values of the placeholders in the container of the exporter. */
export type ExporterValues = Readonly<Record<(typeof EXPORTER_PLACEHOLDERS)[number], string>>;

/** Replaces the placeholders in a string. `checkPlaceholders` has refused those without a value. */
export function fillPlaceholders(text: string, values: ServerValues | ExporterValues): string {
  const byName: ReadonlyMap<string, string> = new Map(Object.entries(values));
  return text.replace(PLACEHOLDER, (placeholder, name) => byName.get(name) ?? placeholder);
}

/** Whether a string contains a placeholder. */
export function hasPlaceholder(text: string, name: keyof ServerValues): boolean {
  return placeholdersOf(text).includes(name);
}

/** Refuses placeholders that stand for nothing in their place. They would stay in the manifest. */
export function checkPlaceholders(scope: IConstruct, spec: DatabaseEngineSpec): void {
  const serverStrings = {
    env: Object.values(spec.env ?? {}),
    command: spec.command,
    preStartCommands: spec.preStartCommands,
    startupCommand: spec.startupCommand,
    readinessCommand: spec.readinessCommand,
    livenessCommand: spec.livenessCommand,
    configPreamble: spec.configPreamble,
    settings: Object.values(spec.settings ?? {}),
    lowMemorySettings: Object.values(spec.lowMemorySettings ?? {}),
  };
  const clientStrings = { waitCommand: spec.waitCommand, tlsWaitCommand: spec.tlsWaitCommand };
  const exporterStrings = {
    'exporter.args': spec.exporter?.args,
    'exporter.env': Object.values(spec.exporter?.env ?? {}),
  };
  checkStrings(scope, serverStrings, SERVER_PLACEHOLDERS);
  checkStrings(scope, exporterStrings, EXPORTER_PLACEHOLDERS);
  checkStrings(scope, clientStrings, []);
}

function checkStrings(
  scope: IConstruct,
  strings: Readonly<Record<string, readonly string[] | undefined>>,
  known: readonly string[],
): void {
  for (const [prop, values] of Object.entries(strings)) {
    const unknown = values?.flatMap(placeholdersOf).find(name => !known.includes(name));
    if (unknown !== undefined) {
      fail(
        scope,
        `The engine's '${prop}' contains the unknown placeholder '{${unknown}}'.`,
        known.length === 0
          ? "Use the variables 'DB_HOST' and 'DB_PORT' instead."
          : `Use ${listed(
              known.map(name => `{${name}}`),
              'or',
            )}, or write a space after '{' if it is not a placeholder.`,
      );
    }
  }
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name]) => name);
}
