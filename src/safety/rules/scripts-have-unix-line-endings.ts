import { configKeyAt, configKeys, configValue } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import type { ManifestObject } from '../../inspect/manifest';
import { executions, inlineScripts } from '../../predicates/executions';
import { textFileProblem } from '../../predicates/line-endings';
import { knownFiles } from '../../predicates/projected-files';
import type { Problem, Rule } from '../rule';

export const scriptsHaveUnixLineEndings: Rule<'scripts-have-unix-line-endings'> = {
  id: 'scripts-have-unix-line-endings',
  summary: 'Scripts and configuration have Unix line endings and no byte order mark.',
  rationale: "A script with Windows line endings fails with 'no such file or directory', although it exists.",
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/crossplane-contrib/provider-cloudinit/issues/7',
  fix: {
    construct: "Read the file with 'ConfigSource.fromFile' and omit 'keepLineEndings'.",
    yaml: "Save the file with LF and without a byte order mark. Set 'eol=lf' in '.gitattributes'.",
  },
  check: inventory => {
    const run = filesRun(inventory);
    return [
      ...['ConfigMap', 'Secret'].flatMap(kind => inventory.ofKind(kind).flatMap(object => problemsIn(object, run))),
      ...inventory.pods.flatMap(({ object, containers }) =>
        containers.flatMap(container =>
          inlineScripts(container)
            .filter(({ script }) => script.includes('\r\n'))
            .map(({ at }): Problem => ({
              object,
              at,
              message: `A script of container '${container.name}' ${textFileProblem('', '\r\n', true)}.`,
            })),
        ),
      ),
    ];
  },
};

function problemsIn(object: ManifestObject, run: ReadonlySet<string>): Problem[] {
  return configKeys(object).flatMap((key): Problem[] => {
    const value = configValue(object, key) ?? '';
    const problem = textFileProblem(key, value, run.has(idOf(object, key)));
    return problem === undefined ? [] : [{ object, at: configKeyAt(object, key), message: `'${key}' ${problem}.` }];
  });
}

/** Returns the files that containers run, by object and key. */
function filesRun(inventory: Inventory): Set<string> {
  const run = new Set<string>();
  for (const pod of inventory.pods) {
    for (const container of pod.containers) {
      const paths = executions(container).map(({ path }) => path);
      for (const { path, object, key } of paths.length > 0 ? knownFiles(pod, container, inventory) : []) {
        if (object && paths.includes(path)) {
          run.add(idOf(object, key));
        }
      }
    }
  }
  return run;
}

function idOf({ kind, namespace, name }: ManifestObject, key: string): string {
  return [kind, namespace, name, key].join('/');
}
