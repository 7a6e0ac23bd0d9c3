import { listed } from '../../checks/message';
import { configKeys, configValue } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import { at, JsonPath, list, text } from '../../inspect/json';
import type { ManifestObject } from '../../inspect/manifest';
import type { Container, Pod } from '../../inspect/pods';
import { executions, startsWithStrictShell } from '../../predicates/executions';
import { knownFiles } from '../../predicates/projected-files';
import { isShellVariable } from '../../predicates/shell-variables';
import { eachPodAmong, Rule } from '../rule';

export const shellKeepsVariables: Rule<'shell-keeps-variables'> = {
  id: 'shell-keeps-variables',
  summary: 'The names of environment variables are valid in the shell that starts the app.',
  rationale: "'sh' drops variables whose names contain '.' or '-', so the settings never arrive in the app.",
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/kubernetes/issues/2707',
  fix: {
    construct: "Use names of letters, digits and '_' in 'EnvironmentVariables', or mount a file with 'ConfigFiles'.",
    yaml: "Use names of letters, digits and '_', mount the ConfigMap as files, or start the app without a shell.",
  },
  ofPod: true,
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      if (!startsInStrictShell(pod, container, inventory)) {
        continue;
      }
      const dropped = container.env.filter(({ name }) => name !== '' && !isShellVariable(name));
      if (dropped.length > 0) {
        const names = dropped.map(({ name }) => name);
        yield { at: dropped[0].at, message: `${subjectOf(container)} drops ${shown(names)}.` };
      }
      for (const { object, names, at: path } of variablesFrom(pod, container, inventory)) {
        yield {
          at: path,
          message: `${subjectOf(container)} drops ${shown(names)} of ${object.kind} '${object.name}'.`,
          about: object,
        };
      }
    }
  }),
};

function subjectOf({ name }: Container): string {
  return `The shell that starts container '${name}'`;
}

function shown(names: readonly string[]): string {
  const quoted = names.length > 3 ? `${listed(names.slice(0, 2))} and ${names.length - 2} others` : listed(names);
  return `${names.length === 1 ? 'the variable' : 'the variables'} ${quoted}`;
}

/** Whether a container starts with `sh`, or with a script for it. */
function startsInStrictShell(pod: Pod, container: Container, inventory: Inventory): boolean {
  if (startsWithStrictShell(container)) {
    return true;
  }
  const [started] = container.command.length > 0 ? executions(container) : [];
  const file = started && knownFiles(pod, container, inventory).find(({ path }) => path === started.path);
  const script = file?.object && configValue(file.object, file.key);
  return script !== undefined && /^#! ?(?:\/bin\/|\/usr\/bin\/env )(?:sh|ash|dash)\b/.test(script);
}

interface Dropped {
  readonly object: ManifestObject;
  readonly names: readonly string[];
  readonly at: JsonPath;
}

/** Returns the ConfigMaps and Secrets whose keys become variables that the shell drops. */
function variablesFrom({ object: owner }: Pod, { content, at: path }: Container, inventory: Inventory): Dropped[] {
  return list(content.envFrom).flatMap((source, i) => {
    const prefix = text(at(source, 'prefix')) ?? '';
    const object =
      inventory.find('ConfigMap', text(at(source, 'configMapRef', 'name')), owner) ??
      inventory.find('Secret', text(at(source, 'secretRef', 'name')), owner);
    const names = object ? configKeys(object).map(key => `${prefix}${key}`) : [];
    const dropped = names.filter(name => !isShellVariable(name));
    return object && dropped.length > 0 ? [{ object, names: dropped, at: [...path, 'envFrom', i] }] : [];
  });
}
