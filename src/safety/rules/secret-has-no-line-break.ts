import { namesCredential } from '../../checks/credentials';
import { configKeyAt, configKeys, configUses, configValue } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import { at, list, text } from '../../inspect/json';
import { describeObject, ManifestObject } from '../../inspect/manifest';
import type { Container, Pod } from '../../inspect/pods';
import type { Problem, Rule } from '../rule';

export const secretHasNoLineBreak: Rule<'secret-has-no-line-break'> = {
  id: 'secret-has-no-line-break',
  summary: 'A credential does not end in a line break.',
  rationale:
    'The line break becomes part of the password, which then differs from the one that clients send. It often ' +
    "comes from 'echo' without '-n'.",
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/tasks/configmap-secret/managing-secret-using-kubectl/',
  fix: {
    construct: "Use 'DatabaseCredentials', or store the value without a line break.",
    yaml: "Encode the value with 'echo -n' or 'printf %s', or write it in one line of 'stringData'.",
  },
  check: inventory => {
    const uses = new SecretUses(inventory);
    return inventory.ofKind('Secret').flatMap(object =>
      configKeys(object)
        .filter(key => endsInLineBreak(configValue(object, key)))
        .flatMap((key): Problem[] => {
          const variable = uses.variableOf(object, key);
          const path = configKeyAt(object, key);
          if (variable !== undefined) {
            const message = `The value of '${key}' ends in a line break, which becomes part of variable ${variable}.`;
            return [{ object, at: path, message }];
          }
          // most programs that read a file ignore the line break at its end
          return namesCredential(key, configValue(object, key)!.trim()) && !uses.isMounted(object)
            ? [{ object, at: path, message: `The value of '${key}' ends in a line break.` }]
            : [];
        }),
    );
  },
};

/** Whether a value is one line with a line break at its end, and not a document. */
function endsInLineBreak(value = ''): boolean {
  return /^[^\r\n{[<][^\r\n]*[\r\n]+$/.test(value) && !/\p{Cc}|\uFFFD/u.test(value.trim());
}

/** The ways in which the pods of an inventory use Secrets. */
class SecretUses {
  private readonly mounted = new Set<string>();
  private readonly variables = new Map<string, string>();

  constructor(inventory: Inventory) {
    for (const pod of inventory.pods) {
      configUses(pod)
        .filter(({ kind, volume }) => kind === 'Secret' && volume)
        .forEach(({ name }) => this.mounted.add(idOf(pod.object, name)));
      pod.containers.forEach(container => this.addVariables(pod, container));
    }
  }

  public isMounted(object: ManifestObject): boolean {
    return this.mounted.has(idOf(object, object.name));
  }

  /** Returns a variable that contains the value of a key, for messages. */
  public variableOf(object: ManifestObject, key: string): string | undefined {
    const id = idOf(object, object.name);
    const [prefix, owner] = this.variables.get(`${id}/*`)?.split(' of ') ?? [];
    return this.variables.get(`${id}/${key}`) ?? (owner === undefined ? undefined : `'${prefix}${key}' of ${owner}`);
  }

  private addVariables(pod: Pod, container: Container): void {
    const owner = describeObject(pod.object);
    for (const { name, from } of container.env) {
      if (from?.kind === 'Secret' && from.name !== undefined) {
        this.variables.set(`${idOf(pod.object, from.name)}/${from.key}`, `'${name}' of ${owner}`);
      }
    }
    for (const source of list(container.content.envFrom)) {
      const name = text(at(source, 'secretRef', 'name'));
      if (name !== undefined) {
        this.variables.set(`${idOf(pod.object, name)}/*`, `${text(at(source, 'prefix')) ?? ''} of ${owner}`);
      }
    }
  }
}

function idOf({ namespace }: Pick<ManifestObject, 'namespace'>, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
