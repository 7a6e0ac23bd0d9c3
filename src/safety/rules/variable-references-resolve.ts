import { list } from '../../inspect/json';
import { isCustom } from '../../inspect/pod-templates';
import type { Container } from '../../inspect/pods';
import { isConventional, referenceProblems } from '../../predicates/variable-references';
import { eachPodAmong, Rule } from '../rule';

export const variableReferencesResolve: Rule<'variable-references-resolve'> = {
  id: 'variable-references-resolve',
  summary: 'References such as `$(NAME)` name a variable of the container.',
  rationale:
    'Kubernetes leaves a reference to an unknown variable as it is, so the app gets the text `$(NAME)`. In ' +
    '`subPathExpr`, the container does not start.',
  severity: 'error',
  profile: 'storage',
  documentationUrl:
    'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
  fix: {
    construct: "Define the variable in 'env' of the app.",
    yaml: "Define the variable in 'env' before it is used, or write '$$(NAME)' for the literal text.",
  },
  ...eachPodAmong(function* (pod, inventory) {
    // the controller of a custom resource can add variables
    for (const { name, container, problem, at } of isCustom(pod.object) ? [] : referenceProblems(pod, inventory)) {
      // a webhook can inject the variables of a container that defines none, and a lowercase name can be a command
      if (definesVariables(container) && isConventional(name)) {
        yield { at, message: problem };
      }
    }
  }),
};

function definesVariables({ env, content }: Container): boolean {
  return env.length + list(content.envFrom).length > 0;
}
