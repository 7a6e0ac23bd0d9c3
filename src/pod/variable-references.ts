import { message } from '../checks/message';
import { compareBy } from '../checks/order';
import type { EnvVar } from '../checks/pod-spec';
import { suggest } from '../checks/suggest';
import { at, list, text } from '../inspect/json';
import type { Container, Pod } from '../inspect/pods';

const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** The variables of the API server's Service, which every container has. */
const API_SERVER = /^KUBERNETES_(SERVICE|PORT)(_|$)/;

/** The variables of other Services. */
const SERVICE_LINK = /_(SERVICE_(HOST|PORT)|PORT)(_|$)/;

/**
 * Returns the names in `$(NAME)` that Kubernetes expands in a string. `$$` stands for one dollar sign, so `$$(NAME)`
 * is literal.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function referencesIn(value: string): string[] {
  return [...value.matchAll(/\$\$|\$\(([^)]*)\)/g)].flatMap(([, name]) =>
    name !== undefined && VARIABLE.test(name) ? [name] : [],
  );
}

/**
 * Orders variables so that each comes after those that it refers to, because Kubernetes expands references in order:
 * first those without references, each group by name.
 */
export function orderVariables(variables: readonly EnvVar[]): EnvVar[] {
  const sorted = [...variables].sort(compareBy(({ name }) => name));
  const byName = new Map(sorted.map(variable => [variable.name, variable]));
  const isLiteral = ({ value = '' }: EnvVar) => !value.includes('$(');
  const ordered = new Set(sorted.filter(isLiteral));
  const started = new Set<EnvVar>();
  const place = (variable: EnvVar): void => {
    if (!ordered.has(variable) && !started.has(variable)) {
      started.add(variable);
      for (const name of referencesIn(variable.value ?? '')) {
        const target = byName.get(name);
        if (target) {
          place(target);
        }
      }
      ordered.add(variable);
    }
  };
  sorted.forEach(place);
  return [...ordered];
}

/** Returns the problems of references that Kubernetes would leave as they are. */
export function referenceProblems(pod: Pod): string[] {
  const hasServiceLinks = pod.spec.enableServiceLinks !== false;
  return pod.containers.flatMap(container => {
    const variables = new Variables(container, hasServiceLinks);
    return [...variables.problemsOfValues(), ...variables.problemsOfArguments()];
  });
}

/** The variables of one container. */
class Variables {
  private readonly names: readonly string[];
  private readonly subject: string;
  private readonly prefixes: readonly string[];

  constructor(
    private readonly container: Container,
    private readonly hasServiceLinks: boolean,
  ) {
    this.names = container.env.map(({ name }) => name);
    this.subject = `of container '${container.name}'`;
    this.prefixes = list(container.content.envFrom).map(source => text(at(source, 'prefix')) ?? '');
  }

  public problemsOfValues(): string[] {
    return this.container.env.flatMap(({ name, value = '' }, index) =>
      referencesIn(value).flatMap(reference => this.problemOfValue(name, index, reference)),
    );
  }

  /** Checks only names in uppercase, because a shell substitutes commands such as `$(date)`. */
  public problemsOfArguments(): string[] {
    const { command, args } = this.container;
    return Object.entries({ command, args }).flatMap(([prop, values]) =>
      values.flatMap((value, i) =>
        referencesIn(value)
          .filter(name => /^[A-Z][A-Z0-9_]*$/.test(name) && !this.provides(name))
          .map(name => this.unknown(`'${prop}[${i}]'`, name)),
      ),
    );
  }

  private problemOfValue(name: string, index: number, reference: string): string[] {
    const target = this.names.indexOf(reference);
    if (target === -1) {
      return this.provides(reference) ? [] : [this.unknown(`Variable '${name}'`, reference)];
    }
    if (target < index) {
      return [];
    }
    if (target === index) {
      return [
        message(
          `Variable '${name}' ${this.subject} refers to itself, but Kubernetes does not know the value in the image.`,
          `Write the whole value, or '$$(${name})' for the literal text.`,
        ),
      ];
    }
    return [
      message(
        `Variable '${name}' ${this.subject} refers to '$(${reference})', which ` +
          (this.reaches(reference, name, new Set()) ? 'refers back to it' : 'is defined after it') +
          ', so Kubernetes does not expand it.',
        `Remove a reference, or write '$$(${reference})' for the literal text.`,
      ),
    ];
  }

  private provides(name: string): boolean {
    return (
      this.names.includes(name) ||
      this.prefixes.some(prefix => name.startsWith(prefix)) ||
      API_SERVER.test(name) ||
      (this.hasServiceLinks && SERVICE_LINK.test(name))
    );
  }

  private unknown(subject: string, name: string): string {
    const [similar] = suggest(name, this.names);
    return message(
      `${subject} ${this.subject} refers to '$(${name})', but the container has no variable of this name.`,
      `${similar === undefined ? `Define it` : `Use '$(${similar})'`}, or write '$$(${name})' for the literal text.`,
    );
  }

  /** Whether a variable refers to another, directly or through others. */
  private reaches(from: string, to: string, visited: Set<string>): boolean {
    if (visited.has(from)) {
      return false;
    }
    visited.add(from);
    const value = this.container.env.find(({ name }) => name === from)?.value ?? '';
    return referencesIn(value).some(name => name === to || this.reaches(name, to, visited));
  }
}
