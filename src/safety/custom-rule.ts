import type { Rule, Problem } from './rule';
import { RULE_IDS } from './rules';
import type { ISafetyRule, SafetyProblem, SafetyResource, SafetyRule } from './safety-rule';
import { SafetyProfile, SafetySeverity } from './safety-rule';
import { groupBy } from '../checks/groups';
import { Complaint, listed, message, sentence } from '../checks/message';
import { parseJsonPointer } from '../inspect/json';
import { describeObject, ManifestObject } from '../inspect/manifest';

/** Thrown for a rule of the user that fails. */
export class CustomRuleError extends Error {}

/** The longest name in the key of an annotation, which a waiver of the rule is. */
const LONGEST_ID = 63;
const TEXTS = ['summary', 'rationale', 'yamlFix'] as const;
const SEVERITIES = Object.values(SafetySeverity);
const PROFILES = Object.values(SafetyProfile);

/**
 * The problem with the definition of a user's rule; `undefined` if it is valid.
 *
 * @param taken the ids of the user's other rules
 */
export function definitionProblem(definition: SafetyRule | undefined, taken: readonly string[]): Complaint | undefined {
  if (typeof definition?.id !== 'string') {
    return {
      problem: "A rule has no 'definition' with an 'id'.",
      remedy: "Set 'definition' to an object with 'id', 'summary', 'rationale', 'severity' and 'yamlFix'.",
    };
  }
  return idProblem(definition.id, taken) ?? textProblem(definition);
}

function idProblem(id: string, taken: readonly string[]): Complaint | undefined {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id) || id.length > LONGEST_ID) {
    return {
      problem: `Invalid rule id '${id}'.`,
      remedy: `Use up to ${LONGEST_ID} lowercase letters, digits and hyphens, for example 'acme-owner-label'.`,
    };
  }
  if (RULE_IDS.includes(id)) {
    return {
      problem: `Rule id '${id}' is the id of a built-in rule.`,
      remedy: `Choose another id, for example 'acme-${id}'.`,
    };
  }
  return taken.includes(id)
    ? { problem: `Rule '${id}' is added twice.`, remedy: 'Add it once, to the outermost scope that it applies to.' }
    : undefined;
}

function textProblem(definition: SafetyRule): Complaint | undefined {
  const missing = TEXTS.find(name => typeof definition[name] !== 'string' || definition[name].trim() === '');
  if (missing) {
    return { problem: `Rule '${definition.id}' has no '${missing}'.`, remedy: `Set '${missing}' to a full sentence.` };
  }
  if (!SEVERITIES.includes(definition.severity)) {
    return {
      problem: `The 'severity' of rule '${definition.id}' is '${definition.severity}'.`,
      remedy: `Use ${listed(SEVERITIES, 'or')}.`,
    };
  }
  return PROFILES.includes(definition.profile ?? SafetyProfile.STORAGE)
    ? undefined
    : {
        problem: `The 'profile' of rule '${definition.id}' is '${definition.profile}'.`,
        remedy: `Use ${listed(PROFILES, 'or')}.`,
      };
}

/**
 * Converts the definition of a user's rule to a rule of the audit.
 *
 * @param check reports the problems among all objects of the audit
 */
export function toRule(
  { id, summary, rationale, severity, profile, documentationUrl, yamlFix, constructFix }: SafetyRule,
  check: (objects: readonly ManifestObject[]) => Problem[],
): Rule {
  return {
    id,
    summary: sentence(summary),
    rationale: sentence(rationale),
    severity,
    profile: profile ?? SafetyProfile.STORAGE,
    documentationUrl: documentationUrl ?? undefined,
    fix: { yaml: sentence(yamlFix), construct: sentence(constructFix ?? yamlFix) },
    check: ({ objects }) => check(objects),
  };
}

/**
 * Runs the check of a user's rule.
 *
 * @throws Error with a sentence that names the rule, if the check throws or returns something unusable
 */
export function checkObjects(rule: ISafetyRule, id: string, objects: readonly ManifestObject[]): Problem[] {
  const problems: unknown = callCheck(rule, id, objects);
  if (!Array.isArray(problems)) {
    const type = problems instanceof Promise ? 'a Promise' : `'${String(problems)}'`;
    throw ruleError(id, `returns ${type} instead of a list of problems`, "Return an array from 'check'.");
  }
  const candidates = groupBy(objects, keyOf);
  return problems.map((problem: Partial<SafetyProblem> | null) => toProblem(problem ?? {}, id, candidates));
}

function callCheck(rule: ISafetyRule, id: string, objects: readonly ManifestObject[]): unknown {
  // copies, so that a check cannot change the manifests that other rules see
  const resources = objects.map(object => ({
    ...toResource(object),
    manifest: JSON.parse(JSON.stringify(object.content)),
  }));
  try {
    return rule.check(resources);
  } catch (cause) {
    throw ruleError(id, `failed: ${reasonOf(cause)}`, "Fix its 'check'.", cause);
  }
}

function toProblem(
  { resource, jsonPointer, message: text }: Partial<SafetyProblem>,
  id: string,
  candidates: ReadonlyMap<string, ManifestObject[]>,
): Problem {
  // other languages return copies, and two revisions of an object share kind and name
  const found = resource ? (candidates.get(keyOf(resource)) ?? []) : [];
  const object = found.find(({ source }) => source.constructPath === resource?.constructPath) ?? found[0];
  if (!object) {
    throw ruleError(
      id,
      resource
        ? `reports a problem of ${describeObject(resource)}, which is not among the checked resources`
        : "reports a problem without a 'resource'",
      "Set 'resource' to one of the resources that 'check' receives.",
    );
  }
  const path = typeof jsonPointer === 'string' ? parseJsonPointer(jsonPointer, object.content) : undefined;
  if (!path) {
    throw ruleError(
      id,
      `reports the invalid JSON pointer '${jsonPointer}'`,
      "Begin it with '/', and write '~' in a key as '~0' and '/' as '~1': '/metadata/labels/app.kubernetes.io~1name'.",
    );
  }
  if (typeof text !== 'string' || text.trim() === '') {
    throw ruleError(
      id,
      `reports a problem of ${describeObject(object)} without a 'message'`,
      "Set 'message' to a full sentence.",
    );
  }
  return { object, at: path, message: sentence(text) };
}

function ruleError(id: string, problem: string, remedy: string, cause?: unknown): Error {
  return new CustomRuleError(message(`Rule '${id}' ${problem}`, remedy), { cause });
}

/** The first line of the message of a thrown value. */
export function reasonOf(cause: unknown): string {
  const { message: text = String(cause) } = (cause ?? {}) as Partial<Error>;
  return text.split('\n')[0];
}

function keyOf({ apiVersion, kind, namespace, name }: SafetyResource | ManifestObject): string {
  return [apiVersion, kind, namespace ?? '', name].join('\n');
}

/** An object as the public API shows it. */
export function toResource({ apiVersion, kind, name, namespace, source, content }: ManifestObject): SafetyResource {
  return { apiVersion, kind, name, namespace, constructPath: source.constructPath, manifest: content };
}
