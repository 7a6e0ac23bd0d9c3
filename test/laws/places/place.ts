import { matches, read } from '../source-files';

/** One place of the repository that must know each engine, collector, sink or rule. */
export interface Place {
  /** Where to add a missing one: a file or folder. */
  readonly name: string;
  readonly knows: (id: string) => boolean;
}

/** A place that knows the ids of a list. */
export function placeOf(name: string, ids: Iterable<string>): Place {
  const known = new Set(ids);
  return { name, knows: id => known.has(id) };
}

/** The ids that a place does not know, each with the place. */
export function findMissing(ids: readonly string[], places: readonly Place[]): string[] {
  return places.flatMap(({ name, knows }) => ids.filter(id => !knows(id)).map(id => `${id} is missing in ${name}`));
}

/** The public factories of a class, except those for another engine or collector, or for raw configuration. */
export function factoriesOf(type: string): string[] {
  const methods: any[] = JSON.parse(read('.jsii')).types[`cdk8s-storage-patterns.${type}`].methods;
  return methods.filter(method => method.static && !['custom', 'raw'].includes(method.name)).map(({ name }) => name);
}

/** The rows of all tables of a Markdown page. */
export function tableRows(page: string): string[] {
  return matches(page, /^(\|.*\|)$/gm);
}
