import { createRequire } from 'module';
import { resolve } from 'path';
import { checkObjects, definitionProblem, reasonOf, toRule } from './custom-rule';
import type { Rule } from './rule';
import type { ISafetyRule } from './safety-rule';
import { message } from '../checks/message';

/**
 * Loads the rules of users from modules.
 *
 * @param files paths of modules that export an array of rules, relative to the working directory
 * @throws Error with a sentence that names the file, if it cannot be loaded or contains an invalid rule
 */
export function loadRules(files: readonly string[]): Rule[] {
  const rules: Rule[] = [];
  for (const file of files) {
    for (const rule of exportsOf(file)) {
      const complaint = definitionProblem(
        rule?.definition,
        rules.map(({ id }) => id),
      );
      if (complaint) {
        throw new Error(message(`'${file}': ${complaint.problem}`, complaint.remedy));
      }
      const { id } = rule.definition;
      rules.push(toRule(rule.definition, objects => checkObjects(rule, id, objects)));
    }
  }
  return rules;
}

function exportsOf(file: string): readonly ISafetyRule[] {
  const module = load(file);
  const rules = Array.isArray(module) ? module : module?.default;
  if (!Array.isArray(rules)) {
    throw new Error(message(`'${file}' does not export an array.`, "Export the rules with 'module.exports = [rule]'."));
  }
  return rules;
}

function load(file: string): any {
  const path = resolve(file);
  try {
    return createRequire(path)(path);
  } catch (cause) {
    const remedy = 'Specify a JavaScript module that exports an array of rules.';
    throw new Error(message(`'${file}' cannot be loaded: ${reasonOf(cause)}`, remedy), { cause });
  }
}
