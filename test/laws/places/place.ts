import { matches } from '../source-files';

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

/** The public factories of a class, without those that take any other engine or collector, or raw configuration. */
export function factoriesOf(type: object): string[] {
  return Object.getOwnPropertyNames(type).filter(
    name => typeof (type as Record<string, unknown>)[name] === 'function' && !/^(?:_.*|custom|raw)$/.test(name),
  );
}

/** The rows of all tables of a Markdown page. */
export function tableRows(page: string): string[] {
  return matches(page, /^(\|.*\|)$/gm);
}
