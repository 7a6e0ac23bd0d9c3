import { dirname, join } from 'path';
import { fields, flag, items, levels, oneOf, optional, patterns, string, strings } from './configuration-fields';
import { Located, readLocated } from './located-yaml';
import { MAX_PATTERN, nameMatcher, pathMatcher } from './path-patterns';
import { reasonProblem } from '../checks/reason';
import type { JsonPath } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { ObjectWaiver } from '../safety/object-waivers';
import { Profile, PROFILES, SEVERITIES, Severity } from '../safety/rule';
import type { Level } from '../safety/run';
import { unknownRule } from '../safety/waiver-problem';

/** The name of the file that is read from the working directory. */
export const CONFIGURATION_FILE = '.storage-audit.yaml';

/** The lowest severity that fails a command. */
export type FailOn = (typeof FAIL_ON)[number];
export const FAIL_ON = [...SEVERITIES, 'never'] as const;

/** The settings of a configuration file. Paths are relative to the working directory. */
export interface Configuration {
  readonly profile?: Profile;
  readonly severity?: Severity;
  readonly failOn?: FailOn;
  readonly ignoreUnreadable?: boolean;
  readonly baseline?: string;
  readonly loadRules: readonly string[];
  readonly waivers: readonly ObjectWaiver[];
  /** Whether a file is not audited. */
  isExcluded(file: string): boolean;
  /** Returns the severity of the findings of a rule in an object; `undefined` keeps their severity. */
  levelOf(ruleId: string, object: ManifestObject): Level | undefined;
  /**
   * Refuses rules that do not exist.
   *
   * @throws Error with a sentence that names the place
   */
  checkRules(known: readonly string[]): void;
}

/** The configuration of a command without a file. */
export const NO_CONFIGURATION: Configuration = {
  loadRules: [],
  waivers: [],
  isExcluded: () => false,
  levelOf: () => undefined,
  checkRules: () => undefined,
};

interface Override {
  readonly paths: readonly string[];
  readonly rules: ReadonlyMap<string, Level>;
}

interface FileWaiver {
  readonly rule: string;
  readonly object?: string;
  readonly paths?: readonly string[];
  readonly reason: string;
  readonly expires?: string;
}

const OVERRIDE = { paths: patterns, rules: levels };
const WAIVER = {
  rule: string,
  object: optional(string),
  paths: optional(patterns),
  reason: string,
  expires: optional(string),
};
const CONFIGURATION = {
  profile: optional(oneOf(PROFILES)),
  severity: optional(oneOf(SEVERITIES)),
  failOn: optional(oneOf(FAIL_ON)),
  ignoreUnreadable: optional(flag),
  baseline: optional(string),
  loadRules: optional(strings),
  exclude: optional(patterns),
  rules: optional(levels),
  overrides: optional(items(fields(OVERRIDE))),
  waivers: optional(items(fields(WAIVER))),
};

/**
 * Reads the contents of a configuration file.
 *
 * @param file the path of the file, relative to the working directory
 * @throws Error with a sentence that names the place of an unknown key or an invalid value
 */
export function readConfiguration(content: string, file: string): Configuration {
  const located = readLocated(content, file);
  const read = located.read(fields(CONFIGURATION));
  const directory = dirname(file);
  const { rules = new Map<string, Level>(), overrides = [], waivers = [], exclude = [] } = read;
  // later overrides win
  const byPath = overrides.map(({ paths, rules: levelsOfPath }) => ({
    levels: levelsOfPath,
    matches: pathMatcher(paths, directory),
  }));
  byPath.reverse();
  return {
    profile: read.profile,
    severity: read.severity,
    failOn: read.failOn,
    ignoreUnreadable: read.ignoreUnreadable,
    baseline: read.baseline === undefined ? undefined : join(directory, read.baseline),
    loadRules: (read.loadRules ?? []).map(path => join(directory, path)),
    waivers: waivers.map((waiver, i) => toWaiver(waiver, ['waivers', i], located, directory)),
    isExcluded: pathMatcher(exclude, directory),
    levelOf: (ruleId, { source }) =>
      byPath.find(entry => entry.levels.has(ruleId) && entry.matches(source.file ?? ''))?.levels.get(ruleId) ??
      rules.get(ruleId),
    checkRules: known => checkRules({ rules, overrides, waivers }, known, located),
  };
}

function toWaiver(
  { rule: ruleId, object, paths, reason, expires }: FileWaiver,
  path: JsonPath,
  located: Located,
  directory: string,
): ObjectWaiver {
  const complaint = reasonProblem(`the waiver of '${ruleId}'`, reason);
  if (complaint) {
    throw located.problem([...path, 'reason'], complaint.problem, complaint.remedy);
  }
  if (expires !== undefined && !isDay(expires)) {
    throw located.problem(
      [...path, 'expires'],
      `'expires' is '${expires}', which is not a day.`,
      "Write it as 'YYYY-MM-DD', for example '2027-01-31'.",
    );
  }
  const isObject = object === undefined ? () => true : objectMatcher(object, [...path, 'object'], located);
  const isFile = paths === undefined ? () => true : pathMatcher(paths, directory);
  return {
    ruleId,
    reason,
    expires,
    place: located.placeOf(path),
    matches: candidate => isObject(candidate) && isFile(candidate.source.file ?? ''),
  };
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Returns a function that tells whether an object is `Kind name` or `Kind namespace/name`, as reports name it. */
function objectMatcher(object: string, path: JsonPath, located: Located): (object: ManifestObject) => boolean {
  const [, kind, namespace, name] =
    object.length > MAX_PATTERN ? [] : (/^(\S+) (?:([^/\s]+)\/)?([^/\s]+)$/.exec(object) ?? []);
  if (kind === undefined) {
    throw located.problem(
      path,
      `'object' is '${object}', which does not name an object.`,
      "Write it as in the report, for example 'Deployment shop/api', with '*' for any part of a name.",
    );
  }
  const [isKind, isNamespace, isName] = [kind, namespace ?? '*', name].map(nameMatcher);
  return candidate =>
    isKind(candidate.kind) &&
    (namespace === undefined || isNamespace(candidate.namespace ?? '')) &&
    (name === '*' || isName(candidate.name));
}

function checkRules(
  {
    rules,
    overrides,
    waivers,
  }: { rules: ReadonlyMap<string, Level>; overrides: readonly Override[]; waivers: readonly FileWaiver[] },
  known: readonly string[],
  located: Located,
): void {
  const named: (readonly [id: string, path: JsonPath])[] = [
    ...[...rules.keys()].map(id => [id, ['rules', id]] as const),
    ...overrides.flatMap((override, i) =>
      [...override.rules.keys()].map(id => [id, ['overrides', i, 'rules', id]] as const),
    ),
    ...waivers.map(({ rule }, i) => [rule, ['waivers', i, 'rule']] as const),
  ];
  const unknown = named.find(([id]) => !known.includes(id));
  if (unknown) {
    const { problem, remedy } = unknownRule(unknown[0], known);
    throw located.problem(unknown[1], problem, remedy);
  }
}
