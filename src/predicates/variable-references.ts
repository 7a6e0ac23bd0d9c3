import type { Complaint } from '../checks/message';
import { suggest } from '../checks/suggest';
import { configKeys } from '../inspect/config-use';
import type { Inventory } from '../inspect/inventory';
import { at, JsonPath, list, text } from '../inspect/json';
import type { Container, Pod } from '../inspect/pods';

const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** The variables of the API server's Service, which every container has. */
const API_SERVER = /^KUBERNETES_(SERVICE|PORT)(_|$)/;

/** The variables of other Services. */
const SERVICE_LINK = /_(SERVICE_(HOST|PORT)|PORT)(_|$)/;

/** Whether a name is that of a variable rather than of a command, which a shell substitutes: `$(date)`. */
export function isConventional(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

/**
 * Returns the names in `$(NAME)` that Kubernetes expands in a string. `$$` stands for one dollar sign, so `$$(NAME)`
 * is literal.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function referencesIn(value: string): string[] {
  return [...value.matchAll(/\$\$|\$\(([^)]*)(\)?)/g)].flatMap(([, name, end]) =>
    end && VARIABLE.test(name) ? [name] : [],
  );
}

/** A reference `$(NAME)` that Kubernetes would leave as it is. */
export interface ReferenceProblem extends Complaint {
  /** The name in the reference. */
  readonly name: string;
  readonly container: Container;
  readonly at: JsonPath;
}

/**
 * Returns the problems of references that Kubernetes would leave as they are.
 *
 * @param inventory the objects whose keys become variables; an object that is not in it can provide any variable
 */
export function referenceProblems(pod: Pod, inventory?: Inventory): ReferenceProblem[] {
  const hasServiceLinks = pod.spec.enableServiceLinks !== false;
  return pod.containers.flatMap(container => {
    const variables = new Variables(container, hasServiceLinks, envFromOf(pod, container, inventory));
    return [...variables.problemsOfValues(), ...variables.problemsOfArguments(), ...variables.problemsOfMounts()].map(
      problem => ({ ...problem, container }),
    );
  });
}

/** The variables of a ConfigMap or Secret: those of its keys, or any with the prefix. */
interface EnvFrom {
  readonly prefix: string;
  readonly names?: readonly string[];
}

function envFromOf({ object: owner }: Pod, { content }: Container, inventory?: Inventory): EnvFrom[] {
  return list(content.envFrom).map(source => {
    const prefix = text(at(source, 'prefix')) ?? '';
    const object =
      inventory?.find('ConfigMap', text(at(source, 'configMapRef', 'name')), owner) ??
      inventory?.find('Secret', text(at(source, 'secretRef', 'name')), owner);
    const keys = object ? configKeys(object) : [];
    // a controller can fill an object without keys
    return keys.length > 0 ? { prefix, names: keys.map(key => `${prefix}${key}`) } : { prefix };
  });
}

type Located = Omit<ReferenceProblem, 'container'>;

/** The most variables between two that refer to each other. */
const MAX_REACHED = 100;

/** The variables of one container. */
class Variables {
  private readonly names: readonly string[];
  private readonly values = new Map<string, string | undefined>();
  private readonly subject: string;

  constructor(
    private readonly container: Container,
    private readonly hasServiceLinks: boolean,
    private readonly envFrom: readonly EnvFrom[],
  ) {
    this.names = container.env.map(({ name }) => name);
    [...container.env].reverse().forEach(({ name, value }) => this.values.set(name, value));
    this.subject = `of container '${container.name}'`;
  }

  public problemsOfValues(): Located[] {
    return this.container.env.flatMap(({ name, value = '', at: path }, index) =>
      referencesIn(value).flatMap(reference =>
        this.problemOfValue(name, index, reference).map(complaint => ({ ...complaint, name: reference, at: path })),
      ),
    );
  }

  /** Checks only names in uppercase, because a shell substitutes commands such as `$(date)`. */
  public problemsOfArguments(): Located[] {
    const { command, args, at: path } = this.container;
    return Object.entries({ command, args }).flatMap(([prop, values]) =>
      values.flatMap((value, i) =>
        referencesIn(value)
          .filter(name => isConventional(name) && !this.provides(name))
          .map(name => ({ ...this.unknown(`'${prop}[${i}]'`, name), name, at: [...path, prop, i] })),
      ),
    );
  }

  /** Checks `subPathExpr`, without whose variables the container does not start. */
  public problemsOfMounts(): Located[] {
    return this.container.mounts.flatMap(({ path: mountPath, subPathVariables, at: path }) =>
      subPathVariables
        .filter(name => !this.provides(name))
        .map(name => ({
          ...this.unknown(`'subPathExpr' of '${mountPath}'`, name),
          name,
          at: [...path, 'subPathExpr'],
        })),
    );
  }

  private problemOfValue(name: string, index: number, reference: string): Complaint[] {
    const target = this.names.indexOf(reference);
    if (target === -1) {
      return this.provides(reference) ? [] : [this.unknown(`Variable '${name}'`, reference)];
    }
    if (target < index) {
      return [];
    }
    if (target === index) {
      return [
        {
          problem:
            `Variable '${name}' ${this.subject} refers to itself, but Kubernetes does not know the value in the ` +
            'image.',
          remedy: `Write the whole value, or '$$(${name})' for the literal text.`,
        },
      ];
    }
    return [
      {
        problem:
          `Variable '${name}' ${this.subject} refers to '$(${reference})', which ` +
          (this.reaches(reference, name) ? 'refers back to it' : 'is defined after it') +
          ', so Kubernetes does not expand it.',
        remedy: `Remove a reference, or write '$$(${reference})' for the literal text.`,
      },
    ];
  }

  private provides(name: string): boolean {
    return (
      this.names.includes(name) ||
      this.envFrom.some(({ prefix, names }) => names?.includes(name) ?? name.startsWith(prefix)) ||
      API_SERVER.test(name) ||
      (this.hasServiceLinks && SERVICE_LINK.test(name))
    );
  }

  private unknown(subject: string, name: string): Complaint {
    const [similar] = suggest(name, this.names);
    return {
      problem: `${subject} ${this.subject} refers to '$(${name})', but the container has no variable of this name.`,
      remedy:
        `${similar === undefined ? `Define it` : `Use '$(${similar})'`}, or write '$$(${name})' for the literal ` +
        'text.',
    };
  }

  /** Whether a variable refers to another, directly or through others. */
  private reaches(from: string, to: string): boolean {
    const reached = new Set([from]);
    // the loop also visits the names that it adds
    for (const name of reached) {
      const value = this.values.get(name) ?? '';
      referencesIn(value).forEach(reference => reached.add(reference));
      if (reached.size > MAX_REACHED) {
        break;
      }
    }
    return reached.has(to);
  }
}
